#pragma once

#include "frontdoor/front_door.hpp"

#include <string>

namespace lab::explain {

/// Longest value of one of the fields below; the rest is cut off.
inline constexpr std::size_t explanationFieldMax = 1024;

/// Which rule took the request, and why?  As field lines of its answer, each ending in CRLF:
/// x-lab-route (place, then the rule's name), x-lab-backend (Service and pod), x-lab-door (the
/// replica that decided) and x-lab-why. Printable ASCII only; a field without a value is left out.
///
/// Read from the very decision that served the request. \param trace  written by that decision
/// \param failedTries  endpoints that gave no proper answer before decision.endpoint
[[nodiscard]] std::string explanationFields(const frontdoor::FrontDoor& door,
                                            const frontdoor::RequestView& request,
                                            const frontdoor::Decision& decision,
                                            const frontdoor::DecisionTrace& trace,
                                            std::size_t failedTries);

} // namespace lab::explain
