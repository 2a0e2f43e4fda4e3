#include "balancing/rendezvous_hash.hpp"

#include "balancing/balancer.hpp"

namespace lab::balancing {
namespace {

std::uint64_t mixed(std::uint64_t z)
{
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U; // splitmix64's finaliser
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

} // namespace

std::uint64_t stableHash(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return mixed(hash);
}

std::size_t pickByHash(std::uint64_t key,
                       std::span<const std::uint64_t> endpoints,
                       std::span<const bool> isUsable)
{
    std::size_t best = Balancer::none;
    std::uint64_t bestScore = 0;
    for (std::size_t i = 0; i < endpoints.size() && i < isUsable.size(); ++i) {
        const std::uint64_t score = mixed(key ^ endpoints[i]);
        if (isUsable[i] && (best == Balancer::none || score > bestScore)) {
            best = i;
            bestScore = score;
        }
    }
    return best;
}

} // namespace lab::balancing
