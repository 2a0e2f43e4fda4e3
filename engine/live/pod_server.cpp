#include "live/pod_server.hpp"

#include "http/serialize.hpp"
#include "live/body_reader.hpp"
#include "live/head_receipt.hpp"
#include "live/http2_connection.hpp"
#include "live/http2_preface.hpp"
#include "live/listener.hpp"
#include "live/socket_stream.hpp"
#include "live/unique_fd.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>

namespace lab::live {

struct PodServer::Site {
    PodPort port;
    SocketAddress address;
    std::unique_ptr<Listener> listener;
    UniqueFd closedPort; ///< Of one that refuses: bound, so that nobody else takes it.
    bool isGone = false;
    bool isDead = false;
};

namespace {

using Site = PodServer::Site;

constexpr Duration idleMax = std::chrono::seconds(75); // longer than the doors keep theirs
constexpr Duration pieceMax = std::chrono::seconds(60);

bool isHopField(std::string_view name)
{
    return std::equal(
        name.begin(), name.end(), hopField.begin(), hopField.end(), [](char a, char b) {
            return (a | 0x20) == (b | 0x20);
        });
}

boost::json::object headersOf(const http::RequestHead& head, std::string_view& hop)
{
    boost::json::object headers;
    for (const http::Field& field : head.fields.all()) {
        if (isHopField(field.name)) {
            hop = field.value;
            continue;
        }
        boost::json::value& values = headers[field.name];
        if (values.is_null()) {
            values = boost::json::array();
        }
        values.as_array().emplace_back(field.value);
    }
    return headers;
}

std::string echo(const http::RequestHead& head, const PodPort& pod, const SocketAddress& peer)
{
    std::string_view hop;
    boost::json::object headers = headersOf(head, hop);
    const std::size_t split = hop.find(';');
    boost::json::object answer;
    answer["path"] = head.target;
    answer["host"] = head.authority;
    answer["method"] = head.method;
    answer["proto"] = head.majorVersion == 2   ? "HTTP/2.0"
                      : head.minorVersion == 0 ? "HTTP/1.0"
                                               : "HTTP/1.1";
    answer["headers"] = std::move(headers);
    answer["namespace"] = pod.nameSpace;
    answer["ingress"] = split == std::string_view::npos ? "" : hop.substr(split + 1);
    answer["service"] = hop.substr(0, split);
    answer["pod"] = pod.pod;
    answer["port"] = pod.containerPort;
    answer["peer"] = peer.host();
    return boost::json::serialize(answer) + '\n';
}

bool hasFault(const PodPort& pod, PodFault::Kind kind)
{
    return pod.fault && pod.fault->kind == kind;
}

Duration latencyOf(const PodPort& pod)
{
    return hasFault(pod, PodFault::Kind::Delay) ? pod.latency + pod.fault->delay : pod.latency;
}

/// Reads the body and forgets it. \return false if it did not come whole
Task<bool> dropBody(Worker& worker, Stream& client, BodyReader& body)
{
    std::uint64_t bytes = 0;
    while (true) {
        const BodyReader::Piece piece = body.take();
        bytes += piece.data.size();
        if (piece.state == BodyReader::Piece::State::Done) {
            co_return true;
        }
        if (piece.state == BodyReader::Piece::State::Invalid ||
            bytes > PodServer::requestBodyBytesMax) {
            co_return false;
        }
        if (piece.state == BodyReader::Piece::State::NeedMore) {
            client.expireAt(worker.now() + pieceMax);
            const Io io = co_await client.read(body.space());
            if (!io.isDone()) {
                co_return false;
            }
            body.received(io.bytes);
        }
    }
}

bool isGrpc(const http::RequestHead& head)
{
    const http::Field* const type = head.fields.find("content-type");
    return head.majorVersion == 2 && type != nullptr && type->value.starts_with("application/grpc");
}

/// To any gRPC call: every message back as it comes, and "OK" in the trailers.
Task<bool> echoMessages(Worker& worker, const PodPort& pod, Stream& client, BodyReader& body)
{
    std::string out =
        "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nX-Lab-Pod: " + pod.nameSpace + '/' +
        pod.pod + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    const BodyFramer framer(http::BodyFraming::Chunked);
    bool isWhole = false;
    while (!isWhole) {
        const BodyReader::Piece piece = body.take();
        std::string_view suffix;
        Io io;
        isWhole = piece.state == BodyReader::Piece::State::Done;
        if (piece.state == BodyReader::Piece::State::Data) {
            framer.appendPrefix(out, piece.data.size());
            suffix = framer.suffix();
        } else if (isWhole) {
            framer.appendEnd(out, "grpc-status: 0\r\n");
        }
        client.expireAt(worker.now() + PodServer::messageIdleMax);
        io = co_await client.write(out, piece.data, suffix);
        out.clear();
        if (io.isDone() && piece.state == BodyReader::Piece::State::NeedMore) {
            io = co_await client.read(body.space());
            body.received(io.bytes);
        }
        if (!io.isDone() || piece.state == BodyReader::Piece::State::Invalid) {
            co_return false;
        }
    }
    co_return true;
}

/// One client of a pod, in either protocol.
struct PodClient {
    Worker& worker;
    const Site& pod;
    const SocketAddress& peer;
    Stream& stream;
    BufferPool::Lease buffer;
    http::RequestHead head;
};

/// Waits for the first bytes of a request, without a buffer. A pod that shuts down takes what is
/// there; whoever has just connected may still ask.
Task<bool> awaitRequest(PodClient& client, bool isFirst)
{
    if (client.buffer && !client.buffer->filled().empty()) {
        co_return true;
    }
    client.buffer.release();
    client.stream.expireAt(client.worker.now() + idleMax);
    bool isLastLook = client.pod.isGone && !isFirst;
    if (!isLastLook) {
        client.stream.setIdle(true);
        Io io = co_await client.stream.readable();
        client.stream.setIdle(false);
        if (isFirst && client.pod.isGone && io.state == Io::State::Expired) {
            client.stream.expireAt(client.worker.now() + pieceMax);
            io = co_await client.stream.readable();
        }
        isLastLook = client.pod.isGone && !isFirst;
        if (!io.isDone() && !isLastLook) {
            co_return false;
        }
    }
    client.buffer = client.worker.buffers().take();
    if (isLastLook) {
        const Io io = client.stream.tryRead(client.buffer->free());
        client.buffer->received(io.bytes);
        co_return io.isDone();
    }
    co_return true;
}

/// \return whether to answer now
Task<bool> takeItsTime(PodClient& client)
{
    const PodPort& pod = client.pod.port;
    if (hasFault(pod, PodFault::Kind::Hang)) {
        client.stream.expireAt(client.worker.now() + PodServer::hangMax);
        static_cast<void>(co_await client.stream.readable()); // until the other side gives up
        co_return false;
    }
    const Duration latency = latencyOf(pod);
    bool isAwake = true;
    if (latency > Duration::zero()) {
        isAwake = co_await client.worker.sleepUntil(client.worker.now() + latency);
    }
    co_return isAwake && !client.pod.isDead;
}

Task<bool> serveOne(PodClient& client)
{
    http::RequestHead& head = client.head;
    const HeadReceipt receipt =
        co_await receiveRequestHead(client.worker, client.stream, *client.buffer, head, pieceMax);
    std::string out;
    if (receipt.state == HeadReceipt::State::Refused) {
        http::appendOwnAnswer(out, receipt.error.status, {}, receipt.error.rule, true);
        static_cast<void>(co_await client.stream.write(out));
    }
    if (receipt.state != HeadReceipt::State::Complete) {
        co_return false;
    }
    const std::string body = echo(head, client.pod.port, client.peer);
    const bool isHead = head.method == "HEAD";
    const bool closes = !head.isKeepAlive || client.worker.isDraining() || client.pod.isGone;
    BodyReader reader(head.framing, head.contentLength, *client.buffer, receipt.headBytes);
    const PodPort& pod = client.pod.port;
    if (isGrpc(head) && !pod.fault) {
        co_return co_await echoMessages(client.worker, pod, client.stream, reader);
    }
    if (head.expectsContinue) {
        static_cast<void>(co_await client.stream.write("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    const bool isWhole = co_await dropBody(client.worker, client.stream, reader);
    bool isReady = isWhole;
    if (isWhole) {
        isReady = co_await takeItsTime(client);
    }
    if (!isReady) {
        co_return false;
    }
    const std::uint16_t status = hasFault(pod, PodFault::Kind::Status) ? pod.fault->status : 200;
    http::appendOwnAnswer(out, status, "Content-Type: application/json\r\n", body, closes, isHead);
    client.stream.expireAt(client.worker.now() + pieceMax);
    const Io io = co_await client.stream.write(out);
    client.buffer->dropFront(reader.endOffset());
    co_return io.isDone() && !closes;
}

Detached serveStream(Worker& worker,
                     std::shared_ptr<const Site> pod,
                     std::unique_ptr<Stream> stream,
                     SocketAddress peer,
                     std::optional<http::HeadError> error)
{
    const Worker::SessionMark mark(worker);
    PodClient client{worker, *pod, peer, *stream, worker.buffers().take(), {}};
    client.head.majorVersion = 2;
    if (error) {
        std::string out;
        http::appendOwnAnswer(out, error->status, {}, error->rule, true);
        static_cast<void>(co_await stream->write(out));
    } else {
        static_cast<void>(co_await serveOne(client));
    }
}

Task<> serveHttp2(Worker& worker,
                  std::shared_ptr<const Site> pod,
                  std::unique_ptr<SocketStream> socket,
                  SocketAddress peer,
                  std::string_view received)
{
    Http2Connection::Options options{pieceMax, idleMax, pieceMax, {}, {}};
    options.isLast = [pod] { return pod->isGone; };
    options.serve = [&worker, pod, peer](std::unique_ptr<Stream> stream,
                                         std::optional<http::HeadError> error) {
        serveStream(worker, pod, std::move(stream), peer, error);
    };
    const auto connection = Http2Connection::create(
        worker, std::move(socket), Http2Connection::Role::Server, std::move(options));
    co_await connection->run(received);
}

Detached serve(Worker& worker, std::shared_ptr<const Site> pod, int fd, SocketAddress peer)
{
    const Worker::SessionMark mark(worker);
    auto socket = std::make_unique<SocketStream>(worker.reactor(), worker.wheel(), fd);
    socket->belongTo(pod.get());
    PodClient client{worker, *pod, peer, *socket, {}, {}};
    bool goesOn = co_await awaitRequest(client, true);
    bool isHttp2 = false;
    if (goesOn) {
        const Io io = socket->tryRead(client.buffer->free());
        client.buffer->received(io.bytes);
        isHttp2 = co_await startsHttp2(*socket, *client.buffer);
    }
    if (isHttp2) {
        const std::string_view received = client.buffer->filled();
        co_await serveHttp2(worker, pod, std::move(socket), peer, received);
        co_return;
    }
    while (goesOn) {
        goesOn = co_await serveOne(client);
        if (goesOn) {
            goesOn = co_await awaitRequest(client, false);
        }
    }
}

} // namespace

PodServer::PodServer(Worker& worker)
    : worker_(worker)
{
}

PodServer::~PodServer() = default;

Result<PodServer::Handle> PodServer::add(const PodPort& pod)
{
    const auto any = socketAddress("127.0.0.1", 0);
    const auto site = std::make_shared<Site>(Site{pod, {}, nullptr, {}, false, false});
    const bool refuses =
        hasFault(pod, PodFault::Kind::Refuse) || hasFault(pod, PodFault::Kind::Kill);
    const Result<int> fd = refuses ? reservePort(*any) : listenOn(*any);
    if (!fd) {
        return fd.error();
    }
    site->address = localAddressOf(*fd);
    if (refuses) {
        site->closedPort = UniqueFd(*fd);
    } else {
        const std::weak_ptr<const Site> served = site; // the site holds its listener
        site->listener = std::make_unique<Listener>(
            worker_.reactor(), *fd, [this, served](int accepted, const SocketAddress& peer) {
                serve(worker_, served.lock(), accepted, peer);
            });
    }
    sites_.insert(site);
    return site;
}

void PodServer::change(const Handle& site, const PodPort& pod)
{
    site->port = pod;
}

void PodServer::retire(const Handle& site)
{
    site->isGone = true;
    worker_.reactor().tellGone({site.get()});
}

void PodServer::kill(const Handle& site)
{
    site->isGone = true;
    site->isDead = true;
    if (site->listener) {
        site->listener->close();
    }
    cut(site);
}

void PodServer::remove(const Handle& site)
{
    site->closedPort = UniqueFd();
    if (site->listener) {
        site->listener->finish();
    }
    sites_.erase(site);
}

void PodServer::cut(const Handle& site)
{
    worker_.reactor().cancelAllOf({site.get()});
}

const SocketAddress& PodServer::addressOf(const Handle& site)
{
    return site->address;
}

} // namespace lab::live
