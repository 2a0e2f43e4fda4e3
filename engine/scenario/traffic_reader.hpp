#pragma once

#include "scenario/scenario.hpp"
#include "yaml/map_reader.hpp"

namespace lab::scenario {

/// Highest rate of one source of traffic, a second.
inline constexpr double trafficRateMax = 1e6;

/// `traffic`: who sends what, and when → traffic and mixPlaces. Mistakes become findings.
void readTraffic(yaml::MapReader& spec, Scenario& scenario);

} // namespace lab::scenario
