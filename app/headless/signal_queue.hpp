#pragma once

#include <chrono>
#include <csignal>
#include <optional>

namespace lab::headless {

/// Takes SIGINT, SIGTERM, SIGHUP and SIGUSR1 out of a descriptor, one after the other, instead of
/// letting them end the process.
///
/// Make it before any thread is started: threads inherit the blocked signals.
class SignalQueue {
public:
    SignalQueue();
    ~SignalQueue();
    SignalQueue(const SignalQueue&) = delete;
    SignalQueue& operator=(const SignalQueue&) = delete;

    /// The next signal's number; nothing when `other` became readable first.
    /// \param other  a descriptor to watch besides, or -1
    [[nodiscard]] std::optional<int> next(int other = -1) const;

private:
    sigset_t before_{};
    int fd_ = -1;
};

} // namespace lab::headless
