#include "live/reactor.hpp"

#include "base/check.hpp"

#include <array>
#include <sys/epoll.h>
#include <unistd.h>
#include <unordered_set>
#include <utility>

namespace lab::live {
namespace {

constexpr std::uint32_t listenerEvents = EPOLLIN | EPOLLEXCLUSIVE;

} // namespace

Reactor::Reactor(Context& context)
    : epoll_(context.get_executor(), ::epoll_create1(EPOLL_CLOEXEC))
{
    wait();
}

Reactor::~Reactor() = default;

Reactor::Key Reactor::add(int fd, Watcher& watcher)
{
    return addWith(fd, watcher, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
}

Reactor::Key Reactor::addListener(int fd, Watcher& watcher)
{
    return addWith(fd, watcher, listenerEvents);
}

Reactor::Key Reactor::addWith(int fd, Watcher& watcher, std::uint32_t events)
{
    std::uint32_t index = 0;
    if (freeSlots_.empty()) {
        index = static_cast<std::uint32_t>(slots_.size());
        slots_.emplace_back();
    } else {
        index = freeSlots_.back();
        freeSlots_.pop_back();
    }
    Slot& slot = slots_[index];
    slot.watcher = &watcher;
    const Key key = (Key{slot.generation} << 32U) | index;
    watch(key, fd, events);
    return key;
}

void Reactor::watch(Key key, int fd, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = key;
    const int result = ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, fd, &event);
    check(result == 0, "an open socket can be watched");
}

void Reactor::remove(Key key)
{
    // The kernel forgets the descriptor when it is closed; until then its events miss the slot.
    const auto index = static_cast<std::uint32_t>(key);
    check(watcherOf(key) != nullptr, "a descriptor is removed once");
    slots_[index].watcher = nullptr;
    ++slots_[index].generation;
    freeSlots_.push_back(index);
}

void Reactor::rest(Key key, int fd)
{
    const int result = ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_DEL, fd, nullptr);
    check(result == 0, "a listener that was called can be let go");
    resting_.push_back({key, fd});
}

void Reactor::wakeResting()
{
    if (resting_.empty()) {
        return;
    }
    spare_.renew();
    for (const Resting& one : std::exchange(resting_, {})) {
        watch(one.key, one.fd, listenerEvents);
    }
}

void Reactor::removeListener(Key key, int fd)
{
    remove(key);
    const auto isIt = [key](const Resting& one) { return one.key == key; };
    if (std::erase_if(resting_, isIt) > 0) {
        return; // not watched now
    }
    const int result = ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_DEL, fd, nullptr);
    check(result == 0, "an open listener can be let go");
}

Watcher* Reactor::watcherOf(Key key) const
{
    const Slot& slot = slots_[static_cast<std::uint32_t>(key)];
    return slot.generation == static_cast<std::uint32_t>(key >> 32U) ? slot.watcher : nullptr;
}

void Reactor::cancelAll()
{
    for (std::size_t i = 0; i < slots_.size(); ++i) { // grows and shrinks meanwhile
        if (slots_[i].watcher != nullptr) {
            slots_[i].watcher->cancelled();
        }
    }
}

void Reactor::drainIdle()
{
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].watcher != nullptr) {
            slots_[i].watcher->drained();
        }
    }
}

void Reactor::tellGone(const std::vector<const void*>& owners)
{
    tellAllOf(owners, &Watcher::ownerGone);
}

void Reactor::cancelAllOf(const std::vector<const void*>& owners)
{
    tellAllOf(owners, &Watcher::cancelled);
}

void Reactor::tellAllOf(const std::vector<const void*>& owners, void (Watcher::*what)())
{
    const std::unordered_set<const void*> told(owners.begin(), owners.end());
    for (std::size_t i = 0; i < slots_.size(); ++i) { // grows and shrinks meanwhile
        Watcher* const watcher = slots_[i].watcher;
        if (watcher != nullptr && watcher->owner_ != nullptr && told.contains(watcher->owner_)) {
            (watcher->*what)();
        }
    }
}

void Reactor::stop()
{
    isStopped_ = true;
    boost::system::error_code ignored;
    epoll_.cancel(ignored);
}

void Reactor::wait()
{
    epoll_.async_wait(Descriptor::wait_read, [this](const boost::system::error_code& error) {
        if (error || isStopped_) {
            return;
        }
        turn();
        if (!isStopped_) {
            wait();
        }
    });
}

void Reactor::turn()
{
    if (beforeTurn_) {
        beforeTurn_();
    }
    std::array<epoll_event, eventsPerTurnMax> events; // filled by the kernel
    const int count = ::epoll_wait(epoll_.native_handle(), events.data(), eventsPerTurnMax, 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        Watcher* watcher = watcherOf(event.data.u64);
        if (watcher == nullptr) {
            continue; // removed by an event before it in this turn
        }
        Watcher::Edge edge;
        const bool isBroken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
        edge.isHangUp = isBroken || (event.events & EPOLLRDHUP) != 0;
        edge.isReadable = edge.isHangUp || (event.events & EPOLLIN) != 0;
        edge.isWritable = isBroken || (event.events & EPOLLOUT) != 0;
        watcher->ready(edge);
    }
}

} // namespace lab::live
