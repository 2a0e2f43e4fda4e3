#pragma once

#include <cstddef>

namespace lab::cost {

/// How much of the time is something down?  All shares are probabilities from 0 to 1, of a moment
/// chosen at random. Independence is a fiction on both sides: the same provider, the same DNS.

/// At least one of `doors` independent ones is down: 1 − Aᴺ.
[[nodiscard]] double anyDown(double availability, std::size_t doors);

/// All are down, where the share `common` of failures hits all at once (β-factor):
/// β(1 − A) + ((1 − β)(1 − A))ᴺ, at most 1 − A.
[[nodiscard]] double allDown(double availability, std::size_t doors, double common = 0);

/// At least `needed` of `replicas` are up: Σ C(n,j) aʲ (1 − a)ⁿ⁻ʲ from j = needed.
[[nodiscard]] double enoughUp(double replicaAvailability, std::size_t replicas, std::size_t needed);

/// A journey over several services succeeds at the door: Aᵐ for independent doors, A for one.
[[nodiscard]] double
journeyAvailability(double availability, std::size_t services, bool isDoorShared);

/// Minutes of a month of that many hours.
[[nodiscard]] double minutesOf(double share, double hoursPerMonth);

} // namespace lab::cost
