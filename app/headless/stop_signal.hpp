#pragma once

#include <atomic>

namespace lab::headless {

/// While it lives, the first SIGINT or SIGTERM sets a flag instead of ending the process; the
/// second ends it as usual. One at a time; restores what was before.
class StopSignal {
public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    [[nodiscard]] const std::atomic<bool>& flag() const;
    [[nodiscard]] bool wasTerminated() const; ///< By SIGTERM; else, if at all, by SIGINT.
};

} // namespace lab::headless
