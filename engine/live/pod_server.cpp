#include "live/pod_server.hpp"

#include "http/serialize.hpp"
#include "live/body_reader.hpp"
#include "live/head_receipt.hpp"
#include "live/socket_stream.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>

namespace lab::live {
namespace {

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
    answer["proto"] = head.minorVersion == 0 ? "HTTP/1.0" : "HTTP/1.1";
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

Task<bool> serveOne(Worker& worker,
                    const PodPort& pod,
                    const SocketAddress& peer,
                    Stream& client,
                    BufferPool::Lease& buffer)
{
    if (!buffer || buffer->filled().empty()) {
        buffer.release();
        client.expireAt(worker.now() + idleMax);
        client.setIdle(true);
        const Io io = co_await client.readable();
        client.setIdle(false);
        if (!io.isDone()) {
            co_return false;
        }
        buffer = worker.buffers().take();
    }
    http::RequestHead head;
    const HeadReceipt receipt =
        co_await receiveRequestHead(worker, client, *buffer, head, pieceMax);
    std::string out;
    if (receipt.state == HeadReceipt::State::Refused) {
        http::appendOwnAnswer(out, receipt.error.status, {}, receipt.error.rule, true);
        static_cast<void>(co_await client.write(out));
    }
    if (receipt.state != HeadReceipt::State::Complete) {
        co_return false;
    }
    const std::string body = echo(head, pod, peer);
    const bool isHead = head.method == "HEAD";
    const bool closes = !head.isKeepAlive || worker.isDraining();
    BodyReader reader(head.framing, head.contentLength, *buffer, receipt.headBytes);
    if (head.expectsContinue) {
        static_cast<void>(co_await client.write("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    const bool isWhole = co_await dropBody(worker, client, reader);
    if (!isWhole) {
        co_return false;
    }
    if (hasFault(pod, PodFault::Kind::Hang)) {
        client.expireAt(worker.now() + PodServer::hangMax);
        static_cast<void>(co_await client.readable()); // until the other side gives up
        co_return false;
    }
    const Duration latency = latencyOf(pod);
    bool isAwake = true;
    if (latency > Duration::zero()) {
        isAwake = co_await worker.sleepUntil(worker.now() + latency);
    }
    if (!isAwake) {
        co_return false;
    }
    const std::uint16_t status = hasFault(pod, PodFault::Kind::Status) ? pod.fault->status : 200;
    http::appendOwnAnswer(out, status, "Content-Type: application/json\r\n", body, closes, isHead);
    client.expireAt(worker.now() + pieceMax);
    const Io io = co_await client.write(out);
    buffer->dropFront(reader.endOffset());
    co_return io.isDone() && !closes;
}

Detached serve(Worker& worker, const PodPort& pod, int fd, SocketAddress peer)
{
    const Worker::SessionMark mark(worker);
    SocketStream client(worker.reactor(), worker.wheel(), fd);
    BufferPool::Lease buffer;
    bool goesOn = true;
    while (goesOn) {
        goesOn = co_await serveOne(worker, pod, peer, client, buffer);
    }
}

} // namespace

Result<SocketAddress> PodServer::add(const PodPort& pod)
{
    const auto any = socketAddress("127.0.0.1", 0);
    if (hasFault(pod, PodFault::Kind::Refuse)) {
        const Result<int> closed = reservePort(any.value());
        if (!closed) {
            return closed.error();
        }
        closedPorts_.emplace_back(*closed);
        return localAddressOf(*closed);
    }
    const Result<int> fd = listenOn(any.value());
    if (!fd) {
        return fd.error();
    }
    pods_.push_back(std::make_unique<PodPort>(pod));
    const PodPort& own = *pods_.back();
    const SocketAddress address = localAddressOf(*fd);
    listeners_.push_back(std::make_unique<Listener>(
        worker_.reactor(), *fd, [this, &own](int accepted, const SocketAddress& peer) {
            serve(worker_, own, accepted, peer);
        }));
    return address;
}

} // namespace lab::live
