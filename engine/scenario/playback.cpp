#include "scenario/playback.hpp"

#include "scenario/run_preparation.hpp"
#include "scenario/traffic_run.hpp"
#include "simulation/simulated_run.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lab::scenario {

using simulation::SimulatedRun;

struct Playback::State {
    PreparedRun prepared;
    RunOptions options;
    std::array<SimulatedRun, 2> runs; ///< Per-service, ingress.
    Instant reached;                  ///< By seek(): nothing may have happened then.

    [[nodiscard]] SimulatedRun& of(plan::Style style)
    {
        return runs[style == plan::Style::PerService ? 0 : 1];
    }
};

Playback::Playback(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

Playback::~Playback() = default;
Playback::Playback(Playback&&) noexcept = default;
Playback& Playback::operator=(Playback&&) noexcept = default;

Result<Playback> Playback::open(const std::string& named, const RunOptions& given)
{
    RunOptions options = given;
    options.clock = "virtual";
    Result<PreparedRun> prepared = prepareRun(named, options);
    if (!prepared) {
        return prepared.error();
    }
    auto specs = simulationSpecs(prepared->input, prepared->plans, options);
    return Playback(std::unique_ptr<State>(
        new State{std::move(*prepared),
                  options,
                  {SimulatedRun(std::move(specs[0])), SimulatedRun(std::move(specs[1]))},
                  Instant()}));
}

bool Playback::step()
{
    auto& [first, second] = state_->runs;
    const auto at = [](const SimulatedRun& run) {
        return run.nextAt().value_or(Instant(Duration::max()));
    };
    const bool hasStepped = at(first) <= at(second) ? first.step() : second.step();
    state_->reached = now();
    return hasStepped;
}

/// The later of both last events is undone: of two at one instant the ingress's, as it came after.
bool Playback::stepBack()
{
    auto& [first, second] = state_->runs;
    const bool isSecond =
        second.eventCount() > 0 && (first.eventCount() == 0 || second.now() >= first.now());
    const bool hasStepped = isSecond ? second.stepBack() : first.stepBack();
    state_->reached = std::max(first.now(), second.now());
    return hasStepped;
}

void Playback::seek(Instant at)
{
    for (SimulatedRun& run : state_->runs) {
        run.seek(at);
    }
    state_->reached = std::max(at, Instant());
}

void Playback::run()
{
    for (SimulatedRun& run : state_->runs) {
        run.run();
    }
    state_->reached = now();
}

Instant Playback::now() const
{
    return std::max({state_->runs[0].now(), state_->runs[1].now(), state_->reached});
}

Duration Playback::duration() const
{
    return state_->prepared.input.scenario->duration;
}

bool Playback::isOver() const
{
    return state_->runs[0].isOver() && state_->runs[1].isOver();
}

simulation::RunView Playback::view(plan::Style style, std::size_t requestsMax) const
{
    simulation::RunView view = state_->of(style).view(requestsMax);
    view.now = now();
    return view;
}

measurement::Measurements Playback::measurements(plan::Style style) const
{
    return state_->of(style).measurements();
}

const plan::FrontDoorPlan& Playback::plan(plan::Style style) const
{
    const RunPlans& plans = state_->prepared.plans;
    return style == plan::Style::PerService ? *plans.perService : *plans.ingress;
}

const std::vector<workload::Traffic>& Playback::traffic() const
{
    return state_->prepared.input.scenario->traffic;
}

report::Report Playback::report() const
{
    TrafficResult traffic;
    traffic.origin = report::Origin::Simulated;
    traffic.wasInterrupted = !isOver();
    for (const SimulatedRun& run : state_->runs) {
        traffic.styles.push_back(run.measurements());
    }
    return makeReport(state_->prepared, std::move(traffic), state_->options);
}

} // namespace lab::scenario
