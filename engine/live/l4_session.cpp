#include "live/l4_session.hpp"

#include "live/connection_log.hpp"
#include "live/proxy_protocol.hpp"
#include "live/socket_stream.hpp"
#include "live/tunnel.hpp"

#include <memory>
#include <utility>

namespace lab::live {
namespace {

/// Where a connection goes, and as whom it arrives there.
struct Target {
    SocketAddress address;
    SocketAddress source; ///< The client's, a node's or the door's own.
    AddressId kept;       ///< Of a pod.
    bool isController = false;
    bool isKnown = false;
};

SocketAddress sourceOf(DoorContext& door,
                       const frontdoor::L4Decision& decided,
                       const SocketAddress& peer,
                       const SocketAddress& local)
{
    switch (decided.source) {
    case frontdoor::L4Decision::Source::Client:
        return peer;
    case frontdoor::L4Decision::Source::Node:
        return door.served.nodeAddresses[decided.node.index()];
    case frontdoor::L4Decision::Source::Door:
        return local;
    }
    return peer;
}

Target chooseTarget(DoorContext& door,
                    const SocketAddress& peer,
                    const SocketAddress& local,
                    ConnectionLog& log)
{
    const std::string client = peer.host();
    const frontdoor::L4Decision decided = door.l4Door().decide(
        {door.portIndex, door.node, client}, door.worker.now(), door.own.random);
    log.decided(decided);
    if (!decided.isPassed()) {
        return {};
    }
    Target target;
    target.isKnown = true;
    target.isController = decided.replica.isValid();
    target.source = sourceOf(door, decided, peer, local);
    if (target.isController) {
        const ControllerAddresses& addresses = door.served.controllers[decided.replica.index()];
        target.address = door.port.isTls ? addresses.https : addresses.http;
    } else {
        target.address = door.served.endpoints.of(decided.endpoint);
        target.kept = door.served.endpoints.keptUnder(decided.endpoint);
    }
    return target;
}

Task<bool> shakeHands(DoorContext& door, SocketStream& client, ConnectionLog& log)
{
    SslPointer ssl = door.tls.connection(door.served.certificates[door.id.index()]);
    if (!ssl) {
        co_return false;
    }
    client.secure(std::move(ssl));
    const Io io = co_await client.handshake();
    if (io.isDone()) {
        log.secured();
    } else {
        log.handshakeFailed();
    }
    co_return io.isDone();
}

Task<> carryConnection(const DoorSite& site,
                       DoorContext& door,
                       SocketStream& client,
                       const Target& target,
                       ConnectionLog& log)
{
    // A loopback address leads nowhere else.
    const bool canBind = !target.isController && target.address.isLoopback();
    const int fd = beginConnect(target.address, canBind ? &target.source : nullptr);
    if (fd < 0) {
        door.tally().upstreamErrors.add();
        client.reset();
        co_return;
    }
    SocketStream pod(door.worker.reactor(), door.worker.wheel(), fd);
    pod.belongTo(&site);
    pod.expireAt(door.worker.now() + door.options.timeouts.connect);
    const Io connected = co_await pod.connected();
    if (!connected.isDone()) {
        door.tally().upstreamErrors.add();
        client.reset();
        co_return;
    }
    if (target.isController) {
        std::string header;
        appendProxyHeader(header, {target.source, localAddressOf(client.descriptor())});
        const Io sent = co_await pod.write(header);
        if (!sent.isDone()) {
            client.reset();
            co_return;
        }
    }
    log.connected();
    const TunnelBook::Place place{door.served.generation, target.kept};
    const TunnelEnd end =
        co_await relayBothWays(door.worker, client, pod, door.options.timeouts.tunnelIdle, place);
    log.ended(end);
}

Detached serve(std::shared_ptr<DoorSite> site, int fd, SocketAddress peer)
{
    const std::shared_ptr<DoorContext> held = site->current;
    DoorContext& door = *held;
    const Worker::SessionMark mark(door.worker);
    SocketStream client(door.worker.reactor(), door.worker.wheel(), fd);
    client.belongTo(site.get());
    ConnectionLog log(door, peer);
    client.expireAt(door.worker.now() + door.options.timeouts.head);
    bool isOpen = true;
    if (door.door().mode == plan::DoorMode::Tls && door.port.isTls) {
        isOpen = co_await shakeHands(door, client, log);
    }
    if (isOpen) {
        client.neverExpire();
        const Target target = chooseTarget(door, peer, localAddressOf(client.descriptor()), log);
        if (target.isKnown) {
            co_await carryConnection(*site, door, client, target, log);
        } else {
            client.reset();
        }
    }
}

} // namespace

void serveL4Connection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer)
{
    serve(std::move(site), fd, peer);
}

void refuseConnection(DoorContext& door, int fd, const SocketAddress& peer)
{
    ConnectionLog log(door, peer);
    SocketStream client(door.worker.reactor(), door.worker.wheel(), fd);
    frontdoor::L4Decision refused;
    refused.outcome = frontdoor::L4Decision::Outcome::RefusedSource;
    log.decided(refused);
    client.reset();
}

} // namespace lab::live
