#pragma once

#include "live/live_engine.hpp"
#include "live/socket_address.hpp"
#include "live/unique_fd.hpp"
#include "plan/front_door_plan.hpp"

#include <vector>

namespace lab::live {

/// A door's port with the socket that listens for it.
struct BoundSocket {
    DoorId door;
    plan::DoorPort port;
    SocketAddress address;
    UniqueFd fd;
    bool isProxied = false;    ///< A controller's private listener: PROXY v2 comes first.
    std::size_t portIndex = 0; ///< Of `port` in Door::ports.
    NodeId node;               ///< NodePort doors: whose address it is.
};

/// Binds every port of every door of a plan, or none.
///
/// The ingress's own door listens on the given address at N and N+1. Per-service doors use the same
/// two ports on an address each: 127.0.1.1 to .254, then 127.64.0.1 onwards; or one port after the
/// other from 20001 on the ingress's address. Service ports other than 80 and 443 keep their number
/// (those below 1024: plus 10000). Node ports keep theirs, on the address of every node that
/// listens (127.0.2.1 onwards). Controllers get free ports on 127.0.0.1, public and private.
[[nodiscard]] Result<std::vector<BoundSocket>> bindDoors(const plan::FrontDoorPlan& plan,
                                                         const ListenOptions& options);

/// How many sockets bindDoors() binds.
[[nodiscard]] std::size_t doorSocketCount(const plan::FrontDoorPlan& plan);

/// The same sockets with a descriptor of their own each, for another worker.
[[nodiscard]] std::vector<BoundSocket> duplicatesOf(const std::vector<BoundSocket>& sockets);

} // namespace lab::live
