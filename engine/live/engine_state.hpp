#pragma once

#include "live/admin_server.hpp"
#include "live/certificate_store.hpp"
#include "live/door_worker.hpp"
#include "live/lab_pods.hpp"
#include "live/live_engine.hpp"
#include "live/plan_numbers.hpp"
#include "live/retirement.hpp"
#include "live/rollout.hpp"
#include "live/tally_book.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace lab::live {

/// All that a live engine holds.
///
/// A start is a reload from nothing: a Rollout is prepared aside, then every worker turns to it in
/// one turn of its loop. Who starts, reloads or drains holds `replacing`; what others read
/// meanwhile is behind `reading`.
struct LiveEngine::State {
    explicit State(LiveOptions liveOptions);
    /// The threads end before anything that they use.
    ~State();

    [[nodiscard]] Result<void> begin(const Plans& plans);
    [[nodiscard]] Result<void> listenForAdmin(AdminHandler handler);
    void startAll();
    [[nodiscard]] Result<void> replace(const Plans& plans, const LiveOptions* wanted);
    void stopAll();

    LiveClock clock;
    LiveOptions options;
    std::unique_ptr<TlsServer> tls;
    CertificateStore store;
    AddressNumbers addresses;
    Retirement retirement; ///< Before all that hands plans over to it.
    LabPods pods;
    std::unique_ptr<Worker> adminWorker;
    std::unique_ptr<AdminServer> admin;
    std::vector<std::unique_ptr<DoorWorker>> workers;

    std::mutex replacing;
    bool hasEnded = false;

    mutable std::mutex reading;
    std::unique_ptr<Rollout> current; ///< As the next, changed by who holds both.
    ReadyState ready;
    PlanNumbers numbers;
    TallyBook tallies;

private:
    using Swaps = std::vector<PlanSwap>; ///< By worker.

    [[nodiscard]] Result<void> turnTo(const Plans& plans, const LiveOptions& wanted);
    void freeNumbers(std::size_t wanted);
    [[nodiscard]] Result<Swaps> prepareSwaps(Rollout& next);
    void applyToAll(Swaps& swaps);
    [[nodiscard]] std::unique_ptr<Rollout> publish(std::unique_ptr<Rollout> next);
    void retire(const Rollout& old, const LabPods::Handles& unneeded, const Swaps& swaps);
};

} // namespace lab::live
