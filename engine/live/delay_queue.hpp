#pragma once

#include "base/instant.hpp"
#include "live/live_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <coroutine>
#include <map>

namespace lab::live {

/// Coroutines that sleep until a time, to the microsecond: what a slow pod does.
///
/// For deadlines that nearly never come, a DeadlineWheel is cheaper. One worker's thread.
class DelayQueue {
public:
    using Context = boost::asio::io_context;

    DelayQueue(Context& context, const LiveClock& clock);

    /// Awaitable; gives false when the queue was cancelled first.
    class [[nodiscard]] Delay {
    public:
        Delay(DelayQueue& queue, Instant at)
            : queue_(queue)
            , at_(at)
        {
        }
        [[nodiscard]] bool await_ready() const { return queue_.isCancelled_; }
        void await_suspend(std::coroutine_handle<> sleeper) { queue_.add(at_, sleeper); }
        [[nodiscard]] bool await_resume() const { return !queue_.isCancelled_; }

    private:
        DelayQueue& queue_;
        Instant at_;
    };

    /// Wakes all sleepers, now and for good.
    void cancel();

private:
    void add(Instant at, std::coroutine_handle<> sleeper);
    void wakeAt(Instant at);
    void wakeDue();

    const LiveClock& clock_;
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>,
                                      Context::executor_type>
        timer_;
    std::multimap<Instant, std::coroutine_handle<>> sleepers_;
    bool isCancelled_ = false;
};

} // namespace lab::live
