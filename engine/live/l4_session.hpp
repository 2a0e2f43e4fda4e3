#pragma once

#include "live/served_plan.hpp"
#include "live/socket_address.hpp"

namespace lab::live {

/// Serves a connection accepted at a tcp or tls door: chooses a pod (or a controller replica) for
/// it once, connects, and carries bytes.
///
/// A tls door ends the client's TLS first. Towards a controller it begins with a PROXY v2 header;
/// towards a pod it binds its end to the client's loopback address, so that the pod sees it. No
/// pod, or one that refuses: the client's connection is reset, as a closed port would be.
void serveL4Connection(DoorContext& door, int fd, const SocketAddress& peer);

} // namespace lab::live
