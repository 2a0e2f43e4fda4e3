#include "measurement/record_ring.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace lab::measurement {

RecordRing::RecordRing(std::size_t records)
    : mask_(std::bit_ceil(std::clamp(records, recordsMin, recordsMax)) - 1)
    , words_((mask_ + 1) * slotWords)
{
}

void RecordRing::write(const DoorRecord& record)
{
    using Words = std::array<std::uint64_t, recordWords>;
    const auto content = std::bit_cast<Words>(record);
    const std::uint64_t number = written_.load(std::memory_order_relaxed);
    const std::size_t slot = (number & mask_) * slotWords;
    words_.store(slot, 0);
    words_.store(slot + 1, content);
    words_.store(slot, number + 1);
    written_.store(number + 1, std::memory_order_release);
}

std::optional<DoorRecord> RecordRing::read(std::uint64_t number) const
{
    const std::size_t slot = (number & mask_) * slotWords;
    if (words_.load(slot) != number + 1) {
        return std::nullopt;
    }
    std::array<std::uint64_t, recordWords> content;
    for (std::size_t i = 0; i < recordWords; ++i) {
        content[i] = words_.load(slot + 1 + i);
    }
    if (words_.load(slot) != number + 1) {
        return std::nullopt;
    }
    return std::bit_cast<DoorRecord>(content);
}

std::vector<DoorRecord> RecordCursor::take(std::size_t recordsMax)
{
    std::vector<DoorRecord> taken;
    std::uint64_t end = ring_->written();
    while (next_ < end && taken.size() < recordsMax) {
        const std::uint64_t kept = std::min<std::uint64_t>(end, ring_->capacity());
        if (next_ < end - kept) {
            lost_ += end - kept - next_;
            next_ = end - kept;
        }
        if (const auto record = ring_->read(next_)) {
            taken.push_back(*record);
        } else {
            ++lost_; // the writer came round
            end = ring_->written();
        }
        ++next_;
    }
    return taken;
}

} // namespace lab::measurement
