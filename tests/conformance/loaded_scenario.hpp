#pragma once

#include "conformance/driver.hpp"
#include "plan/plan_front_doors.hpp"

#include <string>
#include <vector>

namespace lab::conformance {

/// A scenario's objects, judged and planned: what every driver begins with.
struct LoadedScenario {
    plan::PlannedStyles styles;
    std::vector<Admission> refused;
};

/// Loads `common`, then the scenario's manifests, with the controller set up as it says.
[[nodiscard]] LoadedScenario
loadScenario(const Suite& suite, const Scenario& scenario, const std::string& profile);

} // namespace lab::conformance
