// What comes next is known: its memory is fetched while others are dealt with.
#include "simulation/world.hpp"

namespace lab::simulation {
namespace {

// So many arrivals ahead: each step needs what the one before has fetched.
constexpr std::size_t kindAhead = 12;
constexpr std::size_t linesAhead = 8;
constexpr std::size_t topAhead = 3;
constexpr std::size_t connectionAhead = 1;

} // namespace

/// None for requests that have no door.
const ClientPool* World::poolOf(const Kind& kind) const
{
    return kind.door.isValid() ? &pools_[kind.pool] : nullptr;
}

/// Its pod is through with the request: what it met on its way out has grown cold since.
void World::fetchWayBack(const Request& request) const
{
    Footprint::fetchLine(&kinds_[request.kind].service);
    Footprint::fetchLine(&kinds_[request.kind].pool);
    Footprint::fetchLines(&pools_[request.pool], sizeof(ClientPool));
    if (request.upstream.isValid()) {
        Footprint::fetchLine(&plan().upstream(request.upstream).endpoints);
        Footprint::fetchLine(&kept_[stateIndex_[request.door.index()]]);
    }
}

const workload::Arrival* World::nextArrival() const
{
    return aheadCount_ == 0 ? nullptr : &ahead_[aheadFirst_];
}

void World::drawArrivals()
{
    while (aheadCount_ < aheadMax) {
        const std::optional<workload::Arrival> arrival = arrivals_.next();
        if (!arrival) {
            return;
        }
        ahead_[(aheadFirst_ + aheadCount_++) % aheadMax] = *arrival;
    }
}

workload::Arrival World::takeArrival()
{
    const workload::Arrival arrival = ahead_[aheadFirst_];
    aheadFirst_ = (aheadFirst_ + 1) % aheadMax;
    --aheadCount_;
    drawArrivals();
    if (aheadCount_ > kindAhead) {
        const Kind& far = kinds_[kindOf(arrivalAt(kindAhead))];
        Footprint::fetchLines(&far, sizeof(Kind));
        kinds_[kindOf(arrivalAt(linesAhead))].footprint.fetch();
        const workload::Arrival& near = arrivalAt(topAhead);
        if (const ClientPool* pool = poolOf(kinds_[kindOf(near)])) {
            pool->fetchTop(near.client);
        }
        const workload::Arrival& next = arrivalAt(connectionAhead);
        if (const ClientPool* pool = poolOf(kinds_[kindOf(next)])) {
            pool->fetchConnection(next.client);
        }
    }
    return arrival;
}

/// Of a kind of request that goes to that upstream, wherever it went before.
void World::leaveFootprint(Kind& kind, DoorId httpDoor, UpstreamId upstream)
{
    Footprint& footprint = kind.footprint;
    footprint = {};
    kind.wentTo = upstream;
    footprint.add(&pools_[kind.pool], sizeof(ClientPool));
    footprint.add(kind.host.data(), kind.host.size());
    footprint.add(kind.hostField.data(), kind.hostField.size());
    if (httpDoor.isValid()) {
        const std::size_t index = httpDoor.index();
        const plan::Door& door = plan().doors[index];
        footprint.add(&freeAt_[index], 1);
        footprint.add(doors_[index].get(), sizeof(frontdoor::FrontDoor) + Footprint::lineBytes);
        footprint.add(&door.routes, sizeof(door.routes) + sizeof(door.table));
        footprint.add(door.table.rules().data(), sizeof(routing::RouteRule));
        footprint.add(door.routes.data(), sizeof(plan::Route));
    }
    if (upstream.isValid()) {
        const plan::Upstream& to = plan().upstream(upstream);
        footprint.add(&to, sizeof(plan::Upstream));
        if (httpDoor.isValid()) {
            frontdoor::WorkerState& state = states_[stateIndex_[httpDoor.index()]];
            footprint.add(&state.balancer(upstream),
                          sizeof(balancing::Balancer) + Footprint::lineBytes);
        }
        footprint.add(to.endpoints.data(), 1);
        for (const EndpointId endpoint : to.endpoints) {
            footprint.add(&plan().endpoint(endpoint), sizeof(plan::Endpoint));
            pods_.addTo(footprint, endpoint);
        }
    }
}

} // namespace lab::simulation
