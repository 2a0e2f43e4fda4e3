#pragma once

#include "scenario/scenario.hpp"
#include "yaml/map_reader.hpp"

namespace lab::scenario {

/// Reads `timeline` of a scenario's spec: what happens to its pods while it runs.
///
/// After `duration`, which decides what comes too late.
void readTimeline(yaml::MapReader& spec, Scenario& scenario);

} // namespace lab::scenario
