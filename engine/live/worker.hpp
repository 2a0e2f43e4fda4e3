#pragma once

#include "live/buffer_pool.hpp"
#include "live/deadline_wheel.hpp"
#include "live/delay_queue.hpp"
#include "live/live_clock.hpp"
#include "live/reactor.hpp"
#include "live/text_pool.hpp"
#include "live/tunnel_book.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace lab::measurement {
class FlightRecorder;
}

namespace lab::live {

/// One thread of the live engine with everything it has to itself: loop, deadlines, buffers, time.
///
/// Sessions run on it as coroutines and share nothing with other workers but atomics and
/// immutable tables. Start it, post to it, drain it, join it.
class Worker {
public:
    using Context = boost::asio::io_context;

    /// \param name  of the thread, at most 15 characters
    Worker(const LiveClock& clock, std::string name);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void start();
    [[nodiscard]] bool isStarted() const { return thread_.joinable(); }
    /// From any thread: runs `call` on the worker's.
    void post(std::function<void()> call);
    /// From any thread: runs `call` on the worker's and waits until it has returned.
    /// Nothing happens before start() and after stop().
    void postAndWait(const std::function<void()>& call);

    /// On the worker's thread: no new exchange from now on; connections between two are closed.
    void drain();
    /// From any thread: gives everything up, ends the loop and joins the thread. Idempotent.
    void stop();

    /// Time as of this turn of the loop: read once for all its events.
    [[nodiscard]] Instant now() const { return now_; }
    /// Reads the clock anew, where a turn's age would matter.
    Instant freshNow();
    /// The time by the clock, while now() stays with this turn.
    [[nodiscard]] Instant clockNow() const { return clock_.now(); }

    /// Where this worker's requests are remembered; none: nowhere. \pre it has not started
    void recordWith(measurement::FlightRecorder* recorder) { recorder_ = recorder; }
    [[nodiscard]] measurement::FlightRecorder* recorder() const { return recorder_; }

    /// \return false when the worker ends before that time
    [[nodiscard]] DelayQueue::Delay sleepUntil(Instant at) { return {delays_, at}; }

    [[nodiscard]] bool isStopping() const { return isStopping_; }
    [[nodiscard]] bool isDraining() const { return isDraining_; }
    [[nodiscard]] Reactor& reactor() { return reactor_; }
    [[nodiscard]] DeadlineWheel& wheel() { return wheel_; }
    [[nodiscard]] BufferPool& buffers() { return buffers_; }
    [[nodiscard]] TextPool& texts() { return texts_; }
    [[nodiscard]] TunnelBook& tunnels() { return tunnels_; }
    [[nodiscard]] Context& context() { return context_; }

    /// Called about once a second on the worker's thread.
    void everySecond(std::function<void()> call) { secondly_.push_back(std::move(call)); }

    /// Sessions alive; read from any thread.
    [[nodiscard]] std::size_t sessionCount() const
    {
        return sessions_.load(std::memory_order_relaxed);
    }

    /// Counts a session for as long as it lives.
    class SessionMark {
    public:
        explicit SessionMark(Worker& worker)
            : worker_(worker)
        {
            worker_.sessions_.fetch_add(1, std::memory_order_relaxed);
        }
        SessionMark(const SessionMark&) = delete;
        SessionMark& operator=(const SessionMark&) = delete;
        ~SessionMark() { worker_.sessions_.fetch_sub(1, std::memory_order_relaxed); }

    private:
        Worker& worker_;
    };

private:
    void tick();

    const LiveClock& clock_;
    std::string name_;
    Context context_;
    boost::asio::executor_work_guard<Context::executor_type> work_;
    Reactor reactor_;
    DeadlineWheel wheel_;
    BufferPool buffers_;
    TextPool texts_;
    TunnelBook tunnels_;
    DelayQueue delays_;
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>,
                                      Context::executor_type>
        timer_;
    Instant now_;
    Instant nextSecond_;
    measurement::FlightRecorder* recorder_ = nullptr;
    std::vector<std::function<void()>> secondly_;
    std::atomic<std::size_t> sessions_ = 0;
    bool isDraining_ = false;
    bool isStopping_ = false;
    std::thread thread_;
};

} // namespace lab::live
