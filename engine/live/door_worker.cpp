#include "live/door_worker.hpp"

#include "live/health_check_session.hpp"
#include "live/http_connection.hpp"
#include "live/l4_session.hpp"

#include <algorithm>
#include <utility>

namespace lab::live {
namespace {

void serveConnection(const std::shared_ptr<DoorSite>& site, int fd, const SocketAddress& peer)
{
    DoorContext& door = *site->current;
    const bool isGuarded = !door.door().sourceRanges.empty();
    if (isGuarded && !door.l4Door().admits(peer.host())) {
        refuseConnection(door, fd, peer);
    } else if (door.isHttp()) {
        serveHttpConnection(site, fd, peer);
    } else if (door.port.answersHealth) {
        serveHealthCheck(site->current, fd);
    } else {
        serveL4Connection(site, fd, peer);
    }
}

/// Can the connections of the one go on at the other?
bool isSameKind(const DoorContext& a, const DoorContext& b)
{
    return a.isHttp() == b.isHttp() && a.port.isTls == b.port.isTls && a.isProxied == b.isProxied &&
           a.port.answersHealth == b.port.answersHealth;
}

std::vector<const void*> ownersOf(const std::vector<std::shared_ptr<DoorSite>>& sites)
{
    std::vector<const void*> owners;
    for (const auto& site : sites) {
        owners.push_back(site.get());
    }
    return owners;
}

} // namespace

DoorWorker::DoorWorker(const LiveClock& clock,
                       const TlsServer& tls,
                       std::size_t index,
                       const measurement::RecorderOptions& recorder)
    : tls_(tls)
    , index_(index)
    , recorder_(recorder)
    , worker_(clock, "doors-" + std::to_string(index))
    , http2Pods_(worker_)
{
    worker_.recordWith(&recorder_);
    worker_.everySecond([this] {
        pool_.sweep(worker_.now());
        http2Pods_.sweep();
    });
}

/// Goes on where the plan of that style is now.
std::shared_ptr<WorkerPlan> DoorWorker::planOf(PlanPart& part, Retirement& retirement)
{
    const ServedPlan& served = *part.served;
    Random random = Random(served.options.seed).stream("worker-" + std::to_string(index_));
    if (served.generation > 0) {
        random = random.stream("generation-" + std::to_string(served.generation));
    }
    std::optional<frontdoor::WorkerState::Before> before;
    for (const auto& plan : plans_) {
        if (plan->served->plan->style == served.plan->style) {
            before.emplace(
                frontdoor::WorkerState::Before{*plan->served->plan, std::as_const(plan->state)});
        }
    }
    return retirement.share(
        WorkerPlan{part.served,
                   frontdoor::WorkerState(*served.plan, random.stream("balancing"), before),
                   pool_,
                   http2Pods_,
                   random.stream("replicas"),
                   std::move(part.tallies)});
}

PlanSwap::Placed DoorWorker::place(const std::shared_ptr<WorkerPlan>& own, BoundSocket& socket)
{
    const ServedPlan& served = *own->served;
    const plan::Door& door = served.plan->door(socket.door);
    auto context = std::make_shared<DoorContext>(DoorContext{worker_,
                                                             tls_,
                                                             own,
                                                             served,
                                                             *own,
                                                             served.options,
                                                             door.ports[socket.portIndex],
                                                             socket.door,
                                                             socket.portIndex,
                                                             socket.node,
                                                             socket.isProxied});
    PlanSwap::Placed placed;
    placed.fd = std::move(socket.fd);
    const auto known = seats_.find(socket.key);
    const bool isNew = known == seats_.end();
    placed.seat = isNew ? std::make_shared<DoorSeat>() : known->second;
    // What is current changes in apply() only, and that is not under way: it may be looked at.
    if (isNew || !isSameKind(*placed.seat->site->current, *context)) {
        placed.site = std::make_shared<DoorSite>(DoorSite{worker_, std::move(context)});
    } else {
        placed.context = std::move(context);
    }
    nextSeats_.emplace(std::move(socket.key), placed.seat);
    return placed;
}

PlanSwap DoorWorker::prepare(std::vector<PlanPart> parts, Retirement& retirement)
{
    PlanSwap swap;
    next_.clear();
    nextSeats_.clear();
    for (PlanPart& part : parts) {
        part.served->endpoints.markIn(swap.openAddresses);
        const auto own = planOf(part, retirement);
        next_.push_back(own);
        swap.placed.reserve(swap.placed.size() + part.sockets.size());
        for (BoundSocket& socket : part.sockets) {
            swap.placed.push_back(place(own, socket));
        }
    }
    for (const auto& [key, seat] : seats_) {
        if (!nextSeats_.contains(key)) {
            swap.unseated.push_back(seat);
        }
    }
    return swap;
}

void DoorWorker::seat(PlanSwap::Placed& placed, PlanSwap& swap)
{
    DoorSeat& seat = *placed.seat;
    if (!placed.site) {
        std::swap(seat.site->current, placed.context);
        return;
    }
    std::swap(seat.site, placed.site);
    if (placed.site) { // another door was there
        placed.site->current->isGone = true;
        swap.gone.push_back(std::move(placed.site));
    }
    if (placed.fd.get() >= 0) {
        seat.listener = std::make_unique<Listener>(
            worker_.reactor(), placed.fd.release(), [&seat](int fd, const SocketAddress& peer) {
                serveConnection(seat.site, fd, peer);
            });
    }
}

void DoorWorker::apply(PlanSwap& swap)
{
    swap.closedAddresses = pool_.openOnly(swap.openAddresses);
    http2Pods_.openOnly(swap.openAddresses);
    for (PlanSwap::Placed& placed : swap.placed) {
        seat(placed, swap);
    }
    for (const auto& seat : swap.unseated) {
        seat->site->current->isGone = true;
        seat->listener->finish();
        seat->listener.reset();
        swap.gone.push_back(seat->site);
    }
    if (!swap.gone.empty()) {
        worker_.reactor().tellGone(ownersOf(swap.gone));
    }
}

void DoorWorker::commit()
{
    plans_ = std::exchange(next_, {});
    seats_ = std::exchange(nextSeats_, {});
}

void DoorWorker::cut(const std::vector<std::shared_ptr<DoorSite>>& gone,
                     const std::vector<AddressId>& closedAddresses)
{
    worker_.reactor().cancelAllOf(ownersOf(gone));
    std::vector<bool> isClosed;
    for (const AddressId address : closedAddresses) {
        isClosed.resize(std::max(isClosed.size(), address.index() + 1));
        isClosed[address.index()] = !pool_.isOpen(address);
    }
    // A number that went to another address meanwhile is open, or is among no tunnel's.
    worker_.tunnels().cutWhere([&](const TunnelBook::Place& place) {
        return place.address.isValid() && place.address.index() < isClosed.size() &&
               isClosed[place.address.index()];
    });
}

void DoorWorker::cutTunnelsOf(std::uint64_t generation)
{
    worker_.tunnels().cutWhere(
        [&](const TunnelBook::Place& place) { return place.generation == generation; });
}

} // namespace lab::live
