#include "frontdoor/front_door.hpp"

#include "balancing/rendezvous_hash.hpp"
#include "frontdoor/endpoint_flags.hpp"

#include <algorithm>
#include <unordered_map>

namespace lab::frontdoor {

namespace {

std::string nameOf(const plan::Upstream& upstream)
{
    return upstream.fullService() + ':' + std::to_string(upstream.servicePort);
}

/// May the one go on with what is known of the other's endpoints?
bool isSame(const plan::FrontDoorPlan& plan,
            const plan::Upstream& upstream,
            const plan::FrontDoorPlan& otherPlan,
            const plan::Upstream& other)
{
    const auto nameIn = [](const plan::FrontDoorPlan& in) {
        return [&in](EndpointId id) -> const std::string& { return in.endpoint(id).name; };
    };
    return upstream.policy == other.policy &&
           std::ranges::equal(
               upstream.endpoints, other.endpoints, {}, nameIn(plan), nameIn(otherPlan));
}

} // namespace

WorkerState::WorkerState(const plan::FrontDoorPlan& plan,
                         Random random,
                         const std::optional<Before>& before)
    : random_(random.stream("canaries and sessions"))
{
    std::unordered_map<std::string, std::size_t> old;
    for (std::size_t i = 0; before && i < before->plan.upstreams.size(); ++i) {
        old.emplace(nameOf(before->plan.upstreams[i]), i);
    }
    balancers_.reserve(plan.upstreams.size());
    for (const plan::Upstream& upstream : plan.upstreams) {
        const std::string name = nameOf(upstream);
        const auto found = old.find(name);
        if (found != old.end() &&
            isSame(plan, upstream, before->plan, before->plan.upstreams[found->second])) {
            balancers_.push_back(before->state.balancers_[found->second]);
            old.erase(found); // one goes on in one only
            continue;
        }
        const std::size_t count = std::min(upstream.endpoints.size(), FrontDoor::endpointsMax);
        balancers_.push_back(
            std::make_shared<balancing::Balancer>(upstream.policy, count, random.stream(name)));
    }
}

UpstreamTables::UpstreamTables(const plan::FrontDoorPlan& plan)
    : endpointHashes(plan.upstreams.size())
    , canaryPatterns(plan.upstreams.size())
{
    for (std::size_t i = 0; i < plan.upstreams.size(); ++i) {
        const plan::Upstream& upstream = plan.upstreams[i];
        if (upstream.affinity || !upstream.hashBy.empty()) {
            for (const EndpointId id : upstream.endpoints) {
                endpointHashes[i].push_back(balancing::stableHash(plan.endpoint(id).name));
            }
        }
        if (upstream.canary && !upstream.canary->headerPattern.empty()) {
            canaryPatterns[i].emplace(upstream.canary->headerPattern);
        }
    }
}

FrontDoor::FrontDoor(std::shared_ptr<const plan::FrontDoorPlan> plan,
                     DoorId door,
                     PasswordCheck checksPassword,
                     std::shared_ptr<const UpstreamTables> tables,
                     const FrontDoor* before)
    : plan_(std::move(plan))
    , door_(door)
    , checksPassword_(std::move(checksPassword))
    , tables_(tables ? std::move(tables) : std::make_shared<const UpstreamTables>(*plan_))
{
    adoptOverall(before);
    adoptZones(before);
}

void FrontDoor::adoptOverall(const FrontDoor* before)
{
    const auto& limit = door().limit;
    if (!limit) {
        return;
    }
    const bool isSame =
        before != nullptr && before->overall_ && before->overall_->policy() == *limit;
    overall_ = isSame ? before->overall_ : std::make_shared<limiting::TokenBucket>(*limit);
}

void FrontDoor::adoptZones(const FrontDoor* before)
{
    static const plan::Door none;
    const plan::Door& old = before != nullptr ? before->door() : none;
    for (const plan::RateZone& zone : door().rateZones) {
        const auto same =
            std::find_if(old.rateZones.begin(), old.rateZones.end(), [&](const auto& other) {
                return other.name == zone.name && other.bucket == zone.bucket;
            });
        rateLimiters_.push_back(
            same == old.rateZones.end()
                ? std::make_shared<limiting::ClientLimiter>(zone.bucket)
                : before->rateLimiters_[static_cast<std::size_t>(same - old.rateZones.begin())]);
    }
    for (const plan::ConnectionZone& zone : door().connectionZones) {
        const auto same = std::find_if(
            old.connectionZones.begin(), old.connectionZones.end(), [&](const auto& other) {
                return other.name == zone.name && other.perClientMax == zone.perClientMax;
            });
        connectionLimiters_.push_back(
            same == old.connectionZones.end()
                ? std::make_shared<limiting::ConnectionLimiter>(zone.perClientMax)
                : before->connectionLimiters_[static_cast<std::size_t>(
                      same - old.connectionZones.begin())]);
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
