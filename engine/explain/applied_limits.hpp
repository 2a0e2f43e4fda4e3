#pragma once

#include "explain/explanation.hpp"
#include "frontdoor/front_door.hpp"

namespace lab::explain {

/// The limits that stand in the way of this request, in the order in which they are asked, each
/// with what it said: read from the decision. Sizes of bodies and answers are limits too.
/// \param isLive  the door serves: what its buckets hold is said; else they are full
[[nodiscard]] std::vector<AppliedLimit> appliedLimits(const frontdoor::FrontDoor& door,
                                                      const frontdoor::Decision& decision,
                                                      const frontdoor::RequestView& request,
                                                      Instant now,
                                                      bool isLive);

} // namespace lab::explain
