#pragma once

#include "balancing/balancer.hpp"
#include "base/instant.hpp"
#include "base/random.hpp"
#include "frontdoor/decision.hpp"
#include "frontdoor/decision_trace.hpp"
#include "frontdoor/request_view.hpp"
#include "limiting/token_bucket.hpp"
#include "plan/front_door_plan.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace lab::frontdoor {

/// What one worker of one door remembers between requests: whose turn it is, what is in flight.
/// Used on that worker's thread only.
class WorkerState {
public:
    WorkerState(const plan::FrontDoorPlan& plan, Random random);

    [[nodiscard]] balancing::Balancer& balancer(UpstreamId upstream)
    {
        return balancers_[upstream.index()];
    }

private:
    std::vector<balancing::Balancer> balancers_; ///< One an upstream.
};

/// What happens to a request at this door?  The one decision that both drivers run.
///
/// Tables are immutable and shared; the limiter is one atomic bucket a door, exact over all its
/// workers; everything else that changes is in the caller's WorkerState. decide() neither
/// allocates (without a trace) nor waits, and may be called from every worker at once.
class FrontDoor {
public:
    /// How many endpoints of an upstream a choice can tell apart; more are left out of the turn.
    static constexpr std::size_t endpointsMax = 1024;

    FrontDoor(std::shared_ptr<const plan::FrontDoorPlan> plan, DoorId door);

    /// Routes, limits, then chooses an endpoint. The order is the profile's.
    [[nodiscard]] Decision decide(const RequestView& request,
                                  Instant now,
                                  WorkerState& worker,
                                  DecisionTrace* trace = nullptr) const;

    /// The next endpoint after `failed` ones did not answer, or an invalid id: for retries and for
    /// L4 doors. Counts as begun.
    [[nodiscard]] EndpointId
    choose(UpstreamId upstream, const std::vector<EndpointId>& failed, WorkerState& worker) const;

    /// The exchange that decide() or choose() began is over.
    void finished(UpstreamId upstream, EndpointId endpoint, WorkerState& worker) const;

    [[nodiscard]] const plan::FrontDoorPlan& plan() const { return *plan_; }
    [[nodiscard]] const plan::Door& door() const { return plan_->door(door_); }
    [[nodiscard]] DoorId id() const { return door_; }

private:
    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    DoorId door_;
    std::unique_ptr<limiting::TokenBucket> overall_; ///< None: no limit at this door.
};

} // namespace lab::frontdoor
