#include "frontdoor/front_door.hpp"

#include <algorithm>
#include <array>

namespace lab::frontdoor {
namespace {

using UsableFlags = std::array<bool, FrontDoor::endpointsMax>;

void note(DecisionTrace* trace, const char* phase, std::string text)
{
    if (trace != nullptr) {
        trace->steps.push_back({phase, std::move(text)});
    }
}

/// The flags of an upstream's endpoints, on the caller's stack.
std::span<const bool> usableFlags(const plan::FrontDoorPlan& plan,
                                  const plan::Upstream& upstream,
                                  const std::vector<EndpointId>& failed,
                                  UsableFlags& flags)
{
    const std::size_t count = std::min(upstream.endpoints.size(), flags.size());
    for (std::size_t i = 0; i < count; ++i) {
        const EndpointId id = upstream.endpoints[i];
        flags[i] = plan.endpoint(id).isReady &&
                   std::find(failed.begin(), failed.end(), id) == failed.end();
    }
    return {flags.data(), count};
}

bool hasReadyEndpoint(const plan::FrontDoorPlan& plan, const plan::Upstream& upstream)
{
    const auto first = upstream.endpoints.begin();
    const auto count = std::min(upstream.endpoints.size(), FrontDoor::endpointsMax);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(count), [&](EndpointId id) {
        return plan.endpoint(id).isReady;
    });
}

Decision refuse(Refusal refusal, std::uint16_t status)
{
    Decision decision;
    decision.refusal = refusal;
    decision.status = status;
    return decision;
}

} // namespace

WorkerState::WorkerState(const plan::FrontDoorPlan& plan, Random random)
{
    balancers_.reserve(plan.upstreams.size());
    for (const plan::Upstream& upstream : plan.upstreams) {
        const std::size_t count = std::min(upstream.endpoints.size(), FrontDoor::endpointsMax);
        const std::string name =
            upstream.fullService() + ':' + std::to_string(upstream.servicePort);
        balancers_.emplace_back(upstream.policy, count, random.stream(name));
    }
}

FrontDoor::FrontDoor(std::shared_ptr<const plan::FrontDoorPlan> plan, DoorId door)
    : plan_(std::move(plan))
    , door_(door)
{
    if (this->door().limit) {
        overall_ = std::make_unique<limiting::TokenBucket>(*this->door().limit);
    }
}

Decision FrontDoor::decide(const RequestView& request,
                           Instant now,
                           WorkerState& worker,
                           DecisionTrace* trace) const
{
    const auto route =
        door().table.match(request.host, request.path, trace == nullptr ? nullptr : &trace->route);
    if (!route) {
        note(trace, "route", "no rule takes this host and path");
        return refuse(Refusal::NoRoute, 404);
    }
    const plan::Route& taken = door().routes[route->index()];
    const plan::Upstream& upstream = plan_->upstream(taken.upstream);
    note(trace, "route", "taken by " + taken.name);
    Decision decision;
    // ingress-nginx looks for endpoints while rewriting, before it counts against limits.
    if (!hasReadyEndpoint(*plan_, upstream)) {
        note(
            trace, "endpoint", upstream.fullService() + " has no endpoint: " + upstream.brokenLink);
        decision = refuse(Refusal::NoEndpoint, 503);
    } else if (const Duration wait = overall_ ? overall_->admit(now) : Duration::zero();
               wait > Duration::zero()) {
        note(trace, "limit", "the door's bucket is empty");
        decision = refuse(Refusal::OverallLimit, 429);
        decision.retryAfter = wait;
    } else {
        decision.endpoint = choose(taken.upstream, {}, worker);
        note(trace, "endpoint", "chosen: " + plan_->endpoint(decision.endpoint).name);
    }
    decision.route = *route;
    decision.upstream = taken.upstream;
    return decision;
}

EndpointId FrontDoor::choose(UpstreamId upstream,
                             const std::vector<EndpointId>& failed,
                             WorkerState& worker) const
{
    const plan::Upstream& chosenFrom = plan_->upstream(upstream);
    UsableFlags flags;
    balancing::Balancer& balancer = worker.balancer(upstream);
    const std::size_t picked = balancer.pick(usableFlags(*plan_, chosenFrom, failed, flags));
    if (picked == balancing::Balancer::none) {
        return {};
    }
    balancer.began(picked);
    return chosenFrom.endpoints[picked];
}

void FrontDoor::finished(UpstreamId upstream, EndpointId endpoint, WorkerState& worker) const
{
    const auto& endpoints = plan_->upstream(upstream).endpoints;
    const auto found = std::find(endpoints.begin(), endpoints.end(), endpoint);
    if (found != endpoints.end()) {
        worker.balancer(upstream).ended(static_cast<std::size_t>(found - endpoints.begin()));
    }
}

} // namespace lab::frontdoor
