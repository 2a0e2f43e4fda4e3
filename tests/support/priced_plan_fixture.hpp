#pragma once

#include "cost/bill.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lab::test {

/// A plan with as many load balancers as asked for, and nothing that a bill does not read.
inline plan::FrontDoorPlan perServicePlan(std::size_t services,
                                          plan::DoorMode mode = plan::DoorMode::Tcp,
                                          std::size_t ports = 1)
{
    plan::FrontDoorPlan plan;
    plan.style = plan::Style::PerService;
    for (std::size_t i = 0; i < services; ++i) {
        plan::Door door;
        door.name = "shop/s" + std::to_string(i);
        door.mode = mode;
        for (std::size_t port = 0; port < ports; ++port) {
            door.ports.push_back({port == 0 ? 443 : 80, port == 0, {}});
        }
        door.routes.resize(mode == plan::DoorMode::Http ? 1 : 0);
        plan.doors.push_back(std::move(door));
    }
    return plan;
}

/// One cloud door in front of that many controllers, each with that many routes.
inline plan::FrontDoorPlan ingressPlan(std::size_t controllers, std::size_t routes)
{
    plan::FrontDoorPlan plan = perServicePlan(1);
    plan.style = plan::Style::Ingress;
    for (std::size_t i = 0; i < controllers; ++i) {
        plan::Door controller;
        controller.name = "controller-" + std::to_string(i);
        controller.role = plan::DoorRole::Controller;
        controller.mode = plan::DoorMode::Http;
        controller.routes.resize(routes);
        plan.doors.front().replicas.push_back(DoorId(plan.doors.size()));
        plan.doors.push_back(std::move(controller));
    }
    return plan;
}

/// One service of the worked examples: 50 requests/s of 1,000 + 10,000 bytes, ten requests a
/// connection, which lives for a minute. `share`: that many services' worth.
inline cost::BilledTraffic commonTraffic(double share = 1, double requestsPerSecond = 50)
{
    cost::BilledTraffic traffic;
    traffic.requestsPerSecond = requestsPerSecond * share;
    traffic.bytesPerSecond = traffic.requestsPerSecond * 11'000;
    traffic.inboundBytesPerSecond = traffic.requestsPerSecond * 1'000;
    traffic.newConnectionsPerSecond = traffic.requestsPerSecond / 10;
    traffic.activeConnections = traffic.newConnectionsPerSecond * 60;
    return traffic;
}

} // namespace lab::test
