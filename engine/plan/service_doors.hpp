#pragma once

#include "plan/front_door_plan.hpp"
#include "plan/load_balancer_mode.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/resolve_upstreams.hpp"
#include "plan/service_ports.hpp"

#include <map>
#include <string>
#include <vector>

namespace lab::plan {

/// Which load balancer does a Service get?  Makes its door in a plan; what all doors share is
/// given once.
class ServiceDoors {
public:
    /// \param routed  what the Ingresses lead to: hosts and ports of derived doors
    ServiceDoors(const std::map<std::string, RoutedService>& routed,
                 const PlanOptions& options,
                 UpstreamResolver& resolver,
                 FrontDoorPlan& plan);

    /// A tcp door passes the bytes of every Service port to its pods; a tls door terminates TLS
    /// first; an http door reads requests and sends them all to the Service's HTTP port.
    [[nodiscard]] Door make(const model::Service& service);

    /// What stays beside an ingress (decision 2): the ports that no Ingress can name. By what the
    /// manifests say of its mode, never http. A Service of UDP ports alone gets a door without any.
    [[nodiscard]] Door makeBeside(const model::Service& service);

private:
    /// The Service port behind 80 and 443 of a door that stands for a route or reads HTTP.
    [[nodiscard]] const model::ServicePort* frontPort(const model::Service& service) const;
    [[nodiscard]] std::vector<std::string> hostsOf(const model::Service& service) const;
    UpstreamId
    upstreamOf(const model::Service& service, const model::ServicePort& port, DoorMode mode);
    [[nodiscard]] Door begin(const model::Service& service, DoorMode mode) const;
    void makeHttp(Door& door,
                  const model::Service& service,
                  const model::ServicePort& port,
                  const LoadBalancerMode& mode);
    void makeBytes(Door& door,
                   const model::Service& service,
                   const model::ServicePort* front,
                   const LoadBalancerMode& mode);
    void addCertificate(Door& door);

    const std::map<std::string, RoutedService>* routed_;
    const PlanOptions* options_;
    UpstreamResolver* resolver_;
    FrontDoorPlan* plan_;
};

/// Has it a port that no Ingress can name?
[[nodiscard]] bool hasOtherPorts(const model::Service& service);

} // namespace lab::plan
