#include "scenario/report_assembly.hpp"

#include "scenario/client_resolution.hpp"

namespace lab::scenario {
namespace {

/// The requests and bytes that went through one door.
measurement::ServiceCounts
through(const plan::FrontDoorPlan& plan, DoorId id, const measurement::Measurements& measured)
{
    const plan::Door& door = plan.door(id);
    measurement::ServiceCounts counts;
    if (ingressDoor(plan) == id ||
        (door.role == plan::DoorRole::Controller && plan.controllerCount() == 1)) {
        const auto unsent = measured.outcomeCounts.find(measurement::Outcome::NoDoor);
        counts.requests =
            measured.offered - (unsent == measured.outcomeCounts.end() ? 0 : unsent->second);
        counts.requestBytes = measured.requestBytes;
        counts.responseBytes = measured.responseBytes;
        return counts;
    }
    const auto own = measured.services.find(door.service);
    if (plan.style == plan::Style::PerService && own != measured.services.end()) {
        counts = own->second;
    }
    return counts;
}

} // namespace

report::LimitVerdict limitVerdict(const plan::OverallLimit& limit,
                                  const plan::FrontDoorPlan& plan,
                                  const measurement::Measurements& measured)
{
    constexpr double slack = 1.01;
    report::LimitVerdict verdict;
    verdict.ratePerSecond = limit.ratePerSecond;
    verdict.burst = limit.burst;
    verdict.enforcingPoints = plan.limitingPointCount();
    verdict.offeredPerSecond = measured.perSecond(measured.offered);
    verdict.admittedPerSecond = measured.perSecond(measured.admitted);
    verdict.idealPerSecond = measured.perSecond(measured.idealAdmitted);
    const double admitted = static_cast<double>(measured.admitted);
    const double ideal = static_cast<double>(measured.idealAdmitted);
    verdict.isHeld = admitted <= ideal * slack;
    verdict.factor = ideal > 0.0 ? admitted / ideal : 0.0;
    return verdict;
}

std::vector<cost::BilledTraffic> billedTraffic(const plan::FrontDoorPlan& plan,
                                               const measurement::Measurements& measured)
{
    std::vector<cost::BilledTraffic> traffic;
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const measurement::ServiceCounts counts = through(plan, DoorId(i), measured);
        const double share = measured.offered == 0 ? 0.0
                                                   : static_cast<double>(counts.requests) /
                                                         static_cast<double>(measured.offered);
        cost::BilledTraffic door;
        door.requestsPerSecond = measured.perSecond(counts.requests);
        door.bytesPerSecond = measured.perSecond(counts.requestBytes + counts.responseBytes);
        door.inboundBytesPerSecond = measured.perSecond(counts.requestBytes);
        door.newConnectionsPerSecond = measured.perSecond(measured.connectionsOpened) * share;
        // The lab's clients keep their connections: all that were opened stood at once.
        door.activeConnections = static_cast<double>(measured.connectionsOpened) * share;
        traffic.push_back(door);
    }
    return traffic;
}

std::vector<report::DoorRow> doorRows(const plan::FrontDoorPlan& plan,
                                      const measurement::Measurements& measured)
{
    std::vector<report::DoorRow> rows;
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const plan::Door& door = plan.doors[i];
        rows.push_back({door.name,
                        door.role,
                        door.mode,
                        door.isDerived,
                        door.routes.size(),
                        through(plan, DoorId(i), measured).requests});
    }
    return rows;
}

report::StyleReport styleReport(const plan::FrontDoorPlan& plan,
                                measurement::Measurements measured,
                                cost::Bill bill,
                                const std::optional<plan::OverallLimit>& limit)
{
    report::StyleReport style;
    style.style = plan.style;
    style.loadBalancers = plan.loadBalancerCount();
    style.certificates = plan.certificateCount();
    style.controllers = plan.controllerCount();
    style.doors = doorRows(plan, measured);
    style.monthlyCost = std::move(bill);
    if (limit) {
        style.overallLimit = limitVerdict(*limit, plan, measured);
    }
    style.measurements = std::move(measured);
    return style;
}

} // namespace lab::scenario
