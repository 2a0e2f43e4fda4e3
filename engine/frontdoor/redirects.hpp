#pragma once

#include "frontdoor/request_view.hpp"
#include "plan/route_policy.hpp"

#include <optional>
#include <string>

namespace lab::frontdoor {

/// Where a request is sent instead, and with which status.
struct RedirectAnswer {
    std::string location;
    std::uint16_t status = 302;
};

// One function a redirect, in the order in which ingress-nginx asks them; nothing: not this one.

/// from-to-www-redirect: the other name of a host (308, with the port).
[[nodiscard]] std::optional<RedirectAnswer> wwwRedirect(const plan::RoutePolicy& policy,
                                                        const RequestView& request);
/// app-root: exactly "/" (302, without the query).
[[nodiscard]] std::optional<RedirectAnswer> appRootRedirect(const plan::RoutePolicy& policy,
                                                            const RequestView& request);
/// nginx's own: the same path with a slash (301).
[[nodiscard]] RedirectAnswer slashRedirect(const RequestView& request);
/// ssl-redirect and force-ssl-redirect: plain HTTP (308); one slash at the end of the target goes,
/// unless the policy keeps it or a query follows. \param isSecure  TLS, or told so by a proxy
/// \param host  as the client knows it, with or without a port
[[nodiscard]] std::optional<RedirectAnswer> httpsRedirect(const plan::RoutePolicy& policy,
                                                          const RequestView& request,
                                                          bool isSecure,
                                                          std::string_view host);

} // namespace lab::frontdoor
