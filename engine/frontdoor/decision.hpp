#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"

#include <cstdint>
#include <string_view>

namespace lab::frontdoor {

/// Why the door answers by itself instead of forwarding.
enum class Refusal : std::uint8_t {
    None,
    NoRoute,      ///< 404: no host, or no path of the host, matches.
    NoEndpoint,   ///< 503: the Service is missing, has no such port, or no ready pod.
    OverallLimit, ///< 429: the door's bucket is empty.
};

/// The answer to "what happens to this request?": forward to an endpoint, or refuse.
struct Decision {
    Refusal refusal = Refusal::None;
    std::uint16_t status = 0; ///< Of a refusal; 0 when forwarded.
    RouteId route;            ///< Valid where a route matched.
    UpstreamId upstream;
    EndpointId endpoint;
    Duration retryAfter{}; ///< With OverallLimit.

    [[nodiscard]] bool isForward() const { return refusal == Refusal::None; }
};

/// "no-route", "no-endpoint", "overall-limit", "": for logs, metrics and explanations.
[[nodiscard]] std::string_view toText(Refusal refusal);

} // namespace lab::frontdoor
