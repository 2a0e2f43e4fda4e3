#pragma once

#include "live/live_engine.hpp"
#include "scenario/access_log.hpp"
#include "scenario/engine_metrics.hpp"
#include "scenario/explain_page.hpp"
#include "scenario/reload.hpp"
#include "scenario/route_metrics.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace lab::scenario {

/// What the admin interface answers: health, readiness, metrics, requests and state of a served
/// engine.
///
/// Made before the engine, since the engine's start takes its handler; until attach() it says
/// "not ready". answer() is called on the engine's admin thread, the rest on the owner's.
class AdminPages {
public:
    explicit AdminPages(ServedPlans plans)
        : plans_(std::move(plans))
        , explains_(plans_)
    {
    }

    /// Everything is bound from here on. \pre the engine outlives its admin thread
    /// \param log  or nullptr; its counters are shown
    void attach(const live::LiveEngine& engine, const AccessLog* log = nullptr)
    {
        accessLog_ = log;
        engine_ = &engine;
    }
    /// What came of reloads, for /metrics.
    [[nodiscard]] ReloadCounts& reloads() { return reloads_; }
    /// The scenario that is served from now on; empty: bare manifests. From any thread.
    void serves(std::string scenarioText);
    /// Ready no more: whoever balances over us is to send nothing new.
    void beginDrain() { isDraining_ = true; }

    /// `/healthz /livez /readyz /metrics /explain /requests /scenario`, those of statePage(), and
    /// `/` which lists them. 501 for pages of the design that come later. Manifests are not shown
    /// as they are, since Secrets are among them.
    [[nodiscard]] live::AdminAnswer answer(std::string_view method, std::string_view target) const;

private:
    [[nodiscard]] live::AdminAnswer readiness() const;
    [[nodiscard]] live::AdminAnswer scenario() const;
    [[nodiscard]] ServedPlans plansOf(const live::LiveEngine* engine) const;
    [[nodiscard]] std::string metrics(const live::LiveEngine* engine) const;

    ServedPlans plans_;            ///< Until the engine has its own.
    mutable ExplainPage explains_; ///< The admin thread's.
    mutable RouteMetrics routes_;  ///< The admin thread's.
    ReloadCounts reloads_;
    mutable std::mutex mutex_;
    std::string scenario_; ///< Behind it.
    std::atomic<const live::LiveEngine*> engine_{nullptr};
    std::atomic<const AccessLog*> accessLog_{nullptr};
    std::atomic<bool> isDraining_{false};
};

} // namespace lab::scenario
