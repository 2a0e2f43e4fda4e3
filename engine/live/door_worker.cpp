#include "live/door_worker.hpp"

#include "live/health_check_session.hpp"
#include "live/http_connection.hpp"
#include "live/l4_session.hpp"

namespace lab::live {
namespace {

void serveConnection(const std::shared_ptr<DoorSite>& site, int fd, const SocketAddress& peer)
{
    DoorContext& door = *site->current;
    const bool isGuarded = !door.door().sourceRanges.empty();
    if (isGuarded && !door.l4Door().admits(peer.host())) {
        refuseConnection(door, fd);
    } else if (door.isHttp()) {
        serveHttpConnection(site, fd, peer);
    } else if (door.port.answersHealth) {
        serveHealthCheck(site->current, fd);
    } else {
        serveL4Connection(site->current, fd, peer);
    }
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
{
    worker_.recordWith(&recorder_);
}

void DoorWorker::serve(const std::shared_ptr<const ServedPlan>& served,
                       std::vector<BoundSocket> sockets)
{
    const Random random = Random(served->options.seed).stream("worker-" + std::to_string(index_));
    const auto own = std::make_shared<WorkerPlan>(
        WorkerPlan{served,
                   frontdoor::WorkerState(*served->plan, random.stream("balancing")),
                   UpstreamPool(served->plan->endpoints.size()),
                   Http2Pods(worker_, served->plan->endpoints.size()),
                   random.stream("replicas"),
                   {}});
    for (std::size_t i = 0; i < served->plan->doors.size(); ++i) {
        own->tallies.push_back(std::make_shared<DoorTally>());
    }
    plans_.push_back(own);
    worker_.everySecond([this, own] {
        own->pool.sweep(worker_.now());
        own->http2Pods.sweep();
    });
    for (BoundSocket& socket : sockets) {
        const plan::Door& door = served->plan->door(socket.door);
        const auto site = std::make_shared<DoorSite>(
            DoorSite{worker_,
                     std::make_shared<DoorContext>(DoorContext{worker_,
                                                               tls_,
                                                               own,
                                                               *served,
                                                               *own,
                                                               served->options,
                                                               door.ports[socket.portIndex],
                                                               socket.door,
                                                               socket.portIndex,
                                                               socket.node,
                                                               socket.isProxied})});
        listeners_.push_back(std::make_unique<Listener>(
            worker_.reactor(), socket.fd.release(), [site](int fd, const SocketAddress& peer) {
                serveConnection(site, fd, peer);
            }));
    }
}

} // namespace lab::live
