#include "simulation/world.hpp"

#include "base/check.hpp"
#include "routing/request_path.hpp"

#include <algorithm>

namespace lab::simulation {
namespace {

/// What the live generator's head comes to, beside method, target, host and body.
constexpr std::size_t headBytes = 103;

std::vector<measurement::Window> windowOf(const SimulationSpec& spec)
{
    check(spec.warmUp <= spec.duration, "a run is longer than its warm-up");
    return {{Instant(spec.warmUp), Instant(spec.duration)}};
}

/// The plain request's bytes, as the live load generator writes them.
std::uint32_t requestBytes(const workload::MixEntry& entry, const Destination& destination)
{
    const std::size_t bytes =
        headBytes + entry.method.size() + destination.target.size() + destination.host.size();
    return static_cast<std::uint32_t>(bytes + entry.bodyBytes);
}

bool isTlsUrl(const workload::MixEntry& entry)
{
    return entry.url.starts_with("https:");
}

} // namespace

World::World(SimulationSpec spec)
    : spec_(std::move(spec))
    , pods_(*spec_.plan, spec_)
    , arrivals_(spec_.traffic, spec_.duration, Random(spec_.seed))
    , collector_(windowOf(spec_))
    , replicaRandom_(Random(spec_.seed).stream("replicas"))
{
    if (spec_.ideal) {
        ideal_.emplace(*spec_.ideal);
    }
    hop_ = queue_.lane(spec_.network.hop);
    twoHops_ = queue_.lane(2 * spec_.network.hop);
    threeHops_ = queue_.lane(3 * spec_.network.hop);
    addDoors();
    addKinds();
    drawArrivals();
    for (std::size_t i = 0; i < spec_.incidents.size(); ++i) {
        queue_.push(spec_.incidents[i].at, Incident, static_cast<std::uint32_t>(i));
    }
}

void World::addDoors()
{
    const auto& plan = spec_.plan;
    const auto tables = std::make_shared<const frontdoor::UpstreamTables>(*plan);
    const Random random = Random(spec_.seed).stream("balancing");
    doors_.resize(plan->doors.size());
    l4Doors_.resize(plan->doors.size());
    stateIndex_.resize(plan->doors.size());
    freeAt_.resize(plan->doors.size());
    states_.emplace_back(*plan, random);
    for (std::size_t i = 0; i < plan->doors.size(); ++i) {
        const plan::Door& door = plan->doors[i];
        if (door.mode != plan::DoorMode::Http) {
            l4Doors_[i] = std::make_unique<const frontdoor::L4Door>(plan, DoorId(i));
            continue;
        }
        doors_[i] = std::make_unique<const frontdoor::FrontDoor>(
            plan, DoorId(i), frontdoor::PasswordCheck{}, tables);
        if (door.role == plan::DoorRole::Controller) {
            stateIndex_[i] = static_cast<std::uint32_t>(states_.size());
            states_.emplace_back(*plan, random.stream(door.name));
        }
    }
    kept_.assign(states_.size(), std::vector<std::uint16_t>(pods_.stationCount()));
}

void World::addKinds()
{
    std::uint32_t clients = 1;
    check(spec_.destinations.size() == spec_.traffic.size(), "every traffic has its destinations");
    for (std::size_t t = 0; t < spec_.traffic.size(); ++t) {
        const workload::Traffic& traffic = spec_.traffic[t];
        check(spec_.destinations[t].size() == traffic.mix.size(), "every entry has a destination");
        firstKinds_.push_back(static_cast<std::uint32_t>(kinds_.size()));
        clients = std::max(clients, traffic.clients);
        for (std::size_t e = 0; e < traffic.mix.size(); ++e) {
            addKind(traffic, t, e);
        }
    }
    for (std::uint32_t client = 0; client < clients; ++client) {
        clientAddresses_.push_back("127.0.3." + std::to_string(1 + client));
    }
}

void World::addKind(const workload::Traffic& traffic, std::size_t trafficIndex, std::size_t entry)
{
    const workload::MixEntry& asked = traffic.mix[entry];
    const Destination& to = spec_.destinations[trafficIndex][entry];
    Kind& kind = kinds_.emplace_back();
    kind.traffic = static_cast<std::uint32_t>(trafficIndex);
    kind.method = asked.method;
    kind.target = to.target;
    kind.hostField = to.host;
    kind.bodyBytes = asked.bodyBytes;
    kind.requestBytes = requestBytes(asked, to);
    kind.isTls = isTlsUrl(asked);
    kind.door = to.door;
    kind.port = to.port;
    std::string buffer;
    kind.host = std::string(routing::normalisedHost(to.host, buffer));
    const auto path = routing::normalisedPath(to.target, buffer);
    kind.isMalformed = !path;
    kind.path = std::string(path.value_or("/"));
    if (!to.service.empty()) {
        kind.service = collector_.serviceIndex(to.service);
    }
    if (to.door.isValid()) {
        const plan::DoorMode mode = plan().door(to.door).mode;
        kind.way = mode == plan::DoorMode::Http ? hop_ : twoHops_;
        kind.wayTime = spec_.network.hop * (mode == plan::DoorMode::Http ? 1 : 2);
        kind.endsTlsAtEntry = mode != plan::DoorMode::Tcp;
        kind.pool = poolOf(to, kind.isTls);
    }
}

/// One a door's port and name that is asked for.
std::uint32_t World::poolOf(const Destination& destination, bool isTls)
{
    const std::string name = std::to_string(destination.door.index()) + ' ' +
                             std::to_string(destination.port) + ' ' +
                             (isTls ? destination.host : std::string());
    const auto fresh = static_cast<std::uint32_t>(pools_.size());
    const auto [found, isNew] = poolByName_.try_emplace(name, fresh);
    if (isNew) {
        pools_.emplace_back(spec_.connectionsPerDestinationMax, spec_.timeouts.keepAliveIdle);
    }
    return found->second;
}

bool World::isOver() const
{
    return hasOverflown_ || (aheadCount_ == 0 && requests_.size() == 0);
}

std::optional<Instant> World::nextAt() const
{
    if (isOver()) {
        return std::nullopt;
    }
    std::optional<Instant> next;
    const auto consider = [&](Instant at) { next = next ? std::min(*next, at) : at; };
    if (nextArrival() != nullptr) {
        consider(nextArrival()->at);
    }
    if (!queue_.isEmpty()) {
        consider(queue_.nextAt());
    }
    if (requests_.oldest() != RequestTable::none) {
        consider(requests_[requests_.oldest()].intended + spec_.patience);
    }
    return next;
}

/// Of what happens at one instant, patience ends first, then somebody arrives.
bool World::step()
{
    if (isOver()) {
        return false;
    }
    constexpr Instant never(Duration::max());
    const std::uint32_t oldest = requests_.oldest();
    const Instant patience =
        oldest == RequestTable::none ? never : requests_[oldest].intended + spec_.patience;
    const Instant arrival = aheadCount_ > 0 ? nextArrival()->at : never;
    const Instant event = queue_.isEmpty() ? never : queue_.nextAt();
    check(patience != never || arrival != never || event != never, "what is not over goes on");
    ++eventCount_;
    if (patience <= arrival && patience <= event) {
        now_ = patience;
        losePatience(oldest);
    } else if (arrival <= event) {
        now_ = arrival;
        arrive();
    } else {
        now_ = event;
        handle(queue_.take());
    }
    hasOverflown_ = hasOverflown_ || queue_.isFull();
    return true;
}

void World::put(EventQueue::LaneId lane, Duration delay, Happening what, std::uint32_t id)
{
    Request& request = requests_[id];
    request.awaits = what;
    request.since = now_;
    if (lane != EventQueue::noLane) {
        request.until = queue_.pushInLane(lane, now_, what, id, request.ticket);
    } else {
        request.until = now_ + delay;
        queue_.push(request.until, what, id, request.ticket);
    }
}

void World::handle(const Event& event)
{
    const std::uint32_t id = event.subject;
    if (event.kind() == Served) {
        served(event);
        return;
    }
    if (event.kind() == Incident) {
        befall(spec_.incidents[id]);
        return;
    }
    if (requests_[id].ticket != event.ticket) {
        return; // of a try, or a request, that is history
    }
    switch (static_cast<Happening>(event.kind())) {
    case Connect:
        return connect(id);
    case AtDoor:
        return atDoor(id);
    case Decide:
        return decide(id);
    case AtPod:
        return atPod(id);
    case AnswerBack:
        return answerBack(id);
    case TryRefused:
        return tryFailed(id, frontdoor::TryOutcome::Kind::Refused);
    case TryBroken:
        return tryFailed(id, frontdoor::TryOutcome::Kind::Broken);
    case TryTimedOut:
        return tryFailed(id, frontdoor::TryOutcome::Kind::TimedOut);
    case AtClient:
        return endAtClient(id);
    case Served:
    case Incident:
        break;
    }
}

} // namespace lab::simulation
