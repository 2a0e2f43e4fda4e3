#pragma once

#include "model/ingress.hpp"
#include "model/service.hpp"
#include "plan/select_ingresses.hpp"

#include <map>
#include <string>

namespace lab::plan {

/// May this port carry HTTP?  By appProtocol, else by name, else by well-known number; a port that
/// nothing speaks against is taken for HTTP.
[[nodiscard]] bool isHttpPort(const model::ServicePort& port);

/// The port at which an http door would send requests: one named http, else 80, else the lowest
/// that may carry HTTP; nullptr if there is none.
[[nodiscard]] const model::ServicePort* httpPortOf(const model::Service& service);

/// A Service that routes lead to: through which port, and for which hosts.
struct RoutedService {
    model::PortReference port;      ///< Of the first route.
    std::vector<std::string> hosts; ///< Of all its routes, each once; none for any host.
};

/// Every Service that a route or default backend of these Ingresses names, by "ns/name". A canary
/// is no address of its own: Ingresses with `canary: "true"` do not count.
[[nodiscard]] std::map<std::string, RoutedService>
routedServices(const std::vector<const model::Ingress*>& ingresses);

} // namespace lab::plan
