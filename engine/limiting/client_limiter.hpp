#pragma once

#include "base/instant.hpp"
#include "limiting/token_bucket.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace lab::limiting {

/// May this client send one more now?  One exact bucket a client, in a table of fixed size.
///
/// As TokenBucket: one atomic instant a client, no lock, the caller brings the time. A client is
/// known by the hash of its key. When the few places of a hash are taken, the client whose bucket
/// is the fullest makes room: it then starts anew with a full bucket (nginx drops the oldest).
class ClientLimiter {
public:
    static constexpr std::size_t clientsMax = 16 * 1024; ///< Places in the table, 16 bytes each.

    explicit ClientLimiter(BucketPolicy policy);

    /// Takes one token of that client's bucket.
    /// \return zero if the request may pass, else how long until the next one may
    Duration admit(std::uint64_t clientHash, Instant now);

    /// Puts the token back that admit() has just taken for that client: another limit refuses it.
    void giveBack(std::uint64_t clientHash);

    /// What admit() would say, without taking a token, nor a place in the table.
    [[nodiscard]] Duration waitFor(std::uint64_t clientHash, Instant now) const;
    /// Tokens in that client's bucket.
    [[nodiscard]] double level(std::uint64_t clientHash, Instant now) const;

    [[nodiscard]] const BucketPolicy& policy() const { return policy_; }

private:
    struct Slot {
        std::atomic<std::uint64_t> client{0}; ///< 0: free
        std::atomic<std::int64_t> nextNs{0};
    };

    Slot& slotOf(std::uint64_t client);
    [[nodiscard]] const Slot* knownSlot(std::uint64_t client) const;

    BucketPolicy policy_;
    BucketSteps steps_;
    std::unique_ptr<Slot[]> slots_;
};

/// How many requests of a client are under way?  A table of fixed size, as above; a place is free
/// again with the last of its client's requests. A request that finds no place is not counted.
///
/// Two first requests of one client at the same time may take two places of it, each with a count
/// of its own, until both are free: then it may have more under way than it should.
class ConnectionLimiter {
public:
    static constexpr std::size_t clientsMax = 16 * 1024;

    explicit ConnectionLimiter(int perClientMax);

    /// Begins a request of that client. \return false if it has as many under way as it may
    bool begin(std::uint64_t clientHash);
    /// Ends one that began.
    void end(std::uint64_t clientHash);

    /// Requests of that client that are under way.
    [[nodiscard]] int underWay(std::uint64_t clientHash) const;
    /// What begin() would say.
    [[nodiscard]] bool mayBegin(std::uint64_t clientHash) const
    {
        return underWay(clientHash) < perClientMax_;
    }

private:
    struct Place;

    int perClientMax_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> places_;
};

/// A hash of a client's key, never 0.
[[nodiscard]] std::uint64_t clientHash(std::string_view key);

} // namespace lab::limiting
