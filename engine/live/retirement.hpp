#pragma once

#include "live/live_clock.hpp"
#include "live/served_plan.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace lab::live {

/// Where plans go that are served no more: freed on a thread of its own, so that no worker spends
/// milliseconds on it, and with them what only they needed.
///
/// Any thread may let go of what it keeps. The thread begins with the first after() and ends with
/// end(); what is let go of later is freed where that happens.
class Retirement {
public:
    explicit Retirement(const LiveClock& clock);
    ~Retirement(); ///< As end().
    Retirement(const Retirement&) = delete;
    Retirement& operator=(const Retirement&) = delete;

    /// Shares it; the last owner only hands it over to be freed.
    template <typename T>
    [[nodiscard]] std::shared_ptr<T> share(T&& made)
    {
        return std::shared_ptr<T>(new T(std::move(made)), [queue = queue_](T* item) {
            queue->free(std::unique_ptr<T>(item));
        });
    }

    /// What has to be done after plans were replaced. Called on the retiring thread.
    struct Rest {
        std::vector<std::weak_ptr<const ServedPlan>> plans;
        Instant cutAt;               ///< When even long connections have had their time.
        std::function<void()> close; ///< No one works by the plans any more, or that time is over.
        std::function<void()> cut;   ///< That time is over; after `close`.
    };
    void after(Rest rest);

    /// Frees what there is, leaves undone what has to wait.
    void end();

private:
    /// Outlives the retirement if something is let go of after its end.
    struct Queue {
        std::mutex mutex;
        std::condition_variable wakes;
        std::vector<std::shared_ptr<void>> items;
        std::vector<Rest> rests;
        bool isClosed = true;

        void free(std::shared_ptr<void> item);
    };
    void run();
    static void settle(std::vector<Rest>& rests, Instant now);

    const LiveClock& clock_;
    std::shared_ptr<Queue> queue_;
    std::thread thread_;
};

} // namespace lab::live
