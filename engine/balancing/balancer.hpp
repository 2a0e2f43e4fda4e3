#pragma once

#include "base/random.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lab::balancing {

enum class Policy {
    RoundRobin,     ///< In turn, from a random start (ingress-nginx's default).
    LeastRequests,  ///< Of two drawn at random the one with fewer requests in flight.
    Ewma,           ///< Of two drawn at random the one that answered faster of late.
    Random,         ///< Each with the same chance (kube-proxy in iptables mode).
    KeptConnection, ///< The pod of the connection that was idle last, else as Random: kube-proxy
                    ///< behind one address, for a proxy that keeps its connections.
};

/// One choice's state: which of the upstream's endpoints takes the next request?
///
/// Owned by one worker and used on its thread only, as in nginx; so the order over several
/// workers is not strict. No lock, no clock, no allocation in pick().
class Balancer {
public:
    static constexpr std::size_t none = ~std::size_t{0};

    Balancer(Policy policy, std::size_t endpointCount, Random random);

    /// The index of the chosen endpoint, or `none` if no one may be chosen.
    /// \param isUsable  one flag an endpoint: ready, and not tried yet for this request
    [[nodiscard]] std::size_t pick(std::span<const bool> isUsable);

    /// The endpoint answered after that time: what Ewma remembers, decaying over ten seconds, and
    /// what makes a connection worth keeping.
    void answered(std::size_t endpoint, Duration latency, Instant now);

    /// The request to that endpoint began / ended: what LeastRequests counts.
    void began(std::size_t endpoint);
    void ended(std::size_t endpoint);

private:
    std::size_t pickInTurn(std::span<const bool> isUsable);
    std::size_t pickAtRandom(std::span<const bool> isUsable);
    std::size_t pickKept(std::span<const bool> isUsable);

    Policy policy_;
    std::size_t next_ = 0;
    std::vector<std::uint32_t> inFlight_;
    struct Latency {
        double seconds = 0.0;
        Instant last;
        bool isKnown = false; ///< The first answer counts whole.
    };
    std::vector<Latency> latencies_; ///< Ewma only.
    std::vector<std::size_t> kept_;  ///< KeptConnection only: idle connections, the last on top.
    Random random_;
};

} // namespace lab::balancing
