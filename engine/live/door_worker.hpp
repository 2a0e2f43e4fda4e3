#pragma once

#include "live/door_binding.hpp"
#include "live/plan_swap.hpp"
#include "live/retirement.hpp"
#include "live/served_plan.hpp"
#include "live/worker.hpp"
#include "measurement/flight_recorder.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace lab::live {

/// One worker thread of the doors: for every plan its own state, for every door port a listener.
///
/// Turning to other plans goes in three steps: prepare() on the controlling thread, with nothing
/// touched that serves; apply() on the worker's own, or before it has started; commit() on the
/// controlling thread again.
class DoorWorker {
public:
    DoorWorker(const LiveClock& clock,
               const TlsServer& tls,
               std::size_t index,
               const measurement::RecorderOptions& recorder = {});

    [[nodiscard]] PlanSwap prepare(std::vector<PlanPart> parts, Retirement& retirement);
    void apply(PlanSwap& swap);
    void commit();

    /// Ends what is left of the connections to doors that are gone, and of the tunnels to pods that
    /// are, if they have not come back. On the worker's thread.
    void cut(const std::vector<std::shared_ptr<DoorSite>>& gone,
             const std::vector<AddressId>& closedAddresses);
    /// Ends the tunnels that go by that generation's plans. On the worker's thread.
    void cutTunnelsOf(std::uint64_t generation);

    [[nodiscard]] Worker& worker() { return worker_; }

    /// What it remembers of its requests; readable from any thread.
    [[nodiscard]] const measurement::FlightRecorder& recorder() const { return recorder_; }

private:
    [[nodiscard]] std::shared_ptr<WorkerPlan> planOf(PlanPart& part, Retirement& retirement);
    [[nodiscard]] PlanSwap::Placed place(const std::shared_ptr<WorkerPlan>& own,
                                         BoundSocket& socket);
    void seat(PlanSwap::Placed& placed, PlanSwap& swap);

    const TlsServer& tls_;
    std::size_t index_;
    measurement::FlightRecorder recorder_;
    Worker worker_; // before everything that holds streams of it
    UpstreamPool pool_;
    Http2Pods http2Pods_;

    // The controlling thread's:
    std::vector<std::shared_ptr<WorkerPlan>> plans_;                          ///< As served now.
    std::vector<std::shared_ptr<WorkerPlan>> next_;                           ///< Prepared.
    using Seats = std::unordered_map<std::string, std::shared_ptr<DoorSeat>>; ///< By socket.
    Seats seats_;
    Seats nextSeats_; ///< Prepared.
};

} // namespace lab::live
