#pragma once

#include <QString>

#include "base/ids.hpp"
#include "plan/front_door_plan.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace lab::desktop {

/// A Service as both sides of the stage show it: one row, left and right.
struct StageService {
    std::string fullName; ///< "shop/cart"
    QString name;         ///< "cart", or the full name where namespaces differ.
    QString nameSpace;
};

/// Where an endpoint stands: the service's row, and which of its pods.
struct PodPlace {
    int service = -1; ///< Below 0: nowhere on the stage.
    int pod = 0;
};

/// What does one style put on the stage?  Ids are its own plan's.
struct StageSide {
    plan::Style style = plan::Style::PerService;
    std::vector<DoorId> entries;     ///< Load balancers, in order of their rows.
    std::vector<DoorId> controllers; ///< Behind `shared`.
    DoorId shared;                   ///< The load balancer in front of the controllers, if any.
    std::vector<int> serviceOfDoor;  ///< By DoorId: whose load balancer it is; -1: nobody's alone.
    std::vector<PodPlace> places;    ///< By EndpointId.
    std::vector<std::vector<EndpointId>> pods; ///< By service: each pod port once.
    std::size_t routeCount = 0;                ///< Of a controller.
    std::size_t certificateCount = 0;
    bool endsTls = false;  ///< Some door of it does.
    bool hasLimit = false; ///< Some door has a bucket of the overall limit.
};

/// What is on the stage?  The Services of both plans in one order, and each style's doors.
struct StageModel {
    std::vector<StageService> services;
    std::array<StageSide, 2> sides; ///< [0] per-service, [1] ingress

    [[nodiscard]] const StageSide& side(plan::Style style) const
    {
        return sides[style == plan::Style::PerService ? 0 : 1];
    }
    [[nodiscard]] int indexOf(const std::string& fullName) const; ///< -1: not there
};

[[nodiscard]] StageModel stageOf(const plan::FrontDoorPlan& perService,
                                 const plan::FrontDoorPlan& ingress);

} // namespace lab::desktop
