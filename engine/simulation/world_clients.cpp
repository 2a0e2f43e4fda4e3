// The clients' side: connections, patience, and what is written down at the end.
#include "simulation/world.hpp"

namespace lab::simulation {

using measurement::Outcome;

namespace {

/// What an answer comes to on the wire: the lab pod's echo, and a door's own few words.
constexpr std::uint32_t podAnswerBytes = 545;
constexpr std::uint32_t ownAnswerBytes = 288;

constexpr std::string_view doorAddress = "127.0.0.1";

constexpr std::uint64_t podBit = std::uint64_t{1} << 63U;
constexpr unsigned sourceShift = 32;

} // namespace

void World::arrive()
{
    const workload::Arrival arrival = takeArrival();
    const std::uint64_t number = arrivalCount_++;
    const std::uint32_t kindIndex = kindOf(arrival);
    if (requests_.isFull()) {
        hasOverflown_ = true;
        return;
    }
    const std::uint32_t id = requests_.begin();
    Request& request = requests_[id];
    request.intended = now_;
    request.since = now_;
    request.number = number;
    request.kind = kindIndex;
    request.client = arrival.client;
    request.isIdealAdmitted = !ideal_ || ideal_->admit(now_) == Duration::zero();
    if (!kinds_[kindIndex].door.isValid()) {
        record(request, Outcome::NoDoor);
        requests_.end(id);
        return;
    }
    request.pool = kinds_[kindIndex].pool;
    ClientPool& pool = pools_[request.pool];
    if (pool.hasLine() || !takeTurn(id)) {
        request.isInLine = true;
        pool.wait(id);
    }
}

bool World::takeTurn(std::uint32_t id)
{
    Request& request = requests_[id];
    ClientPool& pool = pools_[kinds_[request.kind].pool];
    auto turn = pool.take(request.client, now_);
    while (turn && !turn->isNew) {
        request.connection = turn->connection;
        if (!leadsNowhere(request)) {
            break;
        }
        pool.close(turn->connection); // its pod has closed it since
        turn = pool.take(request.client, now_);
    }
    request.connection = turn ? turn->connection : Request::none;
    if (!turn) {
        return false;
    }
    request.hasOpened = turn->isNew;
    if (turn->isNew) {
        put(hop_, {}, Connect, id);
    } else {
        sendOn(id);
    }
    return true;
}

/// Straight to a pod that is closed.
bool World::leadsNowhere(const Request& request) const
{
    const Leads leads = leadsOf(request);
    return leads.isToPod && pods_.refuses(EndpointId(leads.place));
}

/// Over a connection that stands.
void World::sendOn(std::uint32_t id)
{
    Request& request = requests_[id];
    const Leads leads = leadsOf(request);
    if (leads.isToPod) {
        request.endpoint = EndpointId(leads.place);
    }
    put(kinds_[request.kind].way, {}, leads.isToPod ? AtPod : AtDoor, id);
}

World::Leads World::leadsOf(const Request& request) const
{
    const std::uint64_t target = pools_[kinds_[request.kind].pool].target(request.connection);
    Leads leads;
    leads.isToPod = (target & podBit) != 0;
    leads.place = static_cast<std::uint32_t>(target);
    leads.source = static_cast<std::uint32_t>((target & ~podBit) >> sourceShift);
    return leads;
}

/// The SYN is at the entry door. The rest of the handshakes is waiting: what follows arrives when
/// they are through.
void World::connect(std::uint32_t id)
{
    Request& request = requests_[id];
    const Kind& kind = kinds_[request.kind];
    const auto leads = passOn(request, kind);
    if (!leads) {
        fail(id, kind.isTls ? Outcome::TlsFailed : Outcome::Broken);
        return;
    }
    pools_[kind.pool].setTarget(request.connection,
                                (leads->isToPod ? podBit : 0) |
                                    std::uint64_t{leads->source} << sourceShift | leads->place);
    const Duration hop = spec_.network.hop;
    const Duration shaking =
        kind.isTls ? 2 * (kind.endsTlsAtEntry ? hop : kind.wayTime) : Duration::zero();
    const Duration delay = hop + shaking + kind.wayTime;
    if (leads->isToPod) {
        request.endpoint = EndpointId(leads->place);
    }
    put(EventQueue::noLane, delay, leads->isToPod ? AtPod : AtDoor, id);
}

/// Where the connection leads; nothing if it comes to nothing.
std::optional<World::Leads> World::passOn(Request& request, const Kind& kind)
{
    const plan::Door& door = plan().door(kind.door);
    if (door.mode == plan::DoorMode::Http) {
        return Leads{false, static_cast<std::uint32_t>(kind.door.index()), 0};
    }
    const NodeId node = door.nodes.empty() ? NodeId() : door.nodes.front();
    const frontdoor::L4Decision decided = l4Doors_[kind.door.index()]->decide(
        {kind.port, node, clientAddresses_[request.client]}, now_, replicaRandom_);
    if (!decided.isPassed()) {
        return std::nullopt;
    }
    Leads leads;
    leads.isToPod = !decided.replica.isValid();
    leads.place = static_cast<std::uint32_t>(leads.isToPod ? decided.endpoint.index()
                                                           : decided.replica.index());
    if (decided.source != frontdoor::L4Decision::Source::Client) {
        const bool isNode = decided.source == frontdoor::L4Decision::Source::Node;
        leads.source = isNode ? static_cast<std::uint32_t>(decided.node.index()) + 2 : 1;
    }
    const bool isSpokenTo = !kind.isTls || kind.endsTlsAtEntry; // pods speak no TLS
    if (leads.isToPod && (!isSpokenTo || pods_.refuses(decided.endpoint))) {
        return std::nullopt;
    }
    return leads;
}

/// The address that the http door sees.
std::string_view World::addressOf(const Request& request) const
{
    const std::uint32_t source = leadsOf(request).source;
    if (source == 0) {
        return clientAddresses_[request.client];
    }
    return source == 1 ? doorAddress : std::string_view(plan().nodes[source - 2].address);
}

/// The client will find that out a hop later.
void World::fail(std::uint32_t id, Outcome outcome)
{
    requests_[id].outcome = outcome;
    put(hop_, {}, AtClient, id);
}

void World::endAtClient(std::uint32_t id)
{
    Request& request = requests_[id];
    if (!request.isGone) {
        record(request, request.outcome);
        endConnection(request, request.outcome == Outcome::Answered);
    }
    requests_.end(id);
}

/// What the door has begun it brings to its end, for nobody.
void World::losePatience(std::uint32_t id)
{
    Request& request = requests_[id];
    record(request, Outcome::TimedOut);
    requests_.unlink(id);
    request.isGone = true;
    const bool isSent = request.connection != Request::none;
    if (isSent) {
        endConnection(request, false);
    }
    if (isSent && !requests_[id].isAtDoor) {
        requests_.end(id);
    }
}

void World::endConnection(Request& request, bool isReusable)
{
    const std::uint32_t pool = kinds_[request.kind].pool;
    if (isReusable) {
        pools_[pool].giveBack(request.connection, now_);
    } else {
        pools_[pool].close(request.connection);
    }
    request.connection = Request::none;
    serveLine(pool);
}

void World::serveLine(std::uint32_t pool)
{
    while (pools_[pool].hasLine()) {
        const std::uint32_t id = pools_[pool].headOfLine();
        if (requests_[id].isGone) {
            requests_.end(id);
        } else if (takeTurn(id)) {
            requests_[id].isInLine = false;
        } else {
            return;
        }
        pools_[pool].leaveLine();
    }
}

void World::record(const Request& request, Outcome outcome)
{
    const Kind& kind = kinds_[request.kind];
    const bool isAnswered = outcome == Outcome::Answered;
    measurement::RequestRecord record;
    record.intended = request.intended;
    record.sent = request.intended;
    record.ended = now_;
    record.entry = request.kind;
    record.status = request.status;
    record.outcome = outcome;
    record.isRefusal = request.isRefusal;
    record.requestBytes = isAnswered ? kind.requestBytes : 0;
    record.responseBytes = isAnswered ? (request.isOwnAnswer ? ownAnswerBytes : podAnswerBytes) : 0;
    if (keepsTrails_ && trails_.size() < trailsMax) {
        keepTrail(request, record);
    }
    if (collector_.add(record, kind.service)) {
        collector_.addConnections(request.hasOpened ? 1 : 0);
        if (ideal_) {
            collector_.addIdealDecision(request.isIdealAdmitted);
        }
    }
}

void World::keepTrail(const Request& request, const measurement::RequestRecord& record)
{
    Trail& trail = trails_.emplace_back();
    trail.record = record;
    trail.began = request.began;
    trail.number = request.number;
    trail.client = request.client;
    trail.entry = kinds_[request.kind].door;
    trail.door = request.door;
    trail.route = request.route;
    trail.endpoint = request.endpoint;
    trail.tries = request.tries;
    trail.isOwnAnswer = request.isOwnAnswer;
    trail.hasOpened = request.hasOpened;
    trail.isIdealAdmitted = request.isIdealAdmitted;
}

} // namespace lab::simulation
