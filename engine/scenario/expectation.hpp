#pragma once

#include "report/report.hpp"
#include "scenario/scenario.hpp"

#include <vector>

namespace lab::scenario {

/// Fewest answered requests that a measured number may rest on; below it is inconclusive.
inline constexpr std::uint64_t samplesMin = 100;

/// Does the report keep what the scenario claims?  One result an expectation and style.  Pure.
///
/// Inconclusive, never red or green: a measured number on fewer than samplesMin answers; latency
/// or throughput where the generator was late (decision 23); a number that the report lacks.
[[nodiscard]] std::vector<report::ExpectationResult>
judge(const std::vector<Expectation>& expectations, const report::Report& report);

/// What was not kept, or could not be judged, as findings at the scenario's own lines.
[[nodiscard]] Findings asFindings(const std::vector<report::ExpectationResult>& results);

} // namespace lab::scenario
