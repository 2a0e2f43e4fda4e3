#pragma once

#include "base/instant.hpp"

#include <array>
#include <cstddef>

namespace lab::live {

class DeadlineWheel;

/// Something that must be over by a certain time. Linked into its wheel; unlinks itself.
class Deadline {
public:
    Deadline() = default;
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    virtual ~Deadline();

protected:
    /// The time is up. Called once a deadline, on the worker's thread.
    virtual void expired() = 0;

private:
    friend class DeadlineWheel;
    Deadline* previous_ = nullptr;
    Deadline* next_ = nullptr;
    Instant at_{};
    bool isArmed_ = false;
};

/// Thousands of deadlines for the price of a store: a timer wheel with lazy re-linking.
///
/// Moving a deadline further away only writes its new time; its slot is looked at when the old one
/// comes round.  A deadline fires up to one tick late, never early.  One thread; no allocation.
class DeadlineWheel {
public:
    static constexpr Duration tick = std::chrono::milliseconds(16);
    static constexpr std::size_t slotCount = 4096; ///< 65 s a turn; later ones go round again.

    explicit DeadlineWheel(Instant now);
    ~DeadlineWheel();
    DeadlineWheel(const DeadlineWheel&) = delete;
    DeadlineWheel& operator=(const DeadlineWheel&) = delete;

    void arm(Deadline& deadline, Instant at);
    static void disarm(Deadline& deadline) { deadline.isArmed_ = false; }

    /// Fires everything due. To be called about once a tick.
    void advance(Instant now);

private:
    struct Head final : Deadline {
        void expired() override {}
    };

    void link(Deadline& deadline, Instant at);
    static void unlink(Deadline& deadline);
    void expireSlot(std::size_t slot, Instant now);

    std::array<Head, slotCount> slots_;
    std::int64_t currentTick_;
};

} // namespace lab::live
