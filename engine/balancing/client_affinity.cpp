#include "balancing/client_affinity.hpp"

#include "base/check.hpp"

#include <chrono>

namespace lab::balancing {
namespace {

constexpr std::size_t waysMax = 8; // places that a hash may have
constexpr unsigned endpointBits = 16;

std::uint64_t millisecondsAt(Instant now)
{
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now.sinceStart());
    return static_cast<std::uint64_t>(since.count()) + 1;
}

std::size_t firstPlace(std::uint64_t client)
{
    return static_cast<std::size_t>(client % (ClientAffinity::clientsMax / waysMax)) * waysMax;
}

} // namespace

ClientAffinity::ClientAffinity(Duration timeout)
    : timeout_(timeout)
    , slots_(std::make_unique<Slot[]>(clientsMax))
{
}

std::size_t ClientAffinity::kept(std::uint64_t client, Instant now)
{
    Slot* slot = find(client);
    if (slot == nullptr) {
        return none;
    }
    const Kept kept = slot->kept.load(std::memory_order_acquire);
    const std::uint64_t last = kept >> endpointBits;
    const std::uint64_t present = millisecondsAt(now);
    const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(timeout_).count();
    if (last == 0 || present > last + static_cast<std::uint64_t>(timeout)) {
        return none;
    }
    const std::size_t endpoint = kept % endpointsMax;
    slot->kept.store(present << endpointBits | endpoint, std::memory_order_release);
    return endpoint;
}

void ClientAffinity::keep(std::uint64_t client, std::size_t endpoint, Instant now)
{
    check(client != 0 && endpoint < endpointsMax, "a client and an endpoint that fit the table");
    Slot* slot = find(client);
    if (slot == nullptr) {
        slot = &placeFor(client);
    }
    slot->kept.store(millisecondsAt(now) << endpointBits | endpoint, std::memory_order_release);
}

ClientAffinity::Slot* ClientAffinity::find(std::uint64_t client)
{
    const std::size_t first = firstPlace(client);
    for (std::size_t way = 0; way < waysMax; ++way) {
        Slot& slot = slots_[first + way];
        if (slot.client.load(std::memory_order_acquire) == client) {
            return &slot;
        }
    }
    return nullptr;
}

/// Takes a free place, else that of the client seen the longest time ago. Two workers that take
/// the same one at once share it for a moment: the loser's client chooses anew next time.
ClientAffinity::Slot& ClientAffinity::placeFor(std::uint64_t client)
{
    const std::size_t first = firstPlace(client);
    Slot* oldest = &slots_[first];
    for (std::size_t way = 0; way < waysMax; ++way) {
        Slot& slot = slots_[first + way];
        std::uint64_t free = 0;
        if (slot.client.compare_exchange_strong(free, client)) {
            return slot;
        }
        if (slot.kept.load(std::memory_order_relaxed) < // the time is in the upper bits
            oldest->kept.load(std::memory_order_relaxed)) {
            oldest = &slot;
        }
    }
    oldest->kept.store(0, std::memory_order_release);
    oldest->client.store(client, std::memory_order_release);
    return *oldest;
}

} // namespace lab::balancing
