#pragma once

#include "base/ids.hpp"
#include "live/socket_address.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace lab::live {

/// Where each endpoint of a plan really listens, and whose kept connections serve it too.
///
/// Services share pods, and routes share Services: connections are kept by address, so that a
/// thousand routes to four addresses use four warm sets of them. Filled once; then immutable.
class EndpointAddresses {
public:
    /// Of the next EndpointId.
    void add(const SocketAddress& address)
    {
        const EndpointId id(addresses_.size());
        addresses_.push_back(address);
        keptUnder_.push_back(firstAt_.emplace(address.text(), id).first->second);
    }

    [[nodiscard]] const SocketAddress& of(EndpointId id) const { return addresses_[id.index()]; }

    /// The first endpoint at the same address.
    [[nodiscard]] EndpointId keptUnder(EndpointId id) const { return keptUnder_[id.index()]; }

private:
    std::vector<SocketAddress> addresses_; ///< By EndpointId, as the next.
    std::vector<EndpointId> keptUnder_;
    std::unordered_map<std::string, EndpointId> firstAt_;
};

} // namespace lab::live
