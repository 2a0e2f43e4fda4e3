#pragma once

#include "base/instant.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace lab::balancing {

/// Which endpoint did this client get last?  kube-proxy's memory for sessionAffinity: ClientIP.
///
/// A choice is kept so long after its last use. One table of fixed size, without a lock, for all
/// workers; the caller brings the time. A client is known by a hash other than 0. When the few
/// places of a hash are taken, the client that was seen the longest time ago makes room, and
/// chooses anew when it comes back. https://kubernetes.io/docs/reference/networking/virtual-ips/
class ClientAffinity {
public:
    static constexpr std::size_t clientsMax = 4096; ///< Places in the table, 16 bytes each.
    static constexpr std::size_t endpointsMax = std::size_t{1} << 16U;
    static constexpr std::size_t none = ~std::size_t{0};

    explicit ClientAffinity(Duration timeout);

    /// The endpoint that this client keeps, its time begun anew; or `none`.
    [[nodiscard]] std::size_t kept(std::uint64_t client, Instant now);

    /// From now on the client keeps that one. \pre endpoint < endpointsMax
    void keep(std::uint64_t client, std::size_t endpoint, Instant now);

private:
    /// Time of last use in milliseconds, plus one, above the endpoint's 16 bits; 0: nothing kept.
    using Kept = std::uint64_t;
    struct Slot {
        std::atomic<std::uint64_t> client{0}; ///< 0: free
        std::atomic<Kept> kept{0};
    };

    [[nodiscard]] Slot* find(std::uint64_t client);
    [[nodiscard]] Slot& placeFor(std::uint64_t client);

    Duration timeout_;
    std::unique_ptr<Slot[]> slots_;
};

} // namespace lab::balancing
