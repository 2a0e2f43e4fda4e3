// What somebody sees who looks on: nothing here changes the run.
#include "simulation/world.hpp"

namespace lab::simulation {

Leg World::legOf(const Request& request) const
{
    if (request.isInLine) {
        return Leg::WaitsForConnection;
    }
    switch (static_cast<Happening>(request.awaits)) {
    case Connect:
        return Leg::Connecting;
    case AtDoor:
        return request.hasOpened ? Leg::Connecting : Leg::ToDoor;
    case Decide:
        return Leg::AtDoor;
    case AtPod:
        return request.hasOpened && !request.isAtDoor ? Leg::Connecting : Leg::ToPod;
    case TryRefused:
        return Leg::ToPod;
    case AnswerBack:
    case TryBroken:
        return Leg::FromPod;
    case AtClient:
        return Leg::ToClient;
    case TryTimedOut:
    case Served:
    case Incident:
        break;
    }
    return Leg::AtPod;
}

RequestInSight World::sightOf(const Request& request) const
{
    const Kind& kind = kinds_[request.kind];
    RequestInSight seen;
    seen.number = request.number;
    seen.traffic = kind.traffic;
    seen.entry = request.kind - firstKinds_[kind.traffic];
    seen.client = request.client;
    seen.leg = legOf(request);
    seen.since = request.since;
    seen.until = seen.leg == Leg::AtPod ? request.since : request.until;
    seen.entryDoor = kind.door;
    seen.door = request.door;
    seen.upstream = request.upstream;
    seen.endpoint = request.endpoint;
    const bool isAnswered = seen.leg == Leg::FromPod || seen.leg == Leg::ToClient;
    seen.status = isAnswered ? request.status : std::uint16_t{0};
    seen.isRefused =
        isAnswered && request.isOwnAnswer && (request.isRefusal || request.status == 429);
    return seen;
}

RunView World::view(std::size_t requestsMax) const
{
    RunView view;
    view.now = now_;
    view.eventCount = eventCount_;
    view.underWay = requests_.size();
    for (std::uint32_t id = requests_.oldest();
         id != RequestTable::none && view.requests.size() < requestsMax;
         id = requests_[id].later) {
        view.requests.push_back(sightOf(requests_[id]));
    }
    for (std::size_t i = 0; i < plan().endpoints.size(); ++i) {
        view.pods.push_back(pods_.sightOf(EndpointId(i)));
    }
    return view;
}

} // namespace lab::simulation
