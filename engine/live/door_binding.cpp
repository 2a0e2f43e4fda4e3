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

} // namespace

Result<std::vector<BoundSocket>> bindDoors(const plan::FrontDoorPlan& plan,
                                           const ListenOptions& options)
{
    std::vector<BoundSocket> bound;
    AddressBook addresses(options);
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const plan::Door& door = plan.doors[i];
        const bool isController = door.role == plan::DoorRole::Controller;
        if (!isController && door.replicas.empty()) {
            addresses.nextPerServiceDoor();
        }
        for (const plan::DoorPort& port : door.ports) {
            for (int isProxied = 0; isProxied <= (isController ? 1 : 0); ++isProxied) {
                const auto address = addresses.addressFor(door, port.number);
                if (!address) {
                    return address.error();
                }
                const Result<int> fd = listenOn(*address);
                if (!fd) {
                    return fd.error();
                }
                bound.push_back(
                    {DoorId(i), port, localAddressOf(*fd), UniqueFd(*fd), isProxied == 1});
            }
        }
    }
    return bound;
}

} // namespace lab::live
