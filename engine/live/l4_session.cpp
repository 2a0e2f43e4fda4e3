#include "live/l4_session.hpp"

#include "live/proxy_protocol.hpp"
#include "live/tunnel.hpp"

#include <memory>

namespace lab::live {
namespace {

/// Where a connection goes, and what is owed when it is over.
struct Target {
    SocketAddress address;
    EndpointId endpoint; ///< Not valid for a controller replica.
    bool isKnown = false;
};

Target chooseTarget(DoorContext& door)
{
    const plan::Door& self = door.door();
    if (!self.replicas.empty()) {
        const DoorId replica = self.replicas[door.own.random.below(self.replicas.size())];
        const ControllerAddresses& addresses = door.served.controllers[replica.index()];
        return {door.port.isTls ? addresses.https : addresses.http, {}, true};
    }
    const EndpointId endpoint = door.frontDoor().choose(door.port.upstream, {}, door.own.state);
    if (!endpoint.isValid()) {
        return {};
    }
    return {door.served.endpoints.of(endpoint), endpoint, true};
}

Task<bool> shakeHands(DoorContext& door, Stream& client)
{
    SslPointer ssl = door.tls.connection(door.served.certificates[door.id.index()]);
    if (!ssl) {
        co_return false;
    }
    client.secure(std::move(ssl));
    const Io io = co_await client.handshake();
    co_return io.isDone();
}

Task<>
carryConnection(DoorContext& door, Stream& client, const SocketAddress& peer, const Target& target)
{
    const bool isToController = !door.door().replicas.empty();
    const int fd = beginConnect(target.address, isToController ? nullptr : &peer);
    if (fd < 0) {
        client.reset();
        co_return;
    }
    Stream pod(door.worker.reactor(), door.worker.wheel(), fd);
    pod.expireAt(door.worker.now() + door.options.timeouts.connect);
    const Io connected = co_await pod.connected();
    if (!connected.isDone()) {
        door.tally().upstreamErrors.add();
        client.reset();
        co_return;
    }
    if (isToController) {
        std::string header;
        appendProxyHeader(header, {peer, localAddressOf(client.descriptor())});
        const Io sent = co_await pod.write(header);
        if (!sent.isDone()) {
            client.reset();
            co_return;
        }
    }
    const TunnelBytes bytes =
        co_await relayBothWays(door.worker, client, pod, door.options.timeouts.tunnelIdle);
    door.tally().bytesIn.add(bytes.forward);
    door.tally().bytesOut.add(bytes.back);
}

Detached serve(DoorContext& door, int fd, SocketAddress peer)
{
    const Worker::SessionMark mark(door.worker);
    Stream client(door.worker.reactor(), door.worker.wheel(), fd);
    door.tally().connectionsAccepted.add();
    client.expireAt(door.worker.now() + door.options.timeouts.head);
    bool isOpen = true;
    if (door.door().mode == plan::DoorMode::Tls && door.port.isTls) {
        isOpen = co_await shakeHands(door, client);
    }
    if (isOpen) {
        client.neverExpire();
        const Target target = chooseTarget(door);
        if (target.isKnown) {
            co_await carryConnection(door, client, peer, target);
        } else {
            door.tally().upstreamErrors.add();
            client.reset();
        }
        if (target.endpoint.isValid()) {
            door.frontDoor().finished(door.port.upstream, target.endpoint, door.own.state);
        }
    }
    door.tally().connectionsClosed.add();
}

} // namespace

void serveL4Connection(DoorContext& door, int fd, const SocketAddress& peer)
{
    serve(door, fd, peer);
}

} // namespace lab::live
