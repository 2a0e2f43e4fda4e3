#include "live/door_addresses.hpp"

namespace lab::live {
namespace {

constexpr std::uint16_t perServicePortFirst = 20'001;
constexpr int privilegedEnd = 1024;
constexpr int privilegedShift = 10'000;

std::string addressOfPlace(std::size_t index)
{
    constexpr std::size_t perBlock = 254;
    if (index < perBlock) {
        return "127.0.1." + std::to_string(index + 1);
    }
    const std::size_t rest = index - perBlock;
    return "127." + std::to_string(64 + rest / (perBlock * 256)) + '.' +
           std::to_string(rest / perBlock % 256) + '.' + std::to_string(rest % perBlock + 1);
}

} // namespace

std::size_t NumberedNames::numberOf(const std::string& name, const NumberedNames* before)
{
    const auto [own, isNew] = numbers_.emplace(name, 0);
    if (!isNew) {
        return own->second;
    }
    std::size_t number = lowest_;
    if (before != nullptr && before->numbers_.contains(name)) {
        number = before->numbers_.at(name);
    } else {
        while (isTaken(number) || (before != nullptr && before->isTaken(number))) {
            ++number;
        }
        lowest_ = number;
    }
    own->second = number;
    isTaken_.resize(std::max(isTaken_.size(), number + 1));
    isTaken_[number] = true;
    return number;
}

void DoorAddresses::beginPlan(plan::Style style)
{
    style_ = style;
    taken_.clear();
}

Result<SocketAddress> DoorAddresses::addressFor(const plan::Door& door, int number)
{
    const auto exact = options_.exactAddresses.find(door.name);
    if (exact != options_.exactAddresses.end()) {
        return socketAddress(exact->second);
    }
    if (door.role == plan::DoorRole::Controller) {
        return socketAddress("127.0.0.1", 0);
    }
    if (door.replicas.empty() && !options_.usesAddressPerDoor) {
        if (!options_.httpPort) {
            return socketAddress(options_.address, 0);
        }
        const std::string name =
            std::string(plan::toText(style_)) + ' ' + door.name + ':' + std::to_string(number);
        const std::size_t nth =
            ports_.numberOf(name, before_ == nullptr ? nullptr : &before_->ports_);
        return socketAddress(options_.address,
                             static_cast<std::uint16_t>(perServicePortFirst + nth));
    }
    const std::string host = hostOf(door);
    std::uint16_t port = realPort(number);
    while (port != 0 && !taken_.insert(host + ':' + std::to_string(port)).second) {
        ++port;
    }
    return socketAddress(host, port);
}

std::string DoorAddresses::hostOf(const plan::Door& door)
{
    if (!door.replicas.empty()) {
        return options_.address;
    }
    const NumberedNames* before = nullptr;
    if (before_ != nullptr && before_->places_.contains(style_)) {
        before = &before_->places_.at(style_);
    }
    return addressOfPlace(places_[style_].numberOf(door.name, before));
}

Result<SocketAddress> DoorAddresses::addressOn(const plan::PlannedNode& node, int number) const
{
    return socketAddress(node.address,
                         options_.httpPort ? static_cast<std::uint16_t>(number) : std::uint16_t{0});
}

std::uint16_t DoorAddresses::realPort(int number) const
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
    return static_cast<std::uint16_t>(number < privilegedEnd ? number + privilegedShift : number);
}

} // namespace lab::live
