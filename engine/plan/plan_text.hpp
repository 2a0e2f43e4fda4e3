#pragma once

#include "plan/front_door_plan.hpp"

#include <string>

namespace lab::plan {

/// A plan in words, one fact a line: for people and for golden files. Holds no key and no PEM.
[[nodiscard]] std::string renderPlan(const FrontDoorPlan& plan);

} // namespace lab::plan
