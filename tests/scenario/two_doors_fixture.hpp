#pragma once

#include "live/live_engine.hpp"
#include "plan/plan_front_doors.hpp"
#include "support/cluster_builder.hpp"

#include <memory>

namespace lab::test {

/// Services web and api behind one ingress on shop.test, and the twin derived from it.
struct TwoDoors {
    std::shared_ptr<const plan::FrontDoorPlan> perService;
    std::shared_ptr<const plan::FrontDoorPlan> ingress;
};

inline TwoDoors planTwoDoors(int controllerReplicas = 1)
{
    ClusterBuilder builder;
    builder.deployment("web", 2, 8080).deployment("api", 1, 8080);
    builder.service("web", 80, 8080);
    builder.service("api", 80, 8080);
    builder.ingress("shop", {{"shop.test", "/api", "api"}, {"shop.test", "/", "web"}});
    plan::PlanOptions options;
    options.derivesTwin = true;
    options.issuesLabCertificates = true;
    options.perServiceMode = plan::DoorMode::Http;
    options.controllerReplicas = controllerReplicas;
    options.overallLimit = plan::OverallLimit{100, 20, false};
    plan::PlannedStyles planned = plan::planFrontDoors(builder.cluster, options);
    return {std::make_shared<const plan::FrontDoorPlan>(std::move(planned.perService)),
            std::make_shared<const plan::FrontDoorPlan>(std::move(planned.ingress))};
}

/// Every door at an address of its own: "STYLE/NAME:PORT".
inline live::ReadyState readyFor(const TwoDoors& plans)
{
    live::ReadyState ready;
    for (const auto& plan : {plans.perService, plans.ingress}) {
        for (std::size_t i = 0; i < plan->doors.size(); ++i) {
            const plan::Door& door = plan->doors[i];
            live::BoundDoor bound{plan->style, DoorId(i), door.name, door.role, {}};
            for (const plan::DoorPort& port : door.ports) {
                bound.ports.push_back({port.number,
                                       port.isTls,
                                       std::string(plan::toText(plan->style)) + '/' + door.name +
                                           ':' + std::to_string(port.number),
                                       ""});
            }
            ready.doors.push_back(std::move(bound));
        }
    }
    return ready;
}

} // namespace lab::test
