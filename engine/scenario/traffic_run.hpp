#pragma once

#include "base/result.hpp"
#include "measurement/measurements.hpp"
#include "plan/front_door_plan.hpp"
#include "report/report.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/scenario_runner.hpp"
#include "simulation/simulation_spec.hpp"

#include <array>
#include <memory>
#include <vector>

namespace lab::scenario {

/// Both styles of a scenario, planned.
struct RunPlans {
    std::shared_ptr<const plan::FrontDoorPlan> perService;
    std::shared_ptr<const plan::FrontDoorPlan> ingress;
    plan::Profile profile = plan::Profile::Spec;
};

/// What the traffic came to, whichever clock it ran by.
struct TrafficResult {
    std::vector<measurement::Measurements> styles; ///< Per-service, ingress.
    bool wasInterrupted = false;                   ///< Partial: RunOptions::stop was set.
    report::Origin origin = report::Origin::Measured;
};

// The two ways to send a scenario's traffic through both styles. What one must know of the input
// besides is added to its findings. \pre input.scenario

/// Over sockets on loopback, in slices, as fast as time passes. With a timeline each style has its
/// traffic in one piece: what happens then happens at its instant.
/// \return Environment where ports or descriptors run out; as live::runLoad besides
[[nodiscard]] Result<TrafficResult>
sendLive(PlanInput& input, const RunPlans& plans, const RunOptions& options);

/// In virtual time, both styles at once, each on a thread of its own.
/// \return WrongUse for traffic that piles up beyond what the simulator holds
[[nodiscard]] Result<TrafficResult>
sendVirtually(PlanInput& input, const RunPlans& plans, const RunOptions& options);

/// What the virtual clock runs: per-service, then ingress. What one must know besides is added to
/// the input's findings.
[[nodiscard]] std::array<simulation::SimulationSpec, 2>
simulationSpecs(PlanInput& input, const RunPlans& plans, const RunOptions& options);

/// How much of the start of a run is not counted: a quarter of a live slice, at most half a second.
[[nodiscard]] Duration warmUpOf(const Scenario& scenario);

} // namespace lab::scenario
