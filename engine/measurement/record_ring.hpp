#pragma once

#include "measurement/door_record.hpp"
#include "measurement/shared_words.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lab::measurement {

/// The last records of one worker: a bounded ring that one thread writes and any number read,
/// without stopping it.
///
/// Records are numbered from 0 in the order written. The oldest is overwritten when it is full;
/// readers notice by its number. A slot is eight words: a stamp (number + 1; 0 while it is being
/// written) and the record. Every store releases and every load acquires, so a reader that sees
/// the same stamp before and after has read one record, whole.
class RecordRing {
public:
    static constexpr std::size_t recordsMin = 64;
    static constexpr std::size_t recordsMax = std::size_t{1} << 24U; ///< 1 GiB.

    /// \param records  how many are kept; rounded up to a power of two within the bounds
    explicit RecordRing(std::size_t records);

    /// Only on the one writing thread.
    void write(const DoorRecord& record);

    /// How many have been written since the start; the next one's number.
    [[nodiscard]] std::uint64_t written() const { return written_.load(std::memory_order_acquire); }
    [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }
    /// The record of that number, unless it has been overwritten or is not there yet.
    [[nodiscard]] std::optional<DoorRecord> read(std::uint64_t number) const;

private:
    static constexpr std::size_t recordWords = sizeof(DoorRecord) / sizeof(std::uint64_t);
    static constexpr std::size_t slotWords = recordWords + 1;

    std::size_t mask_;
    SharedWords words_;
    std::atomic<std::uint64_t> written_ = 0;
};

/// Where one reader of a ring has come to, and how much it was too slow for.
class RecordCursor {
public:
    /// \param next  the number to begin with: 0 for everything that is still there
    explicit RecordCursor(const RecordRing& ring, std::uint64_t next = 0)
        : ring_(&ring)
        , next_(next)
    {
    }

    /// The next ones in order, at most `recordsMax`; fewer only if there are no more. Those that
    /// were overwritten meanwhile are counted as lost and passed over.
    [[nodiscard]] std::vector<DoorRecord> take(std::size_t recordsMax);

    [[nodiscard]] std::uint64_t next() const { return next_; }
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

private:
    const RecordRing* ring_;
    std::uint64_t next_;
    std::uint64_t lost_ = 0;
};

} // namespace lab::measurement
