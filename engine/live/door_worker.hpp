#pragma once

#include "live/door_binding.hpp"
#include "live/listener.hpp"
#include "live/served_plan.hpp"
#include "live/worker.hpp"
#include "measurement/flight_recorder.hpp"

#include <memory>
#include <vector>

namespace lab::live {

/// One worker thread of the doors: for every plan its own state, for every door port a listener.
class DoorWorker {
public:
    DoorWorker(const LiveClock& clock,
               const TlsServer& tls,
               std::size_t index,
               const measurement::RecorderOptions& recorder = {});

    /// Serves a plan's bound sockets, which are its own. \pre the worker has not started
    void serve(const std::shared_ptr<const ServedPlan>& served, std::vector<BoundSocket> sockets);

    [[nodiscard]] Worker& worker() { return worker_; }

    /// What it remembers of its requests; readable from any thread.
    [[nodiscard]] const measurement::FlightRecorder& recorder() const { return recorder_; }
    /// This worker's tallies of the n-th plan served; readable from any thread.
    [[nodiscard]] const DoorTally& tally(std::size_t plan, DoorId door) const
    {
        return *plans_[plan]->tallies[door.index()];
    }

private:
    const TlsServer& tls_;
    std::size_t index_;
    measurement::FlightRecorder recorder_;
    Worker worker_; // before everything that holds streams of it
    std::vector<std::shared_ptr<WorkerPlan>> plans_;
    std::vector<std::unique_ptr<Listener>> listeners_;
};

} // namespace lab::live
