#pragma once

#include "limiting/token_bucket.hpp"
#include "plan/front_door_plan.hpp"

#include <boost/json/object.hpp>

namespace lab::scenario {

/// What happens to a route's requests besides being sent on, for people and tools: only what
/// differs from nothing. Of passwords it says that there are some, no more.
/// \param door  the route's: names its zones
[[nodiscard]] boost::json::object policyJson(const plan::RoutePolicy& policy,
                                             const plan::Door& door);

/// {"ratePerSecond": 10.0, "burst": 20.0}
[[nodiscard]] boost::json::object bucketJson(const limiting::BucketPolicy& policy);

} // namespace lab::scenario
