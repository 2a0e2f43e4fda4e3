#include "live/door_binding.hpp"

#include <set>

namespace lab::live {
namespace {

constexpr std::uint16_t perServicePortFirst = 20'001;
constexpr int privilegedEnd = 1024;
constexpr int privilegedShift = 10'000;

std::string addressOfDoor(std::size_t index)
{
    constexpr std::size_t perBlock = 254;
    if (index < perBlock) {
        return "127.0.1." + std::to_string(index + 1);
    }
    const std::size_t rest = index - perBlock;
    return "127." + std::to_string(64 + rest / (perBlock * 256)) + '.' +
           std::to_string(rest / perBlock % 256) + '.' + std::to_string(rest % perBlock + 1);
}

/// Gives out the real addresses of one plan's doors.
class AddressBook {
public:
    explicit AddressBook(const ListenOptions& options)
        : options_(options)
    {
    }

    void nextPerServiceDoor() { ++doors_; }

    [[nodiscard]] Result<SocketAddress> addressFor(const plan::Door& door, int number)
    {
        const auto exact = options_.exactAddresses.find(door.name);
        if (exact != options_.exactAddresses.end()) {
            return socketAddress(exact->second);
        }
        if (door.role == plan::DoorRole::Controller) {
            return socketAddress("127.0.0.1", 0);
        }
        const bool isIngress = !door.replicas.empty();
        if (!isIngress && !options_.usesAddressPerDoor) {
            return socketAddress(options_.address,
                                 options_.httpPort ? nextPort_++ : std::uint16_t{0});
        }
        const std::string host = isIngress ? options_.address : addressOfDoor(doors_ - 1);
        std::uint16_t port = realPort(number);
        while (port != 0 && !taken_.insert(host + ':' + std::to_string(port)).second) {
            ++port;
        }
        return socketAddress(host, port);
    }

    /// A node port keeps its number, unless all ports are free ones.
    [[nodiscard]] Result<SocketAddress> addressOn(const plan::PlannedNode& node, int number) const
    {
        return socketAddress(node.address,
                             options_.httpPort ? static_cast<std::uint16_t>(number)
                                               : std::uint16_t{0});
    }

private:
    [[nodiscard]] std::uint16_t realPort(int number) const
    {
        if (!options_.httpPort) {
            return 0;
        }
        if (number == 80) {
            return *options_.httpPort;
        }
        if (number == 443) {
            return options_.httpsPort.value_or(static_cast<std::uint16_t>(*options_.httpPort + 1));
        }
        return static_cast<std::uint16_t>(number < privilegedEnd ? number + privilegedShift
                                                                 : number);
    }

    const ListenOptions& options_;
    std::size_t doors_ = 0;
    std::uint16_t nextPort_ = perServicePortFirst;
    std::set<std::string> taken_;
};

/// Where one port of a door listens.
struct Listening {
    const plan::Door& door;
    DoorId id;
    std::size_t port = 0;
    NodeId node;
    bool isProxied = false;
};

Result<BoundSocket> bindOne(const Listening& wanted, const Result<SocketAddress>& address)
{
    if (!address) {
        return address.error();
    }
    const Result<int> fd = listenOn(*address);
    if (!fd) {
        return fd.error();
    }
    return BoundSocket{wanted.id,
                       wanted.door.ports[wanted.port],
                       localAddressOf(*fd),
                       UniqueFd(*fd),
                       wanted.isProxied,
                       wanted.port,
                       wanted.node};
}

/// Once each port; a controller's private one besides; a node port on every node that listens.
std::vector<Listening> listeningOf(const plan::Door& door, DoorId id)
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

} // namespace

Result<std::vector<BoundSocket>> bindDoors(const plan::FrontDoorPlan& plan,
                                           const ListenOptions& options)
{
    std::vector<BoundSocket> bound;
    bound.reserve(plan.doors.size());
    AddressBook addresses(options);
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const plan::Door& door = plan.doors[i];
        if (door.role == plan::DoorRole::LoadBalancer && door.replicas.empty()) {
            addresses.nextPerServiceDoor();
        }
        for (const Listening& wanted : listeningOf(door, DoorId(i))) {
            const int number = door.ports[wanted.port].number;
            auto socket =
                bindOne(wanted,
                        wanted.node.isValid() ? addresses.addressOn(plan.node(wanted.node), number)
                                              : addresses.addressFor(door, number));
            if (!socket) {
                return socket.error();
            }
            bound.push_back(std::move(*socket));
        }
    }
    return bound;
}

std::size_t doorSocketCount(const plan::FrontDoorPlan& plan)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        count += listeningOf(plan.doors[i], DoorId(i)).size();
    }
    return count;
}

std::vector<BoundSocket> duplicatesOf(const std::vector<BoundSocket>& sockets)
{
    std::vector<BoundSocket> duplicates;
    duplicates.reserve(sockets.size());
    for (const BoundSocket& socket : sockets) {
        duplicates.push_back({socket.door,
                              socket.port,
                              socket.address,
                              socket.fd.duplicate(),
                              socket.isProxied,
                              socket.portIndex,
                              socket.node});
    }
    return duplicates;
}

} // namespace lab::live
