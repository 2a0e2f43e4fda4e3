#pragma once

#include "live/served_plan.hpp"
#include "live/socket_address.hpp"

namespace lab::live {

/// Serves a connection accepted at a tcp or tls door: chooses a pod (or a controller replica) for
/// it once, connects, and carries bytes.
///
/// A tls door ends the client's TLS first. frontdoor::L4Door decides which one, and whose address
/// arrives: the client's, a node's or the door's own. Towards a controller a PROXY v2 header tells
/// it; towards a pod on loopback the door binds its end to it, where it is a loopback address too.
/// No pod, or one that refuses: the client's connection is reset, as a closed port would be. It
/// stays with the plan that it began with, and leaves a record behind.
void serveL4Connection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer);

/// Resets a connection at once: the client is in none of the door's source ranges.
void refuseConnection(DoorContext& door, int fd, const SocketAddress& peer);

} // namespace lab::live
