#pragma once

#include "live/door_addresses.hpp"
#include "live/live_engine.hpp"
#include "live/socket_address.hpp"
#include "live/unique_fd.hpp"
#include "plan/front_door_plan.hpp"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lab::live {

/// A door's port with the socket that listens for it.
struct BoundSocket {
    DoorId door;
    plan::DoorPort port;
    SocketAddress address;
    UniqueFd fd;               ///< None: it was bound for an earlier plan, and goes on.
    bool isProxied = false;    ///< A controller's private listener: PROXY v2 comes first.
    std::size_t portIndex = 0; ///< Of `port` in Door::ports.
    NodeId node;               ///< NodePort doors: whose address it is.
    /// What it is known by from plan to plan: its address where that is fixed; where the port is a
    /// free one, whose it is.
    std::string key;
};

/// Every port of every door of the plans served, each with a socket at its DoorAddresses.
class DoorSockets {
public:
    /// \param before  of the plans that these follow, or nullptr; lives until settle()
    explicit DoorSockets(const ListenOptions& options, const DoorSockets* before = nullptr)
        : addresses_(options, before == nullptr ? nullptr : &before->addresses_)
        , before_(before)
    {
    }

    /// Binds the ports of another plan, or none. What is bound already keeps its socket.
    [[nodiscard]] Result<std::vector<BoundSocket>> bind(const plan::FrontDoorPlan& plan);

    /// The plans are served, and those before are not any more.
    void settle();

private:
    struct Listening;
    [[nodiscard]] Result<BoundSocket> bindOne(const plan::FrontDoorPlan& plan,
                                              const Listening& wanted);

    DoorAddresses addresses_;
    const DoorSockets* before_;
    std::unordered_map<std::string, SocketAddress> bound_; ///< By key.
};

/// How many sockets a plan's doors need.
[[nodiscard]] std::size_t doorSocketCount(const plan::FrontDoorPlan& plan);

/// The same sockets with a descriptor of their own each, for another worker.
/// \return Environment when there are no more descriptors
[[nodiscard]] Result<std::vector<BoundSocket>>
duplicatesOf(const std::vector<BoundSocket>& sockets);

} // namespace lab::live
