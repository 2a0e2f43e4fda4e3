#pragma once

#include "live/stream.hpp"
#include "live/task.hpp"
#include "live/tunnel_book.hpp"
#include "live/worker.hpp"

#include <cstdint>

namespace lab::live {

/// What went through a tunnel, and how it ended.
struct TunnelEnd {
    enum class Cause {
        Finished, ///< Both sides had said all.
        FrontBroke,
        BackBroke,
        WentIdle,
        Cut, ///< The worker ends, or the door's time is over.
    };
    std::uint64_t forward = 0; ///< Bytes from front to back.
    std::uint64_t back = 0;
    Cause cause = Cause::Finished; ///< The first one.
};

/// Carries bytes between two streams, unread, until both directions have ended.
///
/// An end of one side is passed on as an end; a break of one breaks the other. Each direction takes
/// a piece only when the last one is gone, and holds a buffer only while it has one. Nothing moving
/// either way for `idleMax` ends it. A worker that drains ends it once the back has finished.
/// \param place  under which it stands in the worker's book of tunnels
Task<TunnelEnd> relayBothWays(
    Worker& worker, Stream& front, Stream& back, Duration idleMax, TunnelBook::Place place = {});

} // namespace lab::live
