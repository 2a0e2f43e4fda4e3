#pragma once

#include "frontdoor/front_door.hpp"
#include "http/serialize.hpp"

namespace lab::frontdoor {

/// What does the door tell a pod about this request besides what the client wrote?
///
/// For whoever writes the request's head: the live door, and the explainer, which shows the same.
/// Missing are the caller's own: a requestId where addsNginxFields, and field lines of its hop.
/// Views into the door, the decision and the request.
/// \param port  the door's public one
[[nodiscard]] http::Forwarding forwardingOf(const FrontDoor& door,
                                            const Decision& decision,
                                            const RequestView& request,
                                            std::uint16_t port);

} // namespace lab::frontdoor
