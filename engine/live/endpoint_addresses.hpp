#pragma once

#include "base/ids.hpp"
#include "live/address_numbers.hpp"
#include "live/socket_address.hpp"

#include <utility>
#include <vector>

namespace lab::live {

/// Where each endpoint of a plan really listens, and whose kept connections serve it too.
///
/// Services share pods, and routes share Services: connections are kept by address, so that a
/// thousand routes to four addresses use four warm sets of them. Filled once; then immutable.
class EndpointAddresses {
public:
    /// Makes room for so many.
    void reserve(std::size_t count)
    {
        addresses_.reserve(count);
        numbers_.reserve(count);
    }
    /// Of the next EndpointId.
    void add(const SocketAddress& address, AddressNumbers::Held number)
    {
        addresses_.push_back(address);
        numbers_.push_back(std::move(number));
    }

    [[nodiscard]] const SocketAddress& of(EndpointId id) const { return addresses_[id.index()]; }

    /// Where connections to it are kept.
    [[nodiscard]] AddressId keptUnder(EndpointId id) const { return *numbers_[id.index()]; }

    /// Marks the numbers of all addresses.
    void markIn(std::vector<bool>& numbers) const
    {
        for (const AddressNumbers::Held& number : numbers_) {
            if (numbers.size() <= number->index()) {
                numbers.resize(number->index() + 1);
            }
            numbers[number->index()] = true;
        }
    }

private:
    std::vector<SocketAddress> addresses_; ///< By EndpointId, as the next.
    std::vector<AddressNumbers::Held> numbers_;
};

} // namespace lab::live
