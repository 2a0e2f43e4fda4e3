#pragma once

#include "base/result.hpp"
#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"
#include "scenario/input_files.hpp"
#include "scenario/scenario.hpp"
#include "simulation/simulation_spec.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// What a caller settles about reading, besides the files.
struct PlanInputOptions {
    bool assumesClasses = true; ///< No: `--no-assumed-class`
};

/// Everything that a plan is made from: manifests as a cluster, and the scenario's wishes.
struct PlanInput {
    std::optional<Scenario> scenario; ///< None: bare manifests.
    std::string scenarioText;         ///< As it was read; empty without one.
    model::Cluster cluster;
    plan::PlanOptions options;
    std::map<std::string, Duration> podLatency;            ///< By "ns/name": what live pods do.
    std::map<std::string, simulation::PodModel> podModels; ///< Likewise, by the virtual clock.
    std::vector<simulation::PodIncident> incidents;        ///< Of the timeline, likewise.
    Findings findings;  ///< In the order: scenario, files, manifests.
    std::string digest; ///< The same for the same texts: 16 hexadecimal digits.

    [[nodiscard]] bool isReadable() const { return worstOf(findings) < Severity::Unreadable; }
};

/// Reads what is named on the command line: files, then YAML, then what the scenario says of it.
///
/// Bare manifests are planned as they stand (no twin, no lab certificates); a scenario derives
/// both styles (decision 2).
/// \return Environment or WrongUse as openInput(); everything else is a finding
[[nodiscard]] Result<PlanInput> readPlanInput(const std::vector<std::string>& named,
                                              const PlanInputOptions& options = {});

/// The same with a text in place of what is named: manifests; or, where a scenario is named,
/// another one, whose manifests are looked for beside that. \param name  what findings call the
/// text
[[nodiscard]] Result<PlanInput> readPlanText(const std::string& name,
                                             const std::string& text,
                                             const std::vector<std::string>& named,
                                             const PlanInputOptions& options = {});

} // namespace lab::scenario
