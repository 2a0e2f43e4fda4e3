#include "frontdoor/front_door.hpp"

#include "balancing/rendezvous_hash.hpp"
#include "frontdoor/endpoint_flags.hpp"

#include <algorithm>

namespace lab::frontdoor {

WorkerState::WorkerState(const plan::FrontDoorPlan& plan, Random random)
    : random_(random.stream("canaries and sessions"))
{
    balancers_.reserve(plan.upstreams.size());
    for (const plan::Upstream& upstream : plan.upstreams) {
        const std::size_t count = std::min(upstream.endpoints.size(), FrontDoor::endpointsMax);
        const std::string name =
            upstream.fullService() + ':' + std::to_string(upstream.servicePort);
        balancers_.emplace_back(upstream.policy, count, random.stream(name));
    }
}

FrontDoor::FrontDoor(std::shared_ptr<const plan::FrontDoorPlan> plan,
                     DoorId door,
                     PasswordCheck checksPassword)
    : plan_(std::move(plan))
    , door_(door)
    , checksPassword_(std::move(checksPassword))
    , endpointHashes_(plan_->upstreams.size())
    , canaryPatterns_(plan_->upstreams.size())
{
    if (this->door().limit) {
        overall_ = std::make_unique<limiting::TokenBucket>(*this->door().limit);
    }
    for (const plan::RateZone& zone : this->door().rateZones) {
        rateLimiters_.push_back(std::make_unique<limiting::ClientLimiter>(zone.bucket));
    }
    for (const plan::ConnectionZone& zone : this->door().connectionZones) {
        connectionLimiters_.push_back(
            std::make_unique<limiting::ConnectionLimiter>(zone.perClientMax));
    }
    for (std::size_t i = 0; i < plan_->upstreams.size(); ++i) {
        const plan::Upstream& upstream = plan_->upstreams[i];
        if (upstream.affinity || !upstream.hashBy.empty()) {
            for (const EndpointId id : upstream.endpoints) {
                endpointHashes_[i].push_back(balancing::stableHash(plan_->endpoint(id).name));
            }
        }
        if (upstream.canary && !upstream.canary->headerPattern.empty()) {
            canaryPatterns_[i].emplace(upstream.canary->headerPattern);
        }
    }
}

EndpointId FrontDoor::choose(UpstreamId upstream,
                             const std::vector<EndpointId>& failed,
                             WorkerState& worker) const
{
    const plan::Upstream& chosenFrom = plan_->upstream(upstream);
    if (chosenFrom.isServiceAddress && chosenFrom.affinity && !failed.empty()) {
        return {}; // the session's one address has failed: sticky_balanced.lua knows no other
    }
    static const std::vector<EndpointId> none;
    // Behind one address kube-proxy chooses afresh, and may meet the same pod again.
    const EndpointFlags flags(*plan_, chosenFrom, chosenFrom.isServiceAddress ? none : failed);
    balancing::Balancer& balancer = worker.balancer(upstream);
    const std::size_t picked = balancer.pick(flags.all());
    if (picked == balancing::Balancer::none) {
        return {};
    }
    balancer.began(picked);
    return chosenFrom.endpoints[picked];
}

void FrontDoor::answered(UpstreamId upstream,
                         EndpointId endpoint,
                         Duration latency,
                         Instant now,
                         WorkerState& worker) const
{
    const auto& endpoints = plan_->upstream(upstream).endpoints;
    const auto found = std::find(endpoints.begin(), endpoints.end(), endpoint);
    if (found != endpoints.end()) {
        const auto index = static_cast<std::size_t>(found - endpoints.begin());
        worker.balancer(upstream).answered(index, latency, now);
    }
}

void FrontDoor::finished(UpstreamId upstream, EndpointId endpoint, WorkerState& worker) const
{
    const auto& endpoints = plan_->upstream(upstream).endpoints;
    const auto found = std::find(endpoints.begin(), endpoints.end(), endpoint);
    if (found != endpoints.end()) {
        worker.balancer(upstream).ended(static_cast<std::size_t>(found - endpoints.begin()));
    }
}

void FrontDoor::release(const Decision& decided) const
{
    if (decided.heldClient != 0 && decided.policy != nullptr && decided.policy->connectionZone) {
        connectionLimiters_[*decided.policy->connectionZone]->end(decided.heldClient);
    }
}

Duration
FrontDoor::askZone(std::size_t zone, std::uint64_t clientHash, bool isRehearsed, Instant now) const
{
    limiting::ClientLimiter& limiter = *rateLimiters_[zone];
    return isRehearsed ? limiter.waitFor(clientHash, now) : limiter.admit(clientHash, now);
}

Duration FrontDoor::askAll(const RequestView& request, Instant now) const
{
    if (!overall_) {
        return Duration::zero();
    }
    return request.isRehearsed ? overall_->waitFor(now) : overall_->admit(now);
}

double FrontDoor::clientLevel(std::size_t zone, std::string_view client, Instant now) const
{
    return rateLimiters_[zone]->level(limiting::clientHash(client), now);
}

std::optional<double> FrontDoor::overallLevel(Instant now) const
{
    return overall_ ? std::optional(overall_->level(now)) : std::nullopt;
}

int FrontDoor::underWay(std::size_t zone, std::string_view client) const
{
    return connectionLimiters_[zone]->underWay(limiting::clientHash(client));
}

bool FrontDoor::hasReadyEndpoint(UpstreamId upstream) const
{
    const auto& endpoints = plan_->upstream(upstream).endpoints;
    const auto count = std::min(endpoints.size(), endpointsMax);
    return std::any_of(endpoints.begin(),
                       endpoints.begin() + static_cast<std::ptrdiff_t>(count),
                       [&](EndpointId id) { return plan_->endpoint(id).isReady; });
}

} // namespace lab::frontdoor
