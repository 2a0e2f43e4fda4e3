#pragma once

#include "scenario/cost_estimate.hpp"

namespace CLI {
class App;
}

namespace lab::headless {

/// What `cost` and `audit` share: the input, whose prices, the traffic. \pre `options` outlives
/// `verb`
void addCostFlags(CLI::App& verb, scenario::CostOptions& options);

} // namespace lab::headless
