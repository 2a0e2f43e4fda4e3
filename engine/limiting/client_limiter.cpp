#include "limiting/client_limiter.hpp"

#include "base/check.hpp"

#include <array>
#include <limits>

namespace lab::limiting {
namespace {

constexpr std::size_t placesPerHash = 8; ///< Neighbouring places that a client may take.

/// The places of a client, in the order of trying.
std::array<std::size_t, placesPerHash> placesOf(std::uint64_t client, std::size_t size)
{
    std::array<std::size_t, placesPerHash> places{};
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = (static_cast<std::size_t>(client) + i) % size;
    }
    return places;
}

} // namespace

ClientLimiter::ClientLimiter(BucketPolicy policy)
    : policy_(policy)
    , steps_(policy)
    , slots_(std::make_unique<Slot[]>(clientsMax))
{
}

Duration ClientLimiter::admit(std::uint64_t clientHash, Instant now)
{
    return steps_.admit(slotOf(clientHash).nextNs, now);
}

void ClientLimiter::giveBack(std::uint64_t clientHash)
{
    steps_.giveBack(slotOf(clientHash).nextNs);
}

Duration ClientLimiter::waitFor(std::uint64_t clientHash, Instant now) const
{
    const Slot* const slot = knownSlot(clientHash);
    return slot == nullptr ? Duration::zero() : steps_.waitFor(slot->nextNs, now);
}

double ClientLimiter::level(std::uint64_t clientHash, Instant now) const
{
    const Slot* const slot = knownSlot(clientHash);
    return slot == nullptr ? policy_.burst : steps_.level(slot->nextNs, policy_.burst, now);
}

const ClientLimiter::Slot* ClientLimiter::knownSlot(std::uint64_t client) const
{
    for (const std::size_t place : placesOf(client, clientsMax)) {
        if (slots_[place].client.load(std::memory_order_acquire) == client) {
            return &slots_[place];
        }
    }
    return nullptr;
}

ClientLimiter::Slot& ClientLimiter::slotOf(std::uint64_t client)
{
    while (true) {
        Slot* fullest = nullptr;
        std::int64_t fullestNs = std::numeric_limits<std::int64_t>::max();
        for (const std::size_t place : placesOf(client, clientsMax)) {
            Slot& slot = slots_[place];
            std::uint64_t owner = slot.client.load(std::memory_order_acquire);
            if (owner == client) {
                return slot;
            }
            if (owner == 0) {
                slot.nextNs.store(BucketSteps::fullNs, std::memory_order_relaxed);
                if (slot.client.compare_exchange_strong(owner, client)) {
                    return slot;
                }
                if (owner == client) {
                    return slot;
                }
            }
            const std::int64_t next = slot.nextNs.load(std::memory_order_relaxed);
            if (next < fullestNs) {
                fullest = &slot;
                fullestNs = next;
            }
        }
        std::uint64_t owner = fullest->client.load(std::memory_order_acquire);
        if (fullest->client.compare_exchange_strong(owner, client)) {
            fullest->nextNs.store(BucketSteps::fullNs, std::memory_order_relaxed);
            return *fullest;
        }
    }
}

ConnectionLimiter::ConnectionLimiter(int perClientMax)
    : perClientMax_(perClientMax)
    , slots_(std::make_unique<Slot[]>(clientsMax))
{
}

bool ConnectionLimiter::begin(std::uint64_t clientHash)
{
    Slot* slot = slotOf(clientHash, true);
    if (slot == nullptr) {
        return true;
    }
    int count = slot->count.load(std::memory_order_relaxed);
    do {
        if (count >= perClientMax_) {
            return false;
        }
    } while (!slot->count.compare_exchange_weak(count, count + 1));
    return true;
}

void ConnectionLimiter::end(std::uint64_t clientHash)
{
    if (Slot* slot = slotOf(clientHash, false)) {
        const int before = slot->count.fetch_sub(1);
        check(before > 0, "what ends has begun");
    }
}

int ConnectionLimiter::underWay(std::uint64_t clientHash) const
{
    for (const std::size_t place : placesOf(clientHash, clientsMax)) {
        if (slots_[place].client.load(std::memory_order_acquire) == clientHash) {
            return slots_[place].count.load(std::memory_order_relaxed);
        }
    }
    return 0;
}

/// A place stays its client's for ever once taken: counts never move between clients.
ConnectionLimiter::Slot* ConnectionLimiter::slotOf(std::uint64_t client, bool isNew)
{
    for (const std::size_t place : placesOf(client, clientsMax)) {
        Slot& slot = slots_[place];
        std::uint64_t owner = slot.client.load(std::memory_order_acquire);
        if (owner == client) {
            return &slot;
        }
        if (owner == 0 && isNew &&
            (slot.client.compare_exchange_strong(owner, client) || owner == client)) {
            return &slot;
        }
    }
    return nullptr;
}

std::uint64_t clientHash(std::string_view key)
{
    std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a, then mixed, so that neighbours part
    for (const char c : key) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    hash ^= hash >> 32U;
    hash *= 0x9e3779b97f4a7c15U;
    hash ^= hash >> 29U;
    return hash == 0 ? 1 : hash;
}

} // namespace lab::limiting
