#pragma once

#include "scenario/scenario.hpp"
#include "yaml/map_reader.hpp"

#include <vector>

namespace lab::scenario {

/// `expect`, or a list like it under another key: what is claimed. Mistakes become findings, among
/// them metrics that the report does not have and bounds in a unit that is not the metric's.
[[nodiscard]] std::vector<Expectation> readExpectations(yaml::MapReader& spec,
                                                        std::string_view key = "expect");

/// Of which number something is said: `metric`, and `style` or `ratio`.
void readSubject(yaml::MapReader& map, Expectation& expectation);

/// What is said of it: exactly one of `equal`, `below`, `above`, `atMost`, `atLeast`; `tolerance`.
/// After readSubject(), which decides the unit.
void readComparison(yaml::MapReader& map, Expectation& expectation);

/// `tolerance` alone: in the metric's unit, or in percent.
void readTolerance(yaml::MapReader& map, Expectation& expectation);

} // namespace lab::scenario
