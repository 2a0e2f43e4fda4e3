#pragma once

#include "live/live_clock.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace lab::test {

/// Longest time that a test waits for something that must happen.
inline constexpr std::chrono::seconds patience{20};

/// Waits until that holds. \return false if it did not within `patience`
inline bool eventually(const std::function<bool()>& holds)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

/// What a coroutine comes to, once it has ended. Shared with the coroutine.
template <typename T>
class Pending {
public:
    [[nodiscard]] bool isThere() const { return value_->has_value(); }
    T operator*() const { return **value_; }
    void set(T value) { *value_ = std::move(value); }

private:
    std::shared_ptr<std::optional<T>> value_ = std::make_shared<std::optional<T>>();
};

/// A worker without its thread: the test itself turns the loop, so that it decides what has
/// happened before each turn.
class LiveLoop {
public:
    LiveLoop() = default;
    ~LiveLoop()
    {
        // Whoever still waits is let go, so that no coroutine is left behind.
        worker.reactor().cancelAll();
    }
    LiveLoop(const LiveLoop&) = delete;
    LiveLoop& operator=(const LiveLoop&) = delete;

    /// Starts a coroutine: `make` is called for it and lives as long.
    template <typename Make>
    auto start(Make make)
    {
        using T = decltype(make().await_resume());
        Pending<T> result;
        run(std::move(make), result);
        return result;
    }

    /// Deals with everything that is ready now.
    void turn() { worker.context().poll(); }

    /// Turns until that holds. \return false if it did not within `patience`
    bool turnUntil(const std::function<bool()>& holds)
    {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end) {
                return false;
            }
            worker.context().run_one_for(std::chrono::milliseconds(100));
        }
        return true;
    }

    template <typename T>
    bool finish(const Pending<T>& result)
    {
        return turnUntil([&] { return result.isThere(); });
    }

    live::LiveClock clock;
    live::Worker worker{clock, "test-loop"};

private:
    template <typename Make, typename T>
    static live::Detached run(Make make, Pending<T> result)
    {
        result.set(co_await make());
    }
};

} // namespace lab::test
