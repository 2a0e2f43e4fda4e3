#include "scenario/record_names.hpp"

#include "frontdoor/decision.hpp"

namespace lab::scenario {
namespace {

template <typename Item>
const Item* itemAt(const std::vector<Item>& items, std::uint32_t index)
{
    return index < items.size() ? &items[index] : nullptr;
}

} // namespace

RecordNames::RecordNames(const plan::FrontDoorPlan* plan, const measurement::DoorRecord& record)
    : refusal(frontdoor::toText(static_cast<frontdoor::Refusal>(record.endpointAndRefusal.small())))
{
    if (plan == nullptr) {
        return;
    }
    style = plan::toText(plan->style);
    if (const auto* found = itemAt(plan->doors, record.doorAndPlan.id())) {
        door = found->name;
        if (const auto* taken = itemAt(found->routes, record.routeAndMethod.id())) {
            route = taken->name;
        }
    }
    if (const auto* found = itemAt(plan->upstreams, record.upstreamAndTries.id())) {
        nameSpace = found->nameSpace;
        service = found->service;
        servicePort = found->servicePort;
    }
    if (const auto* found = itemAt(plan->endpoints, record.endpointAndRefusal.id())) {
        endpoint = found->name;
    }
}

} // namespace lab::scenario
