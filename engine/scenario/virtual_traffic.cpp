#include "scenario/client_resolution.hpp"
#include "scenario/traffic_run.hpp"
#include "simulation/simulated_run.hpp"

#include <algorithm>
#include <array>
#include <future>

namespace lab::scenario {
namespace {

constexpr Duration progressInterval = std::chrono::milliseconds(100);
constexpr int stretches = 200; ///< After each it is looked whether to stop.

using Destinations = std::vector<std::vector<simulation::Destination>>;

Destinations destinationsOf(const std::vector<std::vector<ClientDoor>>& doors)
{
    Destinations destinations;
    for (const auto& traffic : doors) {
        auto& entries = destinations.emplace_back();
        for (const ClientDoor& door : traffic) {
            entries.push_back(
                {door.door.value_or(DoorId()), door.port, door.host, door.target, door.service});
        }
    }
    return destinations;
}

/// What both styles' runs have in common.
simulation::SimulationSpec
commonSpec(const PlanInput& input, plan::Profile profile, const RunOptions& options)
{
    const Scenario& scenario = *input.scenario;
    const live::Timeouts timeouts = timeoutsOf(profile, scenario.timeouts);
    simulation::SimulationSpec spec;
    spec.traffic = scenario.traffic;
    spec.duration = scenario.duration;
    spec.warmUp = warmUpOf(scenario);
    spec.seed = options.seed.value_or(scenario.seed);
    spec.timeouts = {timeouts.connect, timeouts.answer, timeouts.keepAliveIdle};
    spec.pods = input.podModels;
    spec.incidents = input.incidents;
    if (scenario.overallLimit) {
        spec.ideal = limiting::BucketPolicy{scenario.overallLimit->ratePerSecond,
                                            scenario.overallLimit->burst};
    }
    return spec;
}

/// One style's run on a thread, and how far it is.
class StyleRun {
public:
    explicit StyleRun(simulation::SimulationSpec spec)
        : duration_(spec.duration)
        , run_(std::move(spec))
    {
    }

    void start(const std::atomic<bool>* stop)
    {
        finished_ = std::async(std::launch::async, [this, stop] { toTheEnd(stop); });
    }

    /// Waits that long. \return whether it is through
    bool waitFor(Duration time) { return finished_.wait_for(time) == std::future_status::ready; }

    [[nodiscard]] double share() const { return share_.load(); }
    [[nodiscard]] bool wasStopped() const { return wasStopped_; }
    [[nodiscard]] const simulation::SimulatedRun& run() const { return run_; }

private:
    void toTheEnd(const std::atomic<bool>* stop)
    {
        for (int i = 1; !run_.isOver(); ++i) {
            if (stop != nullptr && stop->load()) {
                wasStopped_ = true;
                return;
            }
            run_.runUntil(Instant(duration_ / stretches * i)); // and on, for the last answers
            share_.store(std::min(1.0, static_cast<double>(i) / stretches));
        }
    }

    Duration duration_;
    simulation::SimulatedRun run_;
    std::atomic<double> share_{0.0};
    bool wasStopped_ = false;
    std::future<void> finished_; ///< Last: it waits for the thread, which uses the rest.
};

void watch(std::array<StyleRun, 2>& runs, const RunOptions& options)
{
    for (StyleRun& run : runs) {
        while (!run.waitFor(progressInterval)) {
            if (options.progress) {
                options.progress(std::min(runs[0].share(), runs[1].share()), "virtual time");
            }
        }
    }
}

} // namespace

std::array<simulation::SimulationSpec, 2>
simulationSpecs(PlanInput& input, const RunPlans& plans, const RunOptions& options)
{
    ClientDoors doors = resolveDoors(*input.scenario, plans.perService, plans.ingress);
    append(input.findings, std::move(doors.findings));
    simulation::SimulationSpec perService = commonSpec(input, plans.profile, options);
    simulation::SimulationSpec ingress = perService;
    perService.plan = plans.perService;
    perService.destinations = destinationsOf(doors.perService);
    ingress.plan = plans.ingress;
    ingress.destinations = destinationsOf(doors.ingress);
    return {std::move(perService), std::move(ingress)};
}

Result<TrafficResult>
sendVirtually(PlanInput& input, const RunPlans& plans, const RunOptions& options)
{
    auto specs = simulationSpecs(input, plans, options);
    std::array<StyleRun, 2> runs{StyleRun(std::move(specs[0])), StyleRun(std::move(specs[1]))};
    for (StyleRun& run : runs) {
        run.start(options.stop);
    }
    watch(runs, options);
    TrafficResult result;
    result.origin = report::Origin::Simulated;
    for (const StyleRun& run : runs) {
        if (run.run().hasOverflown()) {
            return Error(ErrorKind::WrongUse,
                         "more requests pile up than the simulator holds (4 million under way); "
                         "lower the rates, or give the pods less to do");
        }
        result.wasInterrupted = result.wasInterrupted || run.wasStopped();
        result.styles.push_back(run.run().measurements());
    }
    return result;
}

} // namespace lab::scenario
