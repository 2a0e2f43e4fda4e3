#include "live/retirement.hpp"

#include <pthread.h>
#include <utility>

namespace lab::live {

Retirement::Retirement(const LiveClock& clock)
    : clock_(clock)
    , queue_(std::make_shared<Queue>())
{
}

Retirement::~Retirement()
{
    end();
}

void Retirement::Queue::free(std::shared_ptr<void> item)
{
    {
        const std::lock_guard lock(mutex);
        if (isClosed) {
            return; // freed here, without the lock
        }
        items.push_back(std::move(item));
    }
    wakes.notify_one();
}

void Retirement::after(Rest rest)
{
    {
        const std::lock_guard lock(queue_->mutex);
        queue_->rests.push_back(std::move(rest));
        queue_->isClosed = false;
    }
    if (!thread_.joinable()) {
        thread_ = std::thread([this] {
            ::pthread_setname_np(::pthread_self(), "retirement");
            run();
        });
    }
    queue_->wakes.notify_one();
}

void Retirement::end()
{
    if (!thread_.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(queue_->mutex);
        queue_->isClosed = true;
    }
    queue_->wakes.notify_one();
    thread_.join();
}

void Retirement::run()
{
    constexpr Duration look = std::chrono::milliseconds(50); // a plan's end wakes it sooner
    std::vector<Rest> rests;
    bool isOver = false;
    while (!isOver) {
        std::vector<std::shared_ptr<void>> items;
        {
            std::unique_lock lock(queue_->mutex);
            const auto isWanted = [&] {
                return queue_->isClosed || !queue_->items.empty() || !queue_->rests.empty();
            };
            if (rests.empty()) {
                queue_->wakes.wait(lock, isWanted);
            } else {
                queue_->wakes.wait_for(lock, look, isWanted);
            }
            isOver = queue_->isClosed;
            items.swap(queue_->items);
            std::move(queue_->rests.begin(), queue_->rests.end(), std::back_inserter(rests));
            queue_->rests.clear();
        }
        items.clear();
        if (!isOver) {
            settle(rests, clock_.now());
        }
    }
}

void Retirement::settle(std::vector<Rest>& rests, Instant now)
{
    std::erase_if(rests, [&](Rest& rest) {
        std::erase_if(rest.plans, [](const auto& plan) { return plan.expired(); });
        const bool isLate = now >= rest.cutAt;
        if (rest.close && (rest.plans.empty() || isLate)) {
            std::exchange(rest.close, nullptr)();
        }
        if (isLate) {
            rest.cut();
        }
        return isLate;
    });
}

} // namespace lab::live
