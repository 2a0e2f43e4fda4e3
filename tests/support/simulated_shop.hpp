#pragma once

#include "simulation/simulated_run.hpp"
#include "support/plan_builder.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lab::test {

/// A source that asks shop.lab for "/", at random.
inline workload::Traffic poisson(double ratePerSecond, std::uint32_t clients = 1)
{
    workload::Traffic traffic;
    traffic.name = "shoppers";
    traffic.ratePerSecond = ratePerSecond;
    traffic.clients = clients;
    traffic.mix = {{"GET", "http://shop.lab/", "", 1.0, 0}};
    return traffic;
}

/// Everything goes in at that door.
inline simulation::SimulationSpec simulationOf(std::shared_ptr<const plan::FrontDoorPlan> plan,
                                               workload::Traffic traffic,
                                               DoorId door = DoorId(0))
{
    simulation::SimulationSpec spec;
    spec.plan = std::move(plan);
    simulation::Destination to;
    to.door = door;
    to.host = "shop.lab";
    to.target = "/";
    to.service = "shop/cart";
    spec.destinations = {std::vector<simulation::Destination>(traffic.mix.size(), to)};
    spec.traffic = {std::move(traffic)};
    return spec;
}

/// One http door in front of the Service shop/cart with so many pods.
inline PlanBuilder shopOf(std::size_t pods, plan::Profile profile = plan::Profile::Spec)
{
    PlanBuilder builder(plan::Style::PerService, profile);
    std::vector<EndpointId> endpoints;
    for (std::size_t i = 0; i < pods; ++i) {
        endpoints.push_back(builder.pod("cart-" + std::to_string(i)));
    }
    const UpstreamId cart = builder.upstream("cart", endpoints);
    builder.route(builder.door("shop/cart"), "", "/", cart);
    return builder;
}

/// A network that takes no time, so that only the queue is left.
inline simulation::NetworkModel noNetwork()
{
    return {Duration::zero(), Duration::zero(), Duration::zero()};
}

} // namespace lab::test
