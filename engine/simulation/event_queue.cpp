#include "simulation/event_queue.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace lab::simulation {
namespace {

constexpr std::size_t arity = 4;
constexpr std::size_t ringMin = 64;

bool isBefore(const Event& a, const Event& b)
{
    return a.at < b.at || (a.at == b.at && a.order < b.order);
}

} // namespace

void EventQueue::Lane::push(const Event& event)
{
    if (count == ring.size()) {
        std::vector<Event> larger(std::max(ringMin, 2 * ring.size()));
        for (std::size_t i = 0; i < count; ++i) {
            larger[i] = ring[(first + i) & (ring.size() - 1)];
        }
        ring = std::move(larger);
        first = 0;
    }
    ring[(first + count) & (ring.size() - 1)] = event;
    ++count;
}

EventQueue::LaneId EventQueue::lane(Duration delay)
{
    const auto known = std::ranges::find(lanes_, delay, &Lane::delay);
    if (known != lanes_.end()) {
        return static_cast<LaneId>(known - lanes_.begin());
    }
    if (lanes_.size() == lanesMax) {
        return noLane;
    }
    lanes_.emplace_back().delay = delay;
    return static_cast<LaneId>(lanes_.size() - 1);
}

void EventQueue::push(Instant at, std::uint8_t kind, std::uint32_t subject, std::uint32_t ticket)
{
    heap_.push_back({at, ordered(kind), subject, ticket});
    ++size_;
    siftUp(heap_.size() - 1);
}

Instant EventQueue::pushInLane(
    LaneId lane, Instant now, std::uint8_t kind, std::uint32_t subject, std::uint32_t ticket)
{
    Lane& into = lanes_[lane];
    const Instant at = now + into.delay;
    into.push({at, ordered(kind), subject, ticket});
    ++size_;
    return at;
}

/// Where the next event stands: a lane's number, or heapSource.
std::size_t EventQueue::nextSource() const
{
    const Event* best = heap_.empty() ? nullptr : &heap_.front();
    std::size_t source = heapSource;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        const Lane& lane = lanes_[i];
        if (lane.count > 0 && (best == nullptr || isBefore(lane.ring[lane.first], *best))) {
            best = &lane.ring[lane.first];
            source = i;
        }
    }
    return source;
}

Instant EventQueue::nextAt() const
{
    check(size_ > 0, "there is a next event");
    const std::size_t source = nextSource();
    return source == heapSource ? heap_.front().at : lanes_[source].ring[lanes_[source].first].at;
}

Event EventQueue::take()
{
    check(size_ > 0, "there is an event to take");
    --size_;
    const std::size_t source = nextSource();
    if (source != heapSource) {
        Lane& lane = lanes_[source];
        const Event event = lane.ring[lane.first];
        lane.first = (lane.first + 1) & (lane.ring.size() - 1);
        --lane.count;
        return event;
    }
    const Event event = heap_.front();
    siftDown();
    return event;
}

void EventQueue::siftUp(std::size_t at)
{
    const Event event = heap_[at];
    while (at > 0) {
        const std::size_t parent = (at - 1) / arity;
        if (!isBefore(event, heap_[parent])) {
            break;
        }
        heap_[at] = heap_[parent];
        at = parent;
    }
    heap_[at] = event;
}

/// Takes the top away and mends the heap from above with what stood last.
void EventQueue::siftDown()
{
    const Event event = heap_.back();
    heap_.pop_back();
    if (heap_.empty()) {
        return;
    }
    std::size_t at = 0;
    while (true) {
        const std::size_t first = at * arity + 1;
        if (first >= heap_.size()) {
            break;
        }
        const std::size_t end = std::min(first + arity, heap_.size());
        std::size_t least = first;
        for (std::size_t child = first + 1; child < end; ++child) {
            if (isBefore(heap_[child], heap_[least])) {
                least = child;
            }
        }
        if (!isBefore(heap_[least], event)) {
            break;
        }
        heap_[at] = heap_[least];
        at = least;
    }
    heap_[at] = event;
}

} // namespace lab::simulation
