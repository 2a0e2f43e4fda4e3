#include "live/door_worker.hpp"

#include "live/health_check_session.hpp"
#include "live/http_session.hpp"
#include "live/l4_session.hpp"

namespace lab::live {

DoorWorker::DoorWorker(const LiveClock& clock, std::size_t index)
    : index_(index)
    , worker_(clock, "doors-" + std::to_string(index))
{
}

void DoorWorker::serve(const ServedPlan& served,
                       const std::vector<BoundSocket>& sockets,
                       const TlsServer& tls,
                       const LiveOptions& options)
{
    const Random random = Random(options.seed).stream("worker-" + std::to_string(index_));
    plans_.push_back(std::make_unique<WorkerPlan>(
        WorkerPlan{frontdoor::WorkerState(*served.plan, random.stream("balancing")),
                   UpstreamPool(served.plan->endpoints.size()),
                   random.stream("replicas"),
                   std::vector<DoorTally>(served.plan->doors.size())}));
    WorkerPlan& own = *plans_.back();
    worker_.everySecond([this, &own] { own.pool.sweep(worker_.now()); });
    for (const BoundSocket& socket : sockets) {
        contexts_.push_back(std::make_unique<DoorContext>(DoorContext{worker_,
                                                                      served,
                                                                      own,
                                                                      tls,
                                                                      options,
                                                                      socket.door,
                                                                      socket.port,
                                                                      socket.portIndex,
                                                                      socket.node}));
        DoorContext& context = *contexts_.back();
        const bool isHttp = context.door().mode == plan::DoorMode::Http;
        const bool isProxied = socket.isProxied;
        const bool isGuarded = !context.door().sourceRanges.empty();
        listeners_.push_back(std::make_unique<Listener>(
            worker_.reactor(),
            socket.fd.duplicate().release(),
            [&context, isHttp, isProxied, isGuarded](int fd, const SocketAddress& peer) {
                if (isGuarded && !context.l4Door().admits(peer.host())) {
                    refuseConnection(context, fd);
                } else if (isHttp) {
                    serveHttpConnection(context, fd, peer, isProxied);
                } else if (context.port.answersHealth) {
                    serveHealthCheck(context, fd);
                } else {
                    serveL4Connection(context, fd, peer);
                }
            }));
    }
}

} // namespace lab::live
