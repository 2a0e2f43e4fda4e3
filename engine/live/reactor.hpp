#pragma once

#include "live/spare_descriptor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace lab::live {

/// Who is told that a descriptor may have become ready, or that it was given up.
class Watcher {
public:
    virtual ~Watcher() = default;

    /// For whom it waits: all of one owner's watchers can be told something. Only compared.
    void belongTo(const void* owner) { owner_ = owner; }

protected:
    friend class Reactor;
    /// What an edge may have brought.
    struct Edge {
        bool isReadable = false;
        bool isWritable = false;
        bool isHangUp = false; ///< The peer's end or an error: no further edge will tell of it.
    };
    /// Input, output, end or error may now be there. May free any watcher, itself included.
    virtual void ready(Edge edge) = 0;
    /// The worker ends: let go of whatever waits.
    virtual void cancelled() = 0;
    /// The worker drains: let go if this waits between two exchanges, or accepts.
    virtual void drained() = 0;
    /// The owner goes: let go if this waits between two exchanges.
    virtual void ownerGone() {}

private:
    const void* owner_ = nullptr;
};

/// Edge-triggered readiness for many descriptors, inside an Asio io_context.
///
/// One epoll set that is itself a descriptor of the io_context: sockets are added once and cost
/// no further system call, while timers, signals and everything else stay with Asio. A socket
/// that waits needs no buffer, which Asio's own reads would. One thread: the io_context's.
class Reactor {
public:
    using Context = boost::asio::io_context;
    /// Identifies an added descriptor; never reused, so late events cannot reach a successor.
    using Key = std::uint64_t;

    static constexpr int eventsPerTurnMax = 256;

    explicit Reactor(Context& context);
    ~Reactor();
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    /// Watches for every edge of `fd`. The watcher outlives the key.
    [[nodiscard]] Key add(int fd, Watcher& watcher);
    /// Watches a listening socket, level-triggered, one worker woken a connection.
    [[nodiscard]] Key addListener(int fd, Watcher& watcher);
    /// No more calls for that key; before or after the descriptor is closed.
    void remove(Key key);
    /// The same for a listening socket, which may stay open through other workers' descriptors.
    /// \pre `fd` is still open
    void removeListener(Key key, int fd);

    /// Leaves a listening socket alone until wakeResting(): it can neither be served nor got rid
    /// of.
    void rest(Key key, int fd);
    /// Watches all of those again.
    void wakeResting();

    /// Is that key still added?
    [[nodiscard]] bool watches(Key key) const { return watcherOf(key) != nullptr; }

    /// For those who accept: one for all of this thread's listeners.
    [[nodiscard]] SpareDescriptor& spare() { return spare_; }

    /// Called once before each turn's events, e.g. to read the clock.
    void beforeTurn(std::function<void()> call) { beforeTurn_ = std::move(call); }

    /// Tells every watcher that it is over. They may remove themselves meanwhile.
    void cancelAll();

    /// Tells every watcher that no new exchange may begin.
    void drainIdle();

    /// Tells all watchers of these owners that they go, or that it is over.
    void tellGone(const std::vector<const void*>& owners);
    void cancelAllOf(const std::vector<const void*>& owners);

    /// Stops waiting for events, so that the io_context can run out of work.
    void stop();

private:
    struct Slot {
        Watcher* watcher = nullptr;
        std::uint32_t generation = 0;
    };

    Key addWith(int fd, Watcher& watcher, std::uint32_t events);
    void watch(Key key, int fd, std::uint32_t events);
    void tellAllOf(const std::vector<const void*>& owners, void (Watcher::*what)());
    void wait();
    void turn();
    [[nodiscard]] Watcher* watcherOf(Key key) const;

    using Descriptor = boost::asio::posix::basic_stream_descriptor<Context::executor_type>;
    Descriptor epoll_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> freeSlots_;
    struct Resting {
        Key key;
        int fd;
    };
    std::vector<Resting> resting_; ///< Listeners.
    std::function<void()> beforeTurn_;
    SpareDescriptor spare_;
    bool isStopped_ = false;
};

} // namespace lab::live
