#pragma once

#include "measurement/door_record.hpp"
#include "measurement/shared_words.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab::measurement {

/// A request's head with the record of what became of it.
struct RecordedHead {
    std::uint64_t number = 0; ///< Of its record in the worker's RecordRing.
    DoorRecord record;
    std::string client;      ///< Address, without port.
    std::string requestLine; ///< "GET /cart HTTP/1.1", as received; of a bad head what there was.
    std::string fields;      ///< "Name: value" lines, each ending in CRLF; secrets are left out.

    /// The first field of that name, without regard to case; empty if there is none.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// Heads of some requests of one worker: a ring of bytes that one thread writes and others read
/// without stopping it.
///
/// Entries lie one behind the other at positions that only grow; the oldest are overwritten, whole.
/// A reader copies an entry, and then looks whether the writer has come so far meanwhile that it
/// may have written over it.
class HeadRing {
public:
    static constexpr std::size_t bytesMin = 4096;
    static constexpr std::size_t bytesMax = std::size_t{1} << 30U;

    /// \param bytes  kept at most; rounded up to a power of two within the bounds
    explicit HeadRing(std::size_t bytes);

    /// Only on the one writing thread. \param texts  RecordedHead's, in its order; the pieces of
    /// one are joined. \return false, counted, if it is larger than an eighth of the ring
    bool write(std::uint64_t number,
               const DoorRecord& record,
               std::string_view client,
               std::string_view requestLine,
               std::string_view fields);

    [[nodiscard]] std::uint64_t tooLarge() const
    {
        return tooLarge_.load(std::memory_order_acquire);
    }
    [[nodiscard]] std::uint64_t written() const { return written_.load(std::memory_order_acquire); }

private:
    friend class HeadCursor;
    struct Layout; ///< Of an entry's first words.

    void storeBytes(std::uint64_t& position, std::string_view bytes);
    [[nodiscard]] std::string loadBytes(std::uint64_t& position, std::size_t count) const;

    std::size_t mask_; ///< Of words.
    SharedWords words_;
    std::atomic<std::uint64_t> oldest_ = 0;    ///< Word position of the oldest whole entry.
    std::atomic<std::uint64_t> reserved_ = 0;  ///< The writer writes below this.
    std::atomic<std::uint64_t> published_ = 0; ///< Whole entries end here.
    std::atomic<std::uint64_t> written_ = 0;
    std::atomic<std::uint64_t> tooLarge_ = 0;
};

/// Where one reader of heads has come to.
class HeadCursor {
public:
    explicit HeadCursor(const HeadRing& ring)
        : ring_(&ring)
    {
    }

    /// The next head, or nothing if there is no more. Overwritten ones are counted and passed over.
    [[nodiscard]] std::optional<RecordedHead> next();
    /// How many it was too slow for.
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

private:
    const HeadRing* ring_;
    std::uint64_t position_ = 0;
    std::uint64_t index_ = 0; ///< Of the entry at position_, counted from the ring's first.
    std::uint64_t lost_ = 0;
};

} // namespace lab::measurement
