#include "frontdoor/l4_door.hpp"

#include "base/check.hpp"
#include "limiting/address_range.hpp"
#include "limiting/client_limiter.hpp"

#include <algorithm>
#include <numeric>

namespace lab::frontdoor {
namespace {

/// A client is another one at every node: nodes do not share what they remember.
std::uint64_t clientAt(NodeId node, std::string_view client)
{
    constexpr std::uint64_t spread = 0x9e3779b97f4a7c15U; // 2^64 / golden ratio
    const std::uint64_t hash =
        limiting::clientHash(client) ^ spread * static_cast<std::uint64_t>(node.index() + 1);
    return hash == 0 ? 1 : hash;
}

} // namespace

std::string_view toText(L4Decision::Outcome outcome)
{
    switch (outcome) {
    case L4Decision::Outcome::Passed:
        return "";
    case L4Decision::Outcome::RefusedSource:
        return "source-range";
    case L4Decision::Outcome::NoEndpoint:
        return "no-endpoint";
    case L4Decision::Outcome::NotLocal:
        return "not-local";
    }
    return "";
}

L4Door::L4Door(std::shared_ptr<const plan::FrontDoorPlan> plan, DoorId door, const L4Door* before)
    : plan_(std::move(plan))
    , door_(door)
{
    check(this->door().path.isDirect || !plan_->nodes.empty(), "a path by nodes has nodes");
    ports_.reserve(this->door().ports.size());
    for (const plan::DoorPort& port : this->door().ports) {
        ports_.push_back(prepared(port));
    }
    if (before != nullptr && this->door().path.affinity == before->door().path.affinity) {
        adoptAffinity(*before);
    }
}

std::vector<std::string_view> L4Door::memberNames(const plan::DoorPort& port) const
{
    std::vector<std::string_view> names;
    for (const DoorId replica : door().replicas) {
        names.push_back(plan_->door(replica).name);
    }
    if (names.empty() && port.upstream.isValid()) {
        for (const EndpointId id : plan_->upstream(port.upstream).endpoints) {
            names.push_back(plan_->endpoint(id).name);
        }
    }
    return names;
}

/// Clients are remembered with a node's and a member's index: both must mean the same.
void L4Door::adoptAffinity(const L4Door& before)
{
    const bool areNodesSame =
        std::equal(plan_->nodes.begin(),
                   plan_->nodes.end(),
                   before.plan_->nodes.begin(),
                   before.plan_->nodes.end(),
                   [](const auto& one, const auto& other) { return one.name == other.name; });
    for (std::size_t i = 0; i < ports_.size() && areNodesSame; ++i) {
        const plan::DoorPort& port = door().ports[i];
        for (std::size_t j = 0; j < before.ports_.size() && ports_[i].affinity; ++j) {
            const plan::DoorPort& other = before.door().ports[j];
            if (other.number == port.number && memberNames(port) == before.memberNames(other)) {
                ports_[i].affinity = before.ports_[j].affinity;
            }
        }
    }
}

std::vector<L4Door::Member> L4Door::membersOf(const plan::DoorPort& port) const
{
    std::vector<Member> members;
    for (const DoorId replica : door().replicas) {
        members.push_back({true, false, plan_->door(replica).node});
    }
    if (members.empty() && port.upstream.isValid()) {
        for (const EndpointId id : plan_->upstream(port.upstream).endpoints) {
            const plan::Endpoint& endpoint = plan_->endpoint(id);
            members.push_back({endpoint.isReady, endpoint.isLastResort, endpoint.node});
        }
    }
    members.resize(std::min(members.size(), balancing::ClientAffinity::endpointsMax));
    return members;
}

L4Door::Port L4Door::prepared(const plan::DoorPort& port) const
{
    const plan::ConnectionPath& path = door().path;
    const std::vector<Member> members = membersOf(port);
    Port made;
    Choices lastResorts;
    for (std::uint32_t i = 0; i < members.size(); ++i) {
        if (members[i].isReady) {
            made.ready.push_back(i);
        } else if (members[i].isLastResort) {
            lastResorts.push_back(i);
        }
    }
    if (!path.isDirect) {
        made.usable = made.ready.empty() ? std::move(lastResorts) : made.ready;
        if (path.isLocal) {
            addLocal(members, made);
        } else {
            made.active.resize(plan_->nodes.size());
            std::iota(made.active.begin(), made.active.end(), 0U);
        }
    }
    if (path.takesTurns) {
        made.turns = std::make_unique<std::atomic<std::uint32_t>[]>(
            std::max<std::size_t>(plan_->nodes.size(), 1));
    }
    if (path.affinity > Duration::zero()) {
        made.affinity = std::make_shared<balancing::ClientAffinity>(path.affinity);
    }
    return made;
}

/// Each node's own; nodes with a ready one pass the health check. While none passes, clients still
/// come to those whose last ones terminate: the check takes its time to fail.
void L4Door::addLocal(const std::vector<Member>& members, Port& port) const
{
    port.local.resize(plan_->nodes.size());
    std::vector<Choices> lastResorts(plan_->nodes.size());
    for (std::uint32_t i = 0; i < members.size(); ++i) {
        if (!members[i].node.isValid()) {
            continue;
        }
        const std::size_t node = members[i].node.index();
        if (members[i].isReady) {
            port.local[node].push_back(i);
        } else if (members[i].isLastResort) {
            lastResorts[node].push_back(i);
        }
    }
    std::vector<std::uint32_t> terminating;
    for (std::uint32_t node = 0; node < port.local.size(); ++node) {
        if (!port.local[node].empty()) {
            port.active.push_back(node);
        } else if (!lastResorts[node].empty()) {
            port.local[node] = std::move(lastResorts[node]);
            terminating.push_back(node);
        }
    }
    if (port.active.empty()) {
        port.active = std::move(terminating);
    }
}

bool L4Door::admits(std::string_view client) const
{
    return door().sourceRanges.empty() || limiting::isInAny(door().sourceRanges, client);
}

L4Decision L4Door::decide(const L4Arrival& arrival, Instant now, Random& random) const
{
    using Outcome = L4Decision::Outcome;
    L4Decision decision;
    if (!admits(arrival.client)) {
        decision.outcome = Outcome::RefusedSource;
        return decision;
    }
    const Port& port = ports_[arrival.port];
    const plan::ConnectionPath& path = door().path;
    if (path.isDirect) {
        if (!port.ready.empty()) {
            const NodeId none;
            return passed(arrival, none, chosen(arrival, none, port, port.ready, now, random));
        }
        return decision;
    }
    decision.node = nodeFor(arrival, port, random);
    if (!decision.node.isValid() || port.usable.empty()) {
        return decision;
    }
    const Choices& choices = path.isLocal ? port.local[decision.node.index()] : port.usable;
    if (choices.empty()) {
        decision.outcome = Outcome::NotLocal;
        return decision;
    }
    return passed(
        arrival, decision.node, chosen(arrival, decision.node, port, choices, now, random));
}

NodeId L4Door::nodeFor(const L4Arrival& arrival, const Port& port, Random& random) const
{
    if (arrival.node.isValid()) {
        return arrival.node;
    }
    if (port.active.empty()) {
        return {};
    }
    const std::uint64_t drawn = door().path.affinity > Duration::zero()
                                    ? limiting::clientHash(arrival.client) % port.active.size()
                                    : random.below(port.active.size());
    return NodeId(port.active[drawn]);
}

std::size_t L4Door::chosen(const L4Arrival& arrival,
                           NodeId node,
                           const Port& port,
                           const Choices& choices,
                           Instant now,
                           Random& random) const
{
    const std::size_t turnOf = node.isValid() ? node.index() : 0;
    const std::uint64_t client = port.affinity ? clientAt(node, arrival.client) : 0;
    if (port.affinity) {
        const std::size_t kept = port.affinity->kept(client, now);
        if (std::find(choices.begin(), choices.end(), kept) != choices.end()) {
            return kept;
        }
    }
    const std::size_t at = port.turns ? port.turns[turnOf].fetch_add(1) % choices.size()
                                      : random.below(choices.size());
    if (port.affinity) {
        port.affinity->keep(client, choices[at], now);
    }
    return choices[at];
}

L4Decision L4Door::passed(const L4Arrival& arrival, NodeId node, std::size_t member) const
{
    L4Decision decision;
    decision.outcome = L4Decision::Outcome::Passed;
    decision.node = node;
    if (!door().path.keepsClient) {
        const bool isNode = node.isValid() && !door().path.isLocal; // who rewrites it last
        decision.source = isNode ? L4Decision::Source::Node : L4Decision::Source::Door;
    }
    if (!door().replicas.empty()) {
        decision.replica = door().replicas[member];
    } else {
        const UpstreamId upstream = door().ports[arrival.port].upstream;
        decision.endpoint = plan_->upstream(upstream).endpoints[member];
    }
    return decision;
}

std::size_t L4Door::localEndpoints(NodeId node) const
{
    const auto& ports = door().ports;
    const auto health = std::find_if(
        ports.begin(), ports.end(), [](const auto& port) { return port.answersHealth; });
    const std::vector<Member> members =
        membersOf(health == ports.end() ? plan::DoorPort{} : *health);
    return static_cast<std::size_t>(
        std::count_if(members.begin(), members.end(), [&](const Member& member) {
            return member.isReady && member.node == node;
        }));
}

} // namespace lab::frontdoor
