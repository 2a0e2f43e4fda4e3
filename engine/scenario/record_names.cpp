#include "scenario/record_names.hpp"

#include "frontdoor/decision.hpp"
#include "frontdoor/l4_door.hpp"

namespace lab::scenario {
namespace {

template <typename Item>
const Item* itemAt(const std::vector<Item>& items, std::uint32_t index)
{
    return index < items.size() ? &items[index] : nullptr;
}

std::string_view refusalOf(const measurement::DoorRecord& record)
{
    const std::uint8_t number = record.endpointAndRefusal.small();
    return record.is(measurement::DoorRecord::Connection)
               ? frontdoor::toText(static_cast<frontdoor::L4Decision::Outcome>(number))
               : frontdoor::toText(static_cast<frontdoor::Refusal>(number));
}

} // namespace

RecordNames::RecordNames(const plan::FrontDoorPlan* plan, const measurement::DoorRecord& record)
    : refusal(refusalOf(record))
{
    if (plan == nullptr) {
        return;
    }
    const bool isConnection = record.is(measurement::DoorRecord::Connection);
    style = plan::toText(plan->style);
    if (const auto* found = itemAt(plan->doors, record.doorAndPlan.id())) {
        door = found->name;
        if (const auto* replica = itemAt(plan->doors, record.routeAndMethod.id());
            isConnection && replica != nullptr) {
            endpoint = replica->name;
        } else if (const auto* taken = itemAt(found->routes, record.routeAndMethod.id())) {
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

measurement::AccessEntry accessEntry(const measurement::RecordedHead& head,
                                     const plan::FrontDoorPlan* plan,
                                     std::int64_t unixMsAtStart)
{
    const measurement::DoorRecord& record = head.record;
    const RecordNames names(plan, record);
    const Duration end = record.began().sinceStart() + record.total();
    measurement::AccessEntry entry{head};
    entry.unixMs = unixMsAtStart + std::chrono::floor<std::chrono::milliseconds>(end).count();
    entry.style = names.style;
    entry.door = names.door;
    entry.route = names.route;
    entry.nameSpace = names.nameSpace;
    entry.service = names.service;
    entry.servicePort = names.servicePort;
    entry.endpoint = names.endpoint;
    entry.refusal = names.refusal;
    return entry;
}

} // namespace lab::scenario
