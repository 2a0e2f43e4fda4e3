#pragma once

#include "base/instant.hpp"

#include <chrono>

namespace lab::live {

/// The live run's time: the only place of the engine that reads a clock. Free to share.
class LiveClock {
public:
    LiveClock()
        : start_(std::chrono::steady_clock::now())
    {
    }

    [[nodiscard]] Instant now() const { return Instant(std::chrono::steady_clock::now() - start_); }

private:
    std::chrono::steady_clock::time_point start_;
};

} // namespace lab::live
