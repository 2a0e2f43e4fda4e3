#include "live/http_connection.hpp"

#include "live/http2_connection.hpp"
#include "live/proxy_protocol.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lab::live {
namespace {

/// As it was accepted.
struct Accepted {
    const std::shared_ptr<DoorSite>& site;
    int fd;
    const SocketAddress& peer;
};

/// Its frame stays for as long as the connection: nothing large may be in it.
/// \param accepted  gone after the first wait
Detached serve(const Accepted& accepted)
{
    const Worker::SessionMark mark(accepted.site->worker);
    const DoorContext& door = *accepted.site->current;
    const std::shared_ptr<DoorTally> tally = door.own.tallies[door.id.index()];
    tally->connectionsAccepted.add();
    {
        HttpConnection connection(accepted.site, accepted.fd, accepted.peer);
        bool goesOn = co_await connection.begin();
        while (goesOn) {
            HttpSession::End end = HttpSession::End::Closed;
            bool hasNews = connection.isLastLook();
            if (!hasNews) {
                const Io edge = co_await connection.nextRequest();
                hasNews = connection.wokeBy(edge);
            }
            if (hasNews) {
                end = co_await connection.serveArrived();
            }
            goesOn = connection.goesOnAfter(end);
        }
        co_await connection.finish();
    }
    tally->connectionsClosed.add();
}

/// One request of an HTTP/2 connection: a session of its own. It may outlive the connection.
Detached serveStream(std::shared_ptr<DoorSite> site,
                     std::unique_ptr<Stream> stream,
                     HttpClient client,
                     std::optional<http::HeadError> error)
{
    const Worker::SessionMark mark(site->worker);
    HttpSession session(*site, *stream, client);
    if (error) {
        co_await session.refuseOne(*error);
    } else {
        co_await session.runOne();
    }
}

} // namespace

HttpConnection::HttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer)
    : site_(std::move(site))
    , stream_(std::make_unique<SocketStream>(site_->worker.reactor(), site_->worker.wheel(), fd))
    , client_{peer.host(), site_->current->port.isTls, HttpClient::Protocol::Http1}
{
    stream_->belongTo(site_.get());
}

Task<bool> HttpConnection::begin()
{
    bool goesOn = true;                                             // declared first: see Task
    const std::shared_ptr<const DoorContext> door = site_->current; // as it was accepted
    stream_->expireAt(door->worker.now() + door->options.timeouts.head);
    if (door->isProxied) {
        goesOn = co_await readProxyHeader();
    }
    if (goesOn && client_.isTls) {
        goesOn = co_await shakeHands(*door);
    }
    if (goesOn && client_.isTls && hasChosenHttp2(*stream_)) {
        client_.protocol = HttpClient::Protocol::Http2;
        goesOn = false;
    }
    co_return goesOn && !door->worker.isDraining();
}

Stream::ReadyOperation HttpConnection::nextRequest()
{
    stream_->setIdle(true);
    return stream_->stirred();
}

bool HttpConnection::wokeBy(Io edge)
{
    stream_->setIdle(false);
    return edge.isDone() || isLastLook();
}

Task<HttpSession::End> HttpConnection::serveArrived()
{
    return HttpSession::serve(*site_, *stream_, client_, isFirst_, preface_);
}

bool HttpConnection::goesOnAfter(HttpSession::End end)
{
    using End = HttpSession::End;
    isFirst_ = isFirst_ && end == End::NothingCame;
    if (end == End::StartsHttp2) {
        client_.protocol = HttpClient::Protocol::Http2;
    }
    return end == End::Waits || (end == End::NothingCame && !isLastLook());
}

Task<bool> HttpConnection::readProxyHeader()
{
    // Exactly the header: what follows it may be TLS, which reads from the socket
    // itself.
    std::string bytes;
    while (true) {
        const ProxyHeaderResult result = parseProxyHeader(bytes);
        if (result.state == ProxyHeaderResult::State::Invalid) {
            co_return false;
        }
        if (result.state == ProxyHeaderResult::State::Complete) {
            if (result.header) {
                client_.address = result.header->source.host();
            }
            co_return true;
        }
        const std::size_t missing = missingProxyBytes(bytes);
        const std::size_t had = bytes.size();
        bytes.resize(had + missing);
        const Io io = co_await stream_->read({bytes.data() + had, missing});
        if (!io.isDone()) {
            co_return false;
        }
        bytes.resize(had + io.bytes);
    }
}

Task<bool> HttpConnection::shakeHands(const DoorContext& door)
{
    SslPointer ssl =
        door.tls.connection(door.served.certificates[door.id.index()], TlsServer::Offer::Http2);
    if (!ssl) {
        co_return false;
    }
    stream_->secure(std::move(ssl));
    const Io io = co_await stream_->handshake();
    co_return io.isDone();
}

Task<> HttpConnection::finish()
{
    if (client_.protocol != HttpClient::Protocol::Http2) {
        co_return;
    }
    const Timeouts& timeouts = site_->current->options.timeouts;
    const HttpClient client = client_;
    const std::shared_ptr<DoorSite> site = site_;
    Http2Connection::Options options;
    options.head = timeouts.head;
    options.idle = timeouts.keepAliveIdle;
    options.write = timeouts.write;
    options.serve = [site, client](std::unique_ptr<Stream> stream,
                                   std::optional<http::HeadError> error) {
        serveStream(site, std::move(stream), client, error);
    };
    options.isLast = [site] { return site->isGone(); };
    const auto connection = Http2Connection::create(
        site->worker, std::move(stream_), Http2Connection::Role::Server, std::move(options));
    const std::string_view received = preface_ ? preface_->filled() : std::string_view();
    co_await connection->run(received);
}

void serveHttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer)
{
    serve({site, fd, peer});
}

} // namespace lab::live
