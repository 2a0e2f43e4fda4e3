#pragma once

#include "base/instant.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string_view>

namespace lab::yaml {

/// A span of time as Go and Kubernetes write it: "5ms", "1.5s", "1h30m", "2d", "0".
///
/// Units ns, us, µs, ms, s, m, h and (ours) d. Never negative, at most 292 years. The error's
/// message says what is wrong, to be put behind a field's name: `needs a unit, such as "5s"`.
[[nodiscard]] Result<Duration> parseDuration(std::string_view text);

/// Events a second: "100/s", "60/m" (1 a second), "0.5/h". Finite, not negative.
[[nodiscard]] Result<double> parseRate(std::string_view text);

/// A Kubernetes quantity in thousandths, rounded up: "100m" is 100, "2" is 2000, "0.5" is 500.
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
[[nodiscard]] Result<std::int64_t> parseMilliQuantity(std::string_view text);

/// A Kubernetes quantity in whole units, rounded up: "128Mi" is 134217728, "1k" is 1000.
[[nodiscard]] Result<std::int64_t> parseQuantity(std::string_view text);

} // namespace lab::yaml
