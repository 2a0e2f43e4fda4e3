#pragma once

#include "base/result.hpp"
#include "cost/price_book.hpp"
#include "report/report.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/scenario_runner.hpp"
#include "scenario/traffic_run.hpp"

#include <string>

namespace lab::scenario {

/// A scenario that can be run: read, planned, and with prices.
struct PreparedRun {
    PlanInput input; ///< With a scenario.
    RunPlans plans;
    cost::PriceBook book;

    [[nodiscard]] bool isVirtual(const RunOptions& options) const;
};

/// Reads everything, refuses what cannot be run, and plans both styles.
/// \return as runScenario()
[[nodiscard]] Result<PreparedRun> prepareRun(const std::string& named, const RunOptions& options);

/// What the traffic came to, priced and judged.
[[nodiscard]] report::Report
makeReport(const PreparedRun& run, TrafficResult traffic, const RunOptions& options);

} // namespace lab::scenario
