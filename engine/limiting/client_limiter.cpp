#include "limiting/client_limiter.hpp"

#include <algorithm>
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
    , places_(std::make_unique<std::atomic<std::uint64_t>[]>(clientsMax))
{
}

/// One word a place, so that a count can never go to another client: 48 bits of the client's hash,
/// 16 of its count. Without a count it is free, whosever it was.
struct ConnectionLimiter::Place {
    static constexpr unsigned countBits = 16;
    static constexpr std::uint64_t countMax = (1U << countBits) - 1;

    static std::uint64_t countOf(std::uint64_t word) { return word & countMax; }
    /// Of a client, without a count. Places go by the hash's low bits, this by all of them.
    static std::uint64_t markOf(std::uint64_t client)
    {
        return (client * 0x9e3779b97f4a7c15U) & ~countMax;
    }
    static bool isOf(std::uint64_t word, std::uint64_t client)
    {
        return (word & ~countMax) == markOf(client) && countOf(word) > 0;
    }
    static std::uint64_t first(std::uint64_t client) { return markOf(client) | 1U; }
};

bool ConnectionLimiter::begin(std::uint64_t clientHash)
{
    const auto most = static_cast<std::uint64_t>(std::max(perClientMax_, 0));
    while (true) {
        std::atomic<std::uint64_t>* free = nullptr;
        std::uint64_t seenFree = 0;
        for (const std::size_t place : placesOf(clientHash, clientsMax)) {
            std::uint64_t word = places_[place].load(std::memory_order_relaxed);
            while (Place::isOf(word, clientHash)) {
                if (Place::countOf(word) >= std::min(most, Place::countMax)) {
                    return false;
                }
                if (places_[place].compare_exchange_weak(word, word + 1)) {
                    return true;
                }
            }
            if (free == nullptr && Place::countOf(word) == 0) {
                free = &places_[place];
                seenFree = word;
            }
        }
        if (most == 0) {
            return false;
        }
        if (free == nullptr) {
            return true; // not counted
        }
        if (free->compare_exchange_strong(seenFree, Place::first(clientHash))) {
            return true;
        }
    }
}

void ConnectionLimiter::end(std::uint64_t clientHash)
{
    for (const std::size_t place : placesOf(clientHash, clientsMax)) {
        std::uint64_t word = places_[place].load(std::memory_order_relaxed);
        while (Place::isOf(word, clientHash)) {
            if (places_[place].compare_exchange_weak(word, word - 1)) {
                return;
            }
        }
    }
}

int ConnectionLimiter::underWay(std::uint64_t clientHash) const
{
    for (const std::size_t place : placesOf(clientHash, clientsMax)) {
        const std::uint64_t word = places_[place].load(std::memory_order_relaxed);
        if (Place::isOf(word, clientHash)) {
            return static_cast<int>(Place::countOf(word));
        }
    }
    return 0;
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
