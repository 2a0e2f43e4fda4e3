#include "scenario/trail_run.hpp"

#include "scenario/report_assembly.hpp"

#include <algorithm>

namespace lab::scenario {

Result<TrailRun> TrailRun::open(const std::string& named)
{
    RunOptions options;
    options.clock = "virtual";
    Result<PreparedRun> prepared = prepareRun(named, options);
    if (!prepared) {
        return prepared.error();
    }
    return TrailRun(std::move(*prepared));
}

TrailRun::TrailRun(PreparedRun prepared)
    : prepared_(std::move(prepared))
    , specs_(simulationSpecs(prepared_.input, prepared_.plans, {}))
{
    restart(scenario().duration);
}

void TrailRun::restart(Duration length, const std::vector<simulation::PodIncident>& incidents)
{
    const double perSecond =
        workload::expectedArrivals(scenario().traffic, std::chrono::seconds(1));
    const double longest = workload::arrivalsMax / std::max(perSecond, 1.0) / 2;
    runs_.clear();
    for (simulation::SimulationSpec& spec : specs_) {
        spec.duration = toSeconds(length) > longest ? fromSeconds(longest) : length;
        spec.warmUp = std::min(spec.warmUp, spec.duration);
        spec.incidents = input().incidents;
        spec.incidents.insert(spec.incidents.end(), incidents.begin(), incidents.end());
        runs_.emplace_back(spec).keepTrails();
    }
}

void TrailRun::runUntil(Instant until)
{
    for (simulation::SimulatedRun& run : runs_) {
        run.runUntil(until);
    }
}

std::vector<simulation::Trail> TrailRun::takeTrails(plan::Style style)
{
    return runs_[indexOf(style)].takeTrails();
}

bool TrailRun::isOver() const
{
    return std::ranges::all_of(runs_, &simulation::SimulatedRun::isOver);
}

bool TrailRun::hasOverflown() const
{
    return std::ranges::any_of(runs_, &simulation::SimulatedRun::hasOverflown);
}

report::StyleReport TrailRun::reportOf(plan::Style style, measurement::Measurements measured) const
{
    const plan::FrontDoorPlan& plan = planOf(style);
    cost::Bill bill =
        cost::monthlyBill(plan, billedTraffic(plan, measured), prepared_.book, scenario().pricing);
    report::StyleReport report =
        styleReport(plan, std::move(measured), std::move(bill), scenario().overallLimit);
    report.trafficOrigin = report::Origin::Simulated;
    return report;
}

} // namespace lab::scenario
