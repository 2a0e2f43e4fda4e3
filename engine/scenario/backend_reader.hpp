#pragma once

#include "scenario/scenario.hpp"
#include "yaml/map_reader.hpp"

namespace lab::scenario {

/// Reads `backends` and `backendDefaults` of a scenario's spec: what its pods do.
void readBackends(yaml::MapReader& spec, Scenario& scenario);

} // namespace lab::scenario
