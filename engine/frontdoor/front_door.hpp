#pragma once

#include "balancing/balancer.hpp"
#include "base/instant.hpp"
#include "base/random.hpp"
#include "frontdoor/access.hpp"
#include "frontdoor/decision.hpp"
#include "frontdoor/decision_trace.hpp"
#include "frontdoor/request_view.hpp"
#include "limiting/client_limiter.hpp"
#include "limiting/token_bucket.hpp"
#include "plan/front_door_plan.hpp"
#include "routing/path_pattern.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab::frontdoor {

/// What one worker of one door remembers between requests: whose turn it is, what is in flight.
/// Used on that worker's thread only; made on any.
class WorkerState {
public:
    /// The state of a worker that goes on from another plan.
    struct Before {
        const plan::FrontDoorPlan& plan;
        const WorkerState& state;
    };

    /// \param before  upstreams of the same name, policy and endpoints go on where they were there
    WorkerState(const plan::FrontDoorPlan& plan,
                Random random,
                const std::optional<Before>& before = {});

    [[nodiscard]] balancing::Balancer& balancer(UpstreamId upstream)
    {
        return *balancers_[upstream.index()];
    }

    /// For canary weights and session keys.
    [[nodiscard]] Random& random() { return random_; }

private:
    /// One an upstream. Both plans' states share one that goes on: requests begun by the old plan
    /// end in it too.
    std::vector<std::shared_ptr<balancing::Balancer>> balancers_;
    Random random_;
};

/// What is found out once about a plan's upstreams, for all its doors.
struct UpstreamTables {
    explicit UpstreamTables(const plan::FrontDoorPlan& plan);

    std::vector<std::vector<std::uint64_t>> endpointHashes;          ///< By upstream; where hashed.
    std::vector<std::optional<routing::PathPattern>> canaryPatterns; ///< By upstream.
};

/// What happens to a request at this door?  The one decision that both drivers run.
///
/// Tables are immutable and shared; the limiters are atomic, exact over all workers of the door;
/// everything else that changes is in the caller's WorkerState. decide() does not wait, does not
/// allocate in the plain case (without a trace), and may be called from every worker at once.
class FrontDoor {
public:
    /// How many endpoints of an upstream a choice can tell apart; more are left out of the turn.
    static constexpr std::size_t endpointsMax = 1024;

    /// \param checksPassword  without it every password is wrong
    /// \param tables  of the plan, where many doors share them; else made for this one
    /// \param before  of another plan: limits of the same name and size go on as they stand there
    FrontDoor(std::shared_ptr<const plan::FrontDoorPlan> plan,
              DoorId door,
              PasswordCheck checksPassword = {},
              std::shared_ptr<const UpstreamTables> tables = {},
              const FrontDoor* before = nullptr);

    /// Routes, redirects, limits, lets in, then chooses an endpoint: in the order of the profile.
    [[nodiscard]] Decision decide(const RequestView& request,
                                  Instant now,
                                  WorkerState& worker,
                                  DecisionTrace* trace = nullptr) const;

    /// The next endpoint after `failed` ones did not answer, or an invalid id: for retries and for
    /// L4 doors. Counts as begun.
    [[nodiscard]] EndpointId
    choose(UpstreamId upstream, const std::vector<EndpointId>& failed, WorkerState& worker) const;

    /// What replaces the pod's answer of that status (custom-http-errors): a request to the error
    /// page's Service, or the controller's own 404; nothing if the answer goes through.
    [[nodiscard]] std::optional<Decision> errorPage(const Decision& decided,
                                                    int status,
                                                    const RequestView& request,
                                                    WorkerState& worker) const;

    /// The endpoint answered, after that time: before finished().
    void answered(UpstreamId upstream,
                  EndpointId endpoint,
                  Duration latency,
                  Instant now,
                  WorkerState& worker) const;

    /// The exchange that decide() or choose() began is over.
    void finished(UpstreamId upstream, EndpointId endpoint, WorkerState& worker) const;

    /// The request is over, whatever became of it: see RequestView::endsWithRelease. Once for each
    /// decision of decide().
    void release(const Decision& decided) const;

    /// The address that counts as the client's: its own, or what a trusted proxy says.
    [[nodiscard]] std::string_view clientOf(const RequestView& request) const;

    /// The port under which the client knows the door: `own`, or what a trusted proxy says.
    [[nodiscard]] std::uint16_t publicPort(const RequestView& request, std::uint16_t own) const;

    /// Tokens that a client has left in that rate zone; of all clients together, where there is
    /// such a limit; requests of a client that are under way. Nothing is taken: for explanations.
    [[nodiscard]] double clientLevel(std::size_t zone, std::string_view client, Instant now) const;
    [[nodiscard]] std::optional<double> overallLevel(Instant now) const;
    [[nodiscard]] int underWay(std::size_t zone, std::string_view client) const;

    [[nodiscard]] const plan::FrontDoorPlan& plan() const { return *plan_; }
    [[nodiscard]] const plan::Door& door() const { return plan_->door(door_); }
    [[nodiscard]] DoorId id() const { return door_; }

private:
    struct Deciding; ///< One decision under way.

    void adoptOverall(const FrontDoor* before);
    void adoptZones(const FrontDoor* before);

    // The phases, in order. Each gives true when it has answered.
    [[nodiscard]] bool isHealthPage(std::optional<RouteId> route, std::string_view path) const;
    bool redirectsEarly(Deciding& deciding) const;
    bool rewrites(Deciding& deciding) const;
    bool lacksEndpoint(Deciding& deciding) const;
    bool limits(Deciding& deciding) const;
    bool keepsOut(Deciding& deciding) const;
    void forward(Deciding& deciding) const;

    UpstreamId upstreamFor(Deciding& deciding) const;
    std::size_t pick(Deciding& deciding, UpstreamId upstream, std::span<const bool> usable) const;
    std::size_t pickOfSubset(Deciding& deciding,
                             const plan::Upstream& upstream,
                             std::uint64_t hash,
                             std::span<const bool> usable) const;
    /// How long until the bucket admits it; zero: now, and then it has taken a token, unless it is
    /// only rehearsed.
    [[nodiscard]] Duration
    askZone(std::size_t zone, std::uint64_t clientHash, bool isRehearsed, Instant now) const;
    [[nodiscard]] Duration askAll(const RequestView& request, Instant now) const;
    [[nodiscard]] bool admitsRate(Deciding& deciding, std::uint64_t clientHash) const;
    [[nodiscard]] bool isSecure(const RequestView& request) const;
    [[nodiscard]] std::string_view publicHost(const RequestView& request) const;
    [[nodiscard]] bool hasReadyEndpoint(UpstreamId upstream) const;
    void sendToErrorPage(Decision& decision,
                         int status,
                         const RequestView& request,
                         WorkerState& worker) const;

    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    DoorId door_;
    PasswordCheck checksPassword_;
    std::shared_ptr<const UpstreamTables> tables_;
    std::shared_ptr<limiting::TokenBucket> overall_; ///< None: no limit at this door.
    std::vector<std::shared_ptr<limiting::ClientLimiter>> rateLimiters_; ///< Door::rateZones
    std::vector<std::shared_ptr<limiting::ConnectionLimiter>> connectionLimiters_;
};

} // namespace lab::frontdoor
