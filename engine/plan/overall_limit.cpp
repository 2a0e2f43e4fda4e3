#include "plan/overall_limit.hpp"

#include <algorithm>

namespace lab::plan {

void applyOverallLimit(const PlanOptions& options, FrontDoorPlan& plan, Findings& findings)
{
    if (!options.overallLimit) {
        return;
    }
    const OverallLimit& wish = *options.overallLimit;
    std::size_t points = 0;
    std::size_t blind = 0;
    for (const Door& door : plan.doors) {
        const bool isLimiting = door.mode == DoorMode::Http;
        points += isLimiting ? 1U : 0U;
        blind += !isLimiting && door.replicas.empty() ? 1U : 0U;
    }
    const double share = wish.isSplitEvenly && points > 0 ? 1.0 / static_cast<double>(points) : 1.0;
    for (Door& door : plan.doors) {
        if (door.mode == DoorMode::Http) {
            door.limit = limiting::BucketPolicy{wish.ratePerSecond * share,
                                                std::max(1.0, wish.burst * share)};
        }
    }
    if (blind > 0) {
        findings.push_back(
            {Severity::Warning,
             "door-cannot-limit",
             {},
             std::to_string(blind) + " door" + (blind == 1 ? "" : "s") + " of the " +
                 std::string(toText(plan.style)) +
                 " style cannot hold the overall limit: they pass bytes, not requests",
             "set styles.per-service.door: http in the scenario"});
    }
}

} // namespace lab::plan
