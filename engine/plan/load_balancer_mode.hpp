#pragma once

#include "model/service.hpp"
#include "plan/front_door_plan.hpp"

#include <optional>

namespace lab::plan {

/// What the cloud makes of a Service of type LoadBalancer: how much of the traffic it understands,
/// and on which ports it terminates TLS.
struct LoadBalancerMode {
    DoorMode mode = DoorMode::Tcp;
    bool hasCertificate = false;       ///< An ssl-cert annotation: TLS ends at the load balancer.
    std::vector<std::string> tlsPorts; ///< Names or numbers; empty with a certificate: all.

    [[nodiscard]] bool isTls(const model::ServicePort& port) const;
};

/// tcp, unless annotations say otherwise: tls with an AWS certificate; http for a Classic Load
/// Balancer with backend-protocol http or https. \param wish  of the scenario: overrides the mode
[[nodiscard]] LoadBalancerMode modeOf(const model::Service& service, std::optional<DoorMode> wish);

} // namespace lab::plan
