#include "live/door_binding.hpp"

namespace lab::live {

/// Where one port of a door listens.
struct DoorSockets::Listening {
    const plan::Door& door;
    DoorId id;
    std::size_t port = 0;
    NodeId node;
    bool isProxied = false;

    [[nodiscard]] const plan::DoorPort& doorPort() const { return door.ports[port]; }

    /// Once each port; a controller's private one besides; a node port on every node that listens.
    static std::vector<Listening> allOf(const plan::Door& door, DoorId id)
    {
        std::vector<Listening> all;
        for (std::size_t port = 0; port < door.ports.size(); ++port) {
            if (door.role == plan::DoorRole::NodePort) {
                for (const NodeId node : door.nodes) {
                    all.push_back({door, id, port, node, false});
                }
                continue;
            }
            all.push_back({door, id, port, {}, false});
            if (door.role == plan::DoorRole::Controller) {
                all.push_back({door, id, port, {}, true});
            }
        }
        return all;
    }

    /// What tells it from all others of all plans.
    [[nodiscard]] std::string keyOf(const plan::FrontDoorPlan& plan) const
    {
        std::string key(plan::toText(plan.style));
        key.append(" ").append(door.name).append(":").append(std::to_string(doorPort().number));
        key += doorPort().isTls ? " tls" : " plain";
        key += isProxied ? " proxied" : "";
        return node.isValid() ? key + " on " + plan.node(node).name : key;
    }
};

Result<BoundSocket> DoorSockets::bindOne(const plan::FrontDoorPlan& plan, const Listening& wanted)
{
    const int number = wanted.doorPort().number;
    const Result<SocketAddress> address = wanted.node.isValid()
                                              ? addresses_.addressOn(plan.node(wanted.node), number)
                                              : addresses_.addressFor(wanted.door, number);
    if (!address) {
        return address.error();
    }
    BoundSocket socket{
        wanted.id, wanted.doorPort(), *address, {}, wanted.isProxied, wanted.port, wanted.node, {}};
    const bool isFixed = address->port() != 0;
    socket.key = isFixed ? address->text() : wanted.keyOf(plan);
    while (!isFixed && bound_.contains(socket.key)) { // a port that the door has twice
        socket.key += " again";
    }
    if (before_ != nullptr && !bound_.contains(socket.key)) {
        const auto found = before_->bound_.find(socket.key);
        if (found != before_->bound_.end()) {
            socket.address = found->second;
            bound_.insert(*found);
            return socket;
        }
    }
    const Result<int> fd = listenOn(*address);
    if (!fd) {
        return fd.error();
    }
    socket.address = localAddressOf(*fd);
    socket.fd = UniqueFd(*fd);
    bound_.emplace(socket.key, socket.address);
    return socket;
}

Result<std::vector<BoundSocket>> DoorSockets::bind(const plan::FrontDoorPlan& plan)
{
    std::vector<BoundSocket> bound;
    bound.reserve(plan.doors.size());
    addresses_.beginPlan(plan.style);
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        for (const Listening& wanted : Listening::allOf(plan.doors[i], DoorId(i))) {
            auto socket = bindOne(plan, wanted);
            if (!socket) {
                return socket.error();
            }
            bound.push_back(std::move(*socket));
        }
    }
    return bound;
}

void DoorSockets::settle()
{
    addresses_.settle();
    before_ = nullptr;
}

std::size_t doorSocketCount(const plan::FrontDoorPlan& plan)
{
    std::size_t count = 0;
    for (const plan::Door& door : plan.doors) {
        const bool isNodePort = door.role == plan::DoorRole::NodePort;
        const bool isController = door.role == plan::DoorRole::Controller;
        const std::size_t each = isNodePort ? door.nodes.size() : isController ? 2 : 1;
        count += door.ports.size() * each;
    }
    return count;
}

Result<std::vector<BoundSocket>> duplicatesOf(const std::vector<BoundSocket>& sockets)
{
    std::vector<BoundSocket> duplicates;
    duplicates.reserve(sockets.size());
    for (const BoundSocket& socket : sockets) {
        UniqueFd fd;
        if (socket.fd.get() >= 0) {
            fd = socket.fd.duplicate();
            if (fd.get() < 0) {
                return Error(ErrorKind::Environment,
                             "there are no more file descriptors for another worker's listeners; "
                             "raise the limit with `ulimit -n`");
            }
        }
        duplicates.push_back({socket.door,
                              socket.port,
                              socket.address,
                              std::move(fd),
                              socket.isProxied,
                              socket.portIndex,
                              socket.node,
                              socket.key});
    }
    return duplicates;
}

} // namespace lab::live
