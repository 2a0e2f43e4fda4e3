#include "live/delay_queue.hpp"

namespace lab::live {

DelayQueue::DelayQueue(Context& context, const LiveClock& clock)
    : clock_(clock)
    , timer_(context.get_executor())
{
}

void DelayQueue::add(Instant at, std::coroutine_handle<> sleeper)
{
    const auto place = sleepers_.emplace(at, sleeper);
    if (place == sleepers_.begin()) {
        wakeAt(at);
    }
}

void DelayQueue::wakeAt(Instant at)
{
    timer_.expires_after(at - clock_.now());
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) {
            wakeDue();
        }
    });
}

void DelayQueue::wakeDue()
{
    const Instant now = clock_.now();
    while (!sleepers_.empty() && sleepers_.begin()->first <= now) {
        const std::coroutine_handle<> sleeper = sleepers_.begin()->second;
        sleepers_.erase(sleepers_.begin());
        sleeper.resume();
    }
    if (!sleepers_.empty()) {
        wakeAt(sleepers_.begin()->first);
    }
}

void DelayQueue::cancel()
{
    isCancelled_ = true;
    timer_.cancel();
    while (!sleepers_.empty()) {
        const std::coroutine_handle<> sleeper = sleepers_.begin()->second;
        sleepers_.erase(sleepers_.begin());
        sleeper.resume();
    }
}

} // namespace lab::live
