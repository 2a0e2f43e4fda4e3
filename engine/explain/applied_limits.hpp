#pragma once

#include "explain/explanation.hpp"
#include "frontdoor/front_door.hpp"

namespace lab::explain {

/// The limits that stand in the way of this request, in the order in which they are asked, each
/// with what it said: read from the decision. Sizes of bodies and answers are limits too.
/// \param policy  of the route that took the request; nullptr: it has none
[[nodiscard]] std::vector<AppliedLimit> appliedLimits(const frontdoor::FrontDoor& door,
                                                      const plan::RoutePolicy* policy,
                                                      const frontdoor::Decision& decision,
                                                      const frontdoor::RequestView& request);

} // namespace lab::explain
