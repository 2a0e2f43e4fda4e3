#pragma once

#include "live/live_engine.hpp"
#include "plan/front_door_plan.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lab::scenario {

using ServedPlans = std::vector<std::shared_ptr<const plan::FrontDoorPlan>>;

/// /metrics: what every door did since the start, and what the process uses, for Prometheus.
///
/// Names and labels: prefix ingresslab_, base units, label `style` (decisions: Words); label
/// values are names out of the plan, never paths or clients, so their number is bounded.
[[nodiscard]] std::string engineMetrics(const std::vector<live::DoorCounters>& doors,
                                        const ServedPlans& plans);

} // namespace lab::scenario
