#pragma once

#include "base/instant.hpp"
#include "live/live_engine.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace lab::live {

/// A counter with one writer and any number of readers: a plain addition for the writer.
/// Who sees one of its values sees everything that was counted before, elsewhere too.
class Count {
public:
    void add(std::uint64_t amount = 1)
    {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_release);
    }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_acquire); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

/// What one worker counts at one door. Written on the worker's thread, read from any.
struct DoorTally {
    Count connectionsAccepted;
    Count connectionsClosed;
    Count requests;
    std::array<Count, 6> responsesByClass; ///< By status / 100.
    Count refusedByLimit;
    Count unrouted;
    Count upstreamErrors;
    Count bytesIn;
    Count bytesOut;

    /// Requests that took at most so long, by DoorCounters::durationBounds; the last:
    /// longer. Not cumulative.
    std::array<Count, DoorCounters::durationBounds.size() + 1> durations;
    Count durationNs; ///< Their sum.

    void took(Duration duration)
    {
        std::size_t i = 0;
        while (i < DoorCounters::durationBounds.size() &&
               duration > DoorCounters::durationBounds[i]) {
            ++i;
        }
        durations[i].add();
        durationNs.add(static_cast<std::uint64_t>(duration.count()));
    }
    /// Adds to those sums. Readable from any thread.
    void addTo(DoorCounters& sum) const;

    void answered(int status)
    {
        responsesByClass[static_cast<std::size_t>(status / 100) % 6].add();
    }
};

} // namespace lab::live
