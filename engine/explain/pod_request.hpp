#pragma once

#include "explain/explanation.hpp"
#include "frontdoor/front_door.hpp"
#include "http/message.hpp"

namespace lab::explain {

/// The request as the pod gets it, field by field against what the client sent: written by the
/// code that writes it on the wire.
/// \param head  as parsed from the client \pre decision.isForward()
/// \param port  of the door that the request came in by
[[nodiscard]] PodRequest podRequest(const frontdoor::FrontDoor& door,
                                    const frontdoor::Decision& decision,
                                    const frontdoor::RequestView& request,
                                    const http::RequestHead& head,
                                    std::uint16_t port);

} // namespace lab::explain
