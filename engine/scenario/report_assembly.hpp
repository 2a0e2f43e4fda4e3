#pragma once

#include "cost/bill.hpp"
#include "measurement/measurements.hpp"
#include "plan/plan_front_doors.hpp"
#include "report/report.hpp"

#include <optional>
#include <vector>

namespace lab::scenario {

/// Did the style keep the overall limit?  "Held" is admitted ≤ ideal + 1 % (decision 7).  Pure.
[[nodiscard]] report::LimitVerdict limitVerdict(const plan::OverallLimit& limit,
                                                const plan::FrontDoorPlan& plan,
                                                const measurement::Measurements& measured);

/// What each door of the plan carried a second, as the bill wants it.  Pure.
///
/// A Service's load balancer carries that Service's requests; the one in front of the ingress
/// carries all that were sent. Connections are shared out by requests.
[[nodiscard]] std::vector<cost::BilledTraffic>
billedTraffic(const plan::FrontDoorPlan& plan, const measurement::Measurements& measured);

/// One row a door, with the requests that clients sent through it.  Pure.
[[nodiscard]] std::vector<report::DoorRow> doorRows(const plan::FrontDoorPlan& plan,
                                                    const measurement::Measurements& measured);

/// One style's part of the report, from what was planned, measured and priced.  Pure.
[[nodiscard]] report::StyleReport styleReport(const plan::FrontDoorPlan& plan,
                                              measurement::Measurements measured,
                                              cost::Bill bill,
                                              const std::optional<plan::OverallLimit>& limit);

} // namespace lab::scenario
