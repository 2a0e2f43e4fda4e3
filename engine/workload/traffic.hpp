#pragma once

#include "base/instant.hpp"
#include "base/random.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lab::workload {

/// When requests arrive in an open loop: nobody waits for an answer before the next one comes.
enum class ArrivalProcess {
    Constant, ///< Evenly spaced.
    Poisson,  ///< Independent of one another: exponential gaps.
    Ramp,     ///< As Poisson, at a rate that changes evenly from the run's start to its end.
    Burst,    ///< So many at one instant, again and again.
};

/// One kind of request in a mix.
struct MixEntry {
    std::string method = "GET";
    std::string url; ///< Absolute: scheme, host, path, query; ranges are expanded (url_ranges.hpp).
    std::string
        service; ///< "ns/name" to send to in the per-service style; empty: by the ingress's rule.
    double weight = 1.0;         ///< Above 0; shares are weight / sum.
    std::uint64_t bodyBytes = 0; ///< At most 16 MiB.
};

/// One source of traffic.
struct Traffic {
    std::string name;
    ArrivalProcess process = ArrivalProcess::Poisson;
    double ratePerSecond = 0.0; ///< Above 0. Ramp: at the start, may be 0. Burst: on the average.
    double rateAtEnd = 0.0;     ///< Ramp: above 0 if it starts at 0.
    std::uint32_t burstSize = 1;
    Duration burstInterval{};  ///< Burst: the first comes after one of them.
    std::uint32_t clients = 1; ///< Distinct client addresses, 127.0.3.1 onwards; at most 250.
    std::vector<MixEntry> mix; ///< At least one.
};

/// One request to be sent: when, which, and by whom.
struct Arrival {
    Instant at;
    std::uint32_t traffic = 0; ///< Index of the Traffic
    std::uint32_t entry = 0;   ///< Index into its mix
    std::uint32_t client = 0;  ///< Below its `clients`
};

/// Most arrivals of one run; who reads a scenario refuses more.
inline constexpr double arrivalsMax = 50e6;

/// Rate (a ramp's mean) times length, summed over the sources.
[[nodiscard]] double expectedArrivals(const std::vector<Traffic>& traffic, Duration length);

/// The arrivals of all sources within [0, length), in order of time.  Same seed, same arrivals.
///
/// Of two at the same instant, the one of the source listed first comes first. Neither another
/// source nor another mix moves a source's instants.
/// \pre expectedArrivals() <= arrivalsMax
[[nodiscard]] std::vector<Arrival>
arrivals(const std::vector<Traffic>& traffic, Duration length, const Random& random);

} // namespace lab::workload
