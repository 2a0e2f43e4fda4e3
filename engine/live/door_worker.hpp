#pragma once

#include "live/door_binding.hpp"
#include "live/listener.hpp"
#include "live/served_plan.hpp"
#include "live/worker.hpp"

#include <memory>
#include <vector>

namespace lab::live {

/// One worker thread of the doors: for every plan its own state, for every door port a listener.
class DoorWorker {
public:
    DoorWorker(const LiveClock& clock, std::size_t index);

    /// Serves a plan's bound sockets from this worker too. \pre the worker has not started
    void serve(const ServedPlan& served,
               const std::vector<BoundSocket>& sockets,
               const TlsServer& tls,
               const LiveOptions& options);

    [[nodiscard]] Worker& worker() { return worker_; }

    /// This worker's tallies of the n-th plan served; readable from any thread.
    [[nodiscard]] const std::vector<DoorTally>& tallies(std::size_t plan) const
    {
        return plans_[plan]->tallies;
    }

private:
    std::size_t index_;
    Worker worker_; // before everything that holds streams of it
    std::vector<std::unique_ptr<WorkerPlan>> plans_;
    std::vector<std::unique_ptr<DoorContext>> contexts_;
    std::vector<std::unique_ptr<Listener>> listeners_;
};

} // namespace lab::live
