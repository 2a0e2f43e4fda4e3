#include "plan/front_door_plan.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

template <typename Items, typename Predicate>
std::size_t countOf(const Items& items, Predicate predicate)
{
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), predicate));
}

} // namespace

std::string_view toText(Style style)
{
    return style == Style::PerService ? "per-service" : "ingress";
}

std::string_view toText(Profile profile)
{
    return profile == Profile::Spec ? "spec" : "ingress-nginx";
}

std::string_view toText(DoorMode mode)
{
    switch (mode) {
    case DoorMode::Tcp:
        return "tcp";
    case DoorMode::Tls:
        return "tls";
    case DoorMode::Http:
        return "http";
    }
    return "";
}

std::size_t FrontDoorPlan::loadBalancerCount() const
{
    return countOf(doors, [](const Door& door) { return door.role == DoorRole::LoadBalancer; });
}

std::size_t FrontDoorPlan::certificateCount() const
{
    return countOf(certificates, [](const auto& planned) { return planned.mustBeRenewed(); });
}

std::size_t FrontDoorPlan::controllerCount() const
{
    return countOf(doors, [](const Door& door) { return door.role == DoorRole::Controller; });
}

std::size_t FrontDoorPlan::limitingPointCount() const
{
    return countOf(doors, [](const Door& door) { return door.limit.has_value(); });
}

void FrontDoorPlan::shrinkToFit()
{
    doors.shrink_to_fit();
    for (Door& door : doors) {
        door.routes.shrink_to_fit();
    }
    upstreams.shrink_to_fit();
    endpoints.shrink_to_fit();
    pods.shrink_to_fit();
    certificates.shrink_to_fit();
}

} // namespace lab::plan
