#pragma once

#include "base/instant.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lab::simulation {

/// Something that happens at an instant. What `kind`, `subject` and `ticket` mean is the caller's.
struct Event {
    Instant at;
    std::uint64_t order = 0; ///< sequence << 8 | kind: of two at one instant the older comes first.
    std::uint32_t subject = 0;
    std::uint32_t ticket = 0;

    [[nodiscard]] std::uint8_t kind() const { return static_cast<std::uint8_t>(order & 0xffU); }
};

/// What happens next?  Events in the total order (instant, sequence).
///
/// A 4-ary heap, and beside it lanes for delays that never change: what is put into one stands in
/// order already, so a lane is a ring and costs nothing. Most events of a run are hops of one
/// length. Grows up to pendingMax events of 24 bytes. One thread.
class EventQueue {
public:
    using LaneId = std::uint8_t;

    static constexpr std::size_t pendingMax = 16'000'000;
    static constexpr std::size_t lanesMax = 8;
    static constexpr LaneId noLane = lanesMax;

    /// The lane for that delay, the same one when asked again; noLane when all are taken.
    [[nodiscard]] LaneId lane(Duration delay);

    /// \pre at is not before the last event that was taken
    void push(Instant at, std::uint8_t kind, std::uint32_t subject, std::uint32_t ticket = 0);
    /// In that lane's delay from now, which is returned; `now` never goes back.
    Instant pushInLane(
        LaneId lane, Instant now, std::uint8_t kind, std::uint32_t subject, std::uint32_t ticket);

    [[nodiscard]] bool isEmpty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    /// No place for another one: the caller has to stop.
    [[nodiscard]] bool isFull() const { return size_ >= pendingMax; }

    /// \pre not empty
    [[nodiscard]] Instant nextAt() const;
    /// \pre not empty
    Event take();

private:
    /// A ring of events with one delay.
    struct Lane {
        Duration delay{};
        std::vector<Event> ring; ///< Its size is a power of two.
        std::size_t first = 0;
        std::size_t count = 0;

        void push(const Event& event);
    };

    static constexpr std::size_t heapSource = lanesMax;

    [[nodiscard]] std::uint64_t ordered(std::uint8_t kind) { return sequence_++ << 8U | kind; }
    [[nodiscard]] std::size_t nextSource() const;
    void siftUp(std::size_t at);
    void siftDown();

    std::vector<Event> heap_;
    std::vector<Lane> lanes_;
    std::uint64_t sequence_ = 0;
    std::size_t size_ = 0;
};

} // namespace lab::simulation
