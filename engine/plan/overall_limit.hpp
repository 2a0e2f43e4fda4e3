#pragma once

#include "plan/plan_front_doors.hpp"

namespace lab::plan {

/// Gives every enforcing point of the plan its bucket of the overall limit: each http door or
/// controller the whole rate and burst, or its even share. A tcp or tls door cannot limit; what is
/// not limited is reported.
void applyOverallLimit(const PlanOptions& options, FrontDoorPlan& plan, Findings& findings);

} // namespace lab::plan
