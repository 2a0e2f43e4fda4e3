// The doors' side: what live::HttpSession and live::Exchange do between a request and its answer.
#include "simulation/world.hpp"

#include <algorithm>

namespace lab::simulation {

using frontdoor::TryOutcome;

namespace {

constexpr std::uint16_t keptMax = 64; ///< Idle connections to one pod port, as the live engine's.
constexpr std::uint64_t triesPerRequest = 16; ///< Numbers of its own for each of its tries.

} // namespace

void World::atDoor(std::uint32_t id)
{
    Request& request = requests_[id];
    const Kind& kind = kinds_[request.kind];
    request.door = DoorId(leadsOf(request).place);
    request.isAtDoor = true;
    const bool hasShaken = request.hasOpened && kind.isTls;
    const Duration work =
        spec_.network.doorWork + (hasShaken ? spec_.network.handshake : Duration::zero());
    Instant& freeAt = freeAt_[request.door.index()];
    freeAt = std::max(freeAt, now_) + work;
    if (freeAt > now_) {
        put(EventQueue::noLane, freeAt - now_, Decide, id);
    } else {
        decide(id);
    }
}

frontdoor::RequestView World::viewOf(const Request& request) const
{
    const Kind& kind = kinds_[request.kind];
    frontdoor::RequestView view;
    view.method = kind.method;
    view.host = kind.host;
    view.path = kind.path;
    view.target = kind.target;
    view.hostField = kind.hostField;
    view.isTls = kind.isTls;
    view.bodyBytes = kind.bodyBytes;
    view.clientAddress =
        request.isGone ? std::string_view(clientAddresses_[request.client]) : addressOf(request);
    view.endsWithRelease = true;
    return view;
}

void World::decide(std::uint32_t id)
{
    Request& request = requests_[id];
    if (kinds_[request.kind].isMalformed) {
        answerItself(id, 400);
        return;
    }
    const frontdoor::Decision decision =
        frontDoor(request).decide(viewOf(request), now_, stateOf(request));
    request.policy = decision.policy;
    request.route = decision.route;
    request.heldClient = decision.heldClient;
    request.isErrorPage = decision.isErrorPage;
    if (!decision.isForward()) {
        request.isRefusal = decision.refusal == frontdoor::Refusal::ClientLimit;
        answerItself(id, decision.status);
        return;
    }
    request.upstream = decision.upstream;
    request.endpoint = decision.endpoint;
    request.began = now_;
    if (Kind& kind = kinds_[request.kind]; kind.wentTo != decision.upstream) {
        leaveFootprint(kind, request.door, decision.upstream);
    }
    if (decision.endpoint.isValid()) {
        tryPod(id);
    } else {
        answerItself(id, 503);
    }
}

void World::answerItself(std::uint32_t id, std::uint16_t status)
{
    Request& request = requests_[id];
    request.status = status;
    request.isOwnAnswer = true;
    answer(id);
}

void World::answer(std::uint32_t id)
{
    Request& request = requests_[id];
    if (request.heldClient != 0) {
        frontdoor::Decision held;
        held.heldClient = request.heldClient;
        held.policy = request.policy;
        frontDoor(request).release(held);
    }
    if (!request.isGone) {
        pools_[request.pool].fetchReturn(request.connection, request.client);
    }
    put(kinds_[request.kind].way, {}, AtClient, id);
}

/// Idle connections of the door to the pod port that the request goes to.
std::uint16_t& World::kept(const Request& request)
{
    return kept_[stateIndex_[request.door.index()]][pods_.stationOf(request.endpoint)];
}

void World::tryPod(std::uint32_t id)
{
    Request& request = requests_[id];
    std::uint16_t& idle = kept(request);
    if (pods_.refuses(request.endpoint)) {
        idle = 0;
        put(twoHops_, {}, TryRefused, id);
    } else if (idle > 0) {
        --idle;
        put(hop_, {}, AtPod, id);
    } else {
        put(threeHops_, {}, AtPod, id); // there, back, and then the request
    }
}

Duration World::answerTime(const Request& request) const
{
    return request.policy == nullptr ? spec_.timeouts.answer : request.policy->timeouts.read;
}

void World::atPod(std::uint32_t id)
{
    Request& request = requests_[id];
    if (pods_.refuses(request.endpoint)) {
        if (request.isAtDoor) {
            put(hop_, {}, TryBroken, id);
        } else {
            fail(id, measurement::Outcome::Broken);
        }
        return;
    }
    using Result = PodStations::Arrived::Result;
    const std::uint64_t number = request.number * triesPerRequest + request.tries % triesPerRequest;
    const auto arrived = pods_.arrive(request.endpoint, {id, request.ticket, number});
    request.awaits = Served;
    request.since = now_;
    const Duration patience = answerTime(request) - spec_.network.hop; // it began when it was sent
    bool isUncertain = arrived.result == Result::Waiting || arrived.result == Result::Hung;
    if (arrived.result == Result::Begun) {
        beginService(arrived.begun);
        isUncertain = arrived.begun.service + spec_.network.hop > patience;
    }
    if (arrived.result == Result::Full) {
        request.status = 503;
        put(request.isAtDoor ? hop_ : kinds_[request.kind].way,
            {},
            request.isAtDoor ? AnswerBack : AtClient,
            id);
    } else if (isUncertain && request.isAtDoor) {
        put(EventQueue::noLane, std::max(patience, Duration::zero()), TryTimedOut, id);
    }
}

void World::beginService(const PodStations::Begun& begun)
{
    queue_.push(now_ + begun.service, Served, begun.job, begun.ticket);
}

void World::served(const Event& event)
{
    if (!pods_.isServing(event.subject, event.ticket)) {
        return; // its pod was killed
    }
    const PodStations::Ended ended = pods_.end(event.subject);
    if (ended.next.job != PodStations::noJob) {
        beginService(ended.next);
    }
    const std::uint32_t id = ended.job.request;
    Request& request = requests_[id];
    if (request.ticket != ended.job.ticket) {
        return; // nobody waits for it any more
    }
    request.status = ended.status;
    fetchWayBack(request);
    if (request.isAtDoor) {
        put(hop_, {}, AnswerBack, id);
    } else {
        put(kinds_[request.kind].way, {}, AtClient, id);
    }
}

/// Those that a killed pod had in hand find their connections broken.
void World::befall(const PodIncident& incident)
{
    std::vector<std::uint32_t> stations;
    for (const plan::Upstream& upstream : plan().upstreams) {
        if (upstream.fullService() != incident.service) {
            continue;
        }
        for (const EndpointId endpoint : upstream.endpoints) {
            const std::uint32_t station = pods_.stationOf(endpoint);
            if (std::ranges::find(stations, station) == stations.end() &&
                stations.size() < incident.podsMax) {
                stations.push_back(station);
            }
        }
    }
    for (const std::uint32_t station : stations) {
        pods_.setFault(station, incident.fault);
        if (incident.fault.kind != PodFault::Kind::Kill) {
            continue;
        }
        for (const PodStations::Job& job : pods_.abandon(station)) {
            const Request& request = requests_[job.request];
            if (request.ticket == job.ticket && request.isAtDoor) {
                put(hop_, {}, TryBroken, job.request);
            } else if (request.ticket == job.ticket) {
                fail(job.request, measurement::Outcome::Broken);
            }
        }
    }
}

void World::answerBack(std::uint32_t id)
{
    Request& request = requests_[id];
    const UpstreamId upstream = request.upstream;
    const EndpointId endpoint = request.endpoint;
    ++request.ticket; // the try's time limit is history
    std::uint16_t& idle = kept(request);
    const bool isDropped = request.policy != nullptr && isReplaced(id);
    const frontdoor::FrontDoor& door = frontDoor(request);
    door.answered(upstream, endpoint, now_ - request.began, now_, stateOf(request));
    door.finished(upstream, endpoint, stateOf(request));
    if (!isDropped) {
        idle = std::min<std::uint16_t>(keptMax, static_cast<std::uint16_t>(idle + 1));
        answer(id);
    } else if (request.isOwnAnswer) {
        answer(id);
    } else {
        tryPod(id);
    }
}

/// Is the pod's answer dropped, for another endpoint's or an error page's?
bool World::isReplaced(std::uint32_t id)
{
    Request& request = requests_[id];
    const TryOutcome outcome{TryOutcome::Kind::Answered, request.status, true};
    if (triesAgain(id, outcome)) {
        requests_.failed(id).push_back(request.endpoint);
        const EndpointId other =
            frontDoor(request).choose(request.upstream, requests_.failed(id), stateOf(request));
        if (other.isValid()) {
            ++request.tries;
            request.endpoint = other;
            return true;
        }
    }
    frontdoor::Decision decided;
    decided.policy = request.policy;
    decided.route = request.route;
    decided.isErrorPage = request.isErrorPage;
    const auto page =
        frontDoor(request).errorPage(decided, request.status, viewOf(request), stateOf(request));
    if (!page) {
        return false;
    }
    requests_.failed(id).clear();
    request.isErrorPage = page->isErrorPage;
    request.upstream = page->upstream;
    request.endpoint = page->endpoint;
    request.isOwnAnswer = !page->isForward() || !page->endpoint.isValid();
    if (request.isOwnAnswer) {
        request.status = page->isForward() ? 503 : page->status;
    }
    return true;
}

bool World::triesAgain(std::uint32_t id, const TryOutcome& outcome)
{
    static const plan::RetryPolicy byDefault;
    const Request& request = requests_[id];
    return frontdoor::triesAgain(request.policy == nullptr ? byDefault : request.policy->retry,
                                 outcome,
                                 kinds_[request.kind].method,
                                 static_cast<int>(requests_.failed(id).size()) + 1,
                                 now_ - request.began);
}

void World::tryFailed(std::uint32_t id, TryOutcome::Kind how)
{
    Request& request = requests_[id];
    ++request.ticket;
    const frontdoor::FrontDoor& door = frontDoor(request);
    door.finished(request.upstream, request.endpoint, stateOf(request));
    if (triesAgain(id, {how, 0, how != TryOutcome::Kind::Refused})) {
        requests_.failed(id).push_back(request.endpoint);
        const EndpointId other =
            door.choose(request.upstream, requests_.failed(id), stateOf(request));
        if (other.isValid()) {
            ++request.tries;
            request.endpoint = other;
            tryPod(id);
            return;
        }
    }
    answerItself(id, how == TryOutcome::Kind::TimedOut ? 504 : 502);
}

} // namespace lab::simulation
