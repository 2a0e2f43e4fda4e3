#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "plan/route_policy.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lab::frontdoor {

/// Why the door answers by itself instead of forwarding.
enum class Refusal : std::uint8_t {
    None,
    NoRoute,      ///< 404: no host, or no path of the host, matches.
    NoEndpoint,   ///< 503: the Service is missing, has no such port, or no ready pod.
    OverallLimit, ///< 429: the door's bucket is empty.
    Redirect,     ///< 3xx: the client is sent to `location`.
    BodyTooLarge, ///< 413
    Denied,       ///< 503: an annotation of the Ingress is broken, and closes its paths.
    Preflight,    ///< 204: a CORS preflight, answered by the door.
    ClientLimit,  ///< 503: this client's own limit (requests, or requests under way).
    Forbidden,    ///< 403: the client's address.
    Unauthorized, ///< 401: no or a wrong password.
};

/// The answer to "what happens to this request?": forward to an endpoint, or refuse.
///
/// Texts are empty in the plain case, so that a decision does not allocate.
struct Decision {
    Refusal refusal = Refusal::None;
    std::uint16_t status = 0; ///< Of a refusal; 0 when forwarded.
    RouteId route;            ///< Valid where a route matched.
    /// Where it goes: the canary's, where one was chosen. Not valid for a redirect, and for other
    /// refusals that no Service has a part in.
    UpstreamId upstream;
    EndpointId endpoint;
    Duration retryAfter{}; ///< With OverallLimit.

    std::string location;     ///< Of a Redirect, absolute.
    std::string answerFields; ///< Field lines for the answer to the client, whoever makes it, each
                              ///< ending in CRLF: Location, CORS, HSTS, Set-Cookie and the like.
    std::string target;       ///< Request target towards the pod; empty: as received.
    std::string podFields;    ///< Field lines to add towards the pod, each ending in CRLF.
    std::string_view podHost; ///< Host towards the pod; empty: as received.
    bool dropsAuthorization = false; ///< Towards the pod: the door itself asked for the password.
    bool isErrorPage = false;        ///< It goes to the error page's Service instead of its own.
    std::uint64_t heldClient = 0;    ///< Counted as under way: FrontDoor::release() is due.
    const plan::RoutePolicy* policy =
        nullptr; ///< Timeouts, retries and the like; owned by the plan.

    [[nodiscard]] bool isForward() const { return refusal == Refusal::None; }
};

/// "no-route", "no-endpoint", "overall-limit", "": for logs, metrics and explanations.
[[nodiscard]] std::string_view toText(Refusal refusal);

} // namespace lab::frontdoor
