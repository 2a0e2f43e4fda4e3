#pragma once

#include "scenario/scenario.hpp"
#include "yaml/map_reader.hpp"

#include <vector>

namespace lab::scenario {

/// `expect`: what the scenario claims. Mistakes become findings, among them metrics that the
/// report does not have and bounds in a unit that is not the metric's.
[[nodiscard]] std::vector<Expectation> readExpectations(yaml::MapReader& spec);

} // namespace lab::scenario
