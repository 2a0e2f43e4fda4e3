#pragma once

#include "live/address_numbers.hpp"
#include "live/stream.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace lab::live {

/// Idle kept-alive connections to endpoints, one worker's: the last one given back goes out first.
///
/// Keyed by address, never by route or plan. A connection that its pod has closed, or that holds
/// bytes nobody asked for, is thrown away instead of being lent; so is one to an address that no
/// plan served has any more.
class UpstreamPool {
public:
    static constexpr std::size_t idlePerAddressMax = 64;
    static constexpr Duration idleTimeMax = std::chrono::seconds(60);

    /// Keeps connections to these addresses from now on, and to no other. \param isOpen  by
    /// AddressId \return those that were open until now
    std::vector<AddressId> openOnly(const std::vector<bool>& isOpen);
    [[nodiscard]] bool isOpen(AddressId address) const { return isOpen_[address.index()]; }

    /// A connection that was good a moment ago, or nothing.
    [[nodiscard]] std::unique_ptr<Stream> take(AddressId address);
    void give(AddressId address, std::unique_ptr<Stream> stream, Instant now);

    /// Throws away what is closed or was idle for too long.
    void sweep(Instant now);
    void clear();

private:
    struct Idle {
        std::unique_ptr<Stream> stream;
        Instant since;
    };
    std::vector<std::vector<Idle>> idle_; ///< By AddressId; the newest last.
    std::vector<bool> isOpen_;            ///< By AddressId, as long as the other.
};

} // namespace lab::live
