#pragma once

#include "frontdoor/front_door.hpp"
#include "http/serialize.hpp"

#include <cstddef>
#include <cstdint>

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

/// A request body of up to this size is gathered, where it is gathered; a larger one streams.
inline constexpr std::size_t gatheredBodyBytesMax = std::size_t{64} * 1024;

/// Is the request's body taken in before a pod is asked, and then sent with its length?
///
/// nginx's proxy_request_buffering, but bounded. Not to HTTP/2 pods: they may answer before its
/// end, as in gRPC.
[[nodiscard]] bool gathersBody(const FrontDoor& door, const Decision& decision);

} // namespace lab::frontdoor
