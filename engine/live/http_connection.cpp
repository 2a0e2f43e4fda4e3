#include "live/http_connection.hpp"

#include "live/http2_connection.hpp"
#include "live/http_session.hpp"
#include "live/proxy_protocol.hpp"

#include <optional>
#include <utility>

namespace lab::live {
namespace {

Detached serve(std::shared_ptr<DoorSite> site, int fd, SocketAddress peer)
{
    Worker& worker = site->worker;
    const Worker::SessionMark mark(worker);
    const std::shared_ptr<DoorTally> tally = site->current->own.tallies[site->current->id.index()];
    tally->connectionsAccepted.add();
    {
        HttpConnection connection(
            std::move(site),
            std::make_unique<SocketStream>(worker.reactor(), worker.wheel(), fd),
            peer);
        co_await connection.run();
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
    HttpSession session(std::move(site), *stream, std::move(client));
    if (error) {
        co_await session.refuseOne(*error);
    } else {
        co_await session.runOne();
    }
}

} // namespace

HttpConnection::HttpConnection(std::shared_ptr<DoorSite> site,
                               std::unique_ptr<SocketStream> client,
                               const SocketAddress& peer)
    : site_(std::move(site))
    , door_(site_->current)
    , client_(std::move(client))
    , clientAddress_(peer.host())
    , isTls_(door_->port.isTls)
{
    client_->belongTo(site_.get());
}

Task<> HttpConnection::run()
{
    bool goesOn = true; // declared first: see Task
    client_->expireAt(door_->worker.now() + door_->options.timeouts.head);
    if (door_->isProxied) {
        goesOn = co_await readProxyHeader();
    }
    if (goesOn && isTls_) {
        goesOn = co_await shakeHands();
    }
    if (!goesOn) {
        co_return;
    }
    door_.reset(); // an idle connection holds no plan
    if (isTls_ && hasChosenHttp2(*client_)) {
        co_await serveHttp2({});
        co_return;
    }
    BufferPool::Lease received;
    {
        const HttpClient client{clientAddress_, isTls_, HttpClient::Protocol::Http1};
        HttpSession session(site_, *client_, client);
        const HttpSession::End end = co_await session.run();
        if (end == HttpSession::End::StartsHttp2) {
            received = session.takeBuffer();
        }
    }
    if (received) {
        const std::string_view bytes = received->filled();
        co_await serveHttp2(bytes);
    }
}

Task<bool> HttpConnection::readProxyHeader()
{
    // Exactly the header: what follows it may be TLS, which reads from the socket itself.
    std::string bytes;
    while (true) {
        const ProxyHeaderResult result = parseProxyHeader(bytes);
        if (result.state == ProxyHeaderResult::State::Invalid) {
            co_return false;
        }
        if (result.state == ProxyHeaderResult::State::Complete) {
            if (result.header) {
                clientAddress_ = result.header->source.host();
            }
            co_return true;
        }
        const std::size_t missing = missingProxyBytes(bytes);
        const std::size_t had = bytes.size();
        bytes.resize(had + missing);
        const Io io = co_await client_->read({bytes.data() + had, missing});
        if (!io.isDone()) {
            co_return false;
        }
        bytes.resize(had + io.bytes);
    }
}

Task<bool> HttpConnection::shakeHands()
{
    SslPointer ssl = door_->tls.connection(door_->served.certificates[door_->id.index()],
                                           TlsServer::Offer::Http2);
    if (!ssl) {
        co_return false;
    }
    client_->secure(std::move(ssl));
    const Io io = co_await client_->handshake();
    co_return io.isDone();
}

Task<> HttpConnection::serveHttp2(std::string_view received)
{
    const Timeouts& timeouts = site_->current->options.timeouts;
    const HttpClient client{clientAddress_, isTls_, HttpClient::Protocol::Http2};
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
        site->worker, std::move(client_), Http2Connection::Role::Server, std::move(options));
    co_await connection->run(received);
}

void serveHttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer)
{
    serve(std::move(site), fd, peer);
}

} // namespace lab::live
