#include "live/load_exchange.hpp"

#include "http/head_parser.hpp"
#include "live/body_reader.hpp"

#include <cerrno>
#include <optional>

namespace lab::live {

using http::BodyFraming;
using measurement::Outcome;

namespace {

constexpr std::uint16_t switchingProtocols = 101;
constexpr std::uint16_t finalStatusMin = 200;

/// How it looks to a client when a read or write comes to nothing.
Outcome outcomeOf(Io io, Outcome otherwise)
{
    return io.state == Io::State::Expired ? Outcome::TimedOut : otherwise;
}

/// Errors of connect() and socket() that no door can be blamed for.
bool isMachineError(int error)
{
    return error == EMFILE || error == ENFILE || error == EADDRNOTAVAIL || error == ENOBUFS ||
           error == ENOMEM;
}

std::optional<SocketAddress> sourceOf(const SocketAddress& door, std::uint32_t client)
{
    if (!door.isLoopback() || door.storage.sin6_family != AF_INET) {
        return std::nullopt;
    }
    auto source = socketAddress("127.0.3." + std::to_string(1 + client), 0);
    return source.has_value() ? std::optional(*source) : std::nullopt;
}

/// Sends the rest of a large body while the answer is awaited elsewhere.
Detached writeBody(std::shared_ptr<LoadConnection> connection, std::uint64_t bytesLeft)
{
    connection->isWriting = true;
    while (bytesLeft > 0) {
        const std::string_view piece = bodyPiece(bytesLeft);
        const Io io = co_await connection->stream.write(piece);
        if (!io.isDone()) {
            co_return; // isWriting stays: the connection is of no further use
        }
        bytesLeft -= piece.size();
    }
    connection->isWriting = false;
}

/// What an answer's head says about what follows.
struct HeadFacts {
    std::size_t headBytes = 0;
    BodyFraming framing = BodyFraming::None;
    std::uint64_t contentLength = 0;
    bool isKeepAlive = false;
};

/// Reads up to the end of the final head. Nothing if it did not come: `answer` says why.
Task<std::optional<HeadFacts>> readHead(Stream& stream,
                                        Buffer& buffer,
                                        std::string_view method,
                                        http::ResponseHead& scratch,
                                        LoadAnswer& answer)
{
    using State = http::HeadResult::State;
    while (true) {
        auto result = parseResponseHead(buffer.filled(), method, scratch);
        while (result.state == State::Complete && scratch.status < finalStatusMin &&
               scratch.status != switchingProtocols) {
            buffer.dropFront(result.headBytes);
            result = parseResponseHead(buffer.filled(), method, scratch);
        }
        if (result.state == State::Complete && scratch.status != switchingProtocols) {
            answer.status = scratch.status;
            co_return HeadFacts{
                result.headBytes, scratch.framing, scratch.contentLength, scratch.isKeepAlive};
        }
        if (result.state != State::Incomplete || buffer.isFull()) {
            co_return std::nullopt;
        }
        const Io io = co_await stream.read(buffer.free());
        if (!io.isDone()) {
            answer.outcome = outcomeOf(io, Outcome::Broken);
            co_return std::nullopt;
        }
        buffer.received(io.bytes);
        answer.bytes += io.bytes;
    }
}

/// Reads the body and forgets it. \return whether it came to its end
Task<bool> readBody(Stream& stream, BodyReader& body, LoadAnswer& answer)
{
    using State = BodyReader::Piece::State;
    while (true) {
        const BodyReader::Piece piece = body.take();
        if (piece.state == State::Done) {
            co_return true;
        }
        if (piece.state == State::Invalid) {
            co_return false;
        }
        if (piece.state == State::Data) {
            continue;
        }
        const Io io = co_await stream.read(body.space());
        if (io.isDone()) {
            body.received(io.bytes);
            answer.bytes += io.bytes;
        } else if (io.state != Io::State::End || !body.ended()) {
            answer.outcome = outcomeOf(io, Outcome::Broken);
            co_return false;
        }
    }
}

Task<LoadAnswer> readAnswer(Worker& worker,
                            LoadConnection& connection,
                            std::string_view method,
                            http::ResponseHead& scratch)
{
    LoadAnswer answer;
    Stream& stream = connection.stream;
    const Io io = co_await stream.readable(); // no buffer is held while a slow door thinks
    if (!io.isDone()) {
        answer.outcome = outcomeOf(io, Outcome::Broken);
        co_return answer;
    }
    const BufferPool::Lease buffer = worker.buffers().take();
    const auto head = co_await readHead(stream, *buffer, method, scratch, answer);
    if (!head) {
        co_return answer;
    }
    BodyReader body(head->framing, head->contentLength, *buffer, head->headBytes);
    const bool isComplete = co_await readBody(stream, body, answer);
    if (isComplete) {
        answer.outcome = Outcome::Answered;
        answer.isReusable = head->isKeepAlive && head->framing != BodyFraming::UntilClose &&
                            body.endOffset() == buffer->filled().size();
    }
    co_return answer;
}

} // namespace

Task<LoadOpening> openConnection(
    Worker& worker, const LoadTls& tls, LoadOrigin& origin, std::uint32_t client, Instant deadline)
{
    const auto source = sourceOf(origin.address(), client);
    const int fd = beginConnect(origin.address(), source ? &*source : nullptr);
    if (fd < 0) {
        co_return LoadOpening{nullptr, Outcome::NotConnected, isMachineError(-fd) ? -fd : 0};
    }
    auto connection =
        std::make_shared<LoadConnection>(worker.reactor(), worker.wheel(), fd, client);
    SocketStream& stream = connection->stream;
    stream.expireAt(deadline);
    const Io connected = co_await stream.connected();
    if (!connected.isDone()) {
        co_return LoadOpening{nullptr, outcomeOf(connected, Outcome::NotConnected), 0};
    }
    if (origin.isTls()) {
        stream.secure(tls.connect(origin.serverName(), origin.session()));
        const Io shaken = co_await stream.handshake();
        if (!shaken.isDone()) {
            co_return LoadOpening{nullptr, outcomeOf(shaken, Outcome::TlsFailed), 0};
        }
    }
    co_return LoadOpening{std::move(connection), Outcome::Answered, 0};
}

Task<LoadAnswer> exchange(Worker& worker,
                          std::shared_ptr<LoadConnection> connection,
                          const LoadRequest& request,
                          const LoadRequestId& id,
                          http::ResponseHead& scratch)
{
    const std::string_view inlineBody =
        request.hasInlineBody() ? bodyPiece(request.bodyBytes) : std::string_view();
    const Io written =
        co_await connection->stream.write(request.headStart, id.endOfHead(), inlineBody);
    if (!written.isDone()) {
        LoadAnswer none;
        none.outcome = outcomeOf(written, Outcome::Broken);
        co_return none;
    }
    if (!request.hasInlineBody()) {
        writeBody(connection, request.bodyBytes);
    }
    LoadAnswer answer = co_await readAnswer(worker, *connection, request.method, scratch);
    answer.isReusable = answer.isReusable && !connection->isWriting;
    if (connection->isWriting) {
        connection->stream.cancel(); // the door has answered before the end: the writer lets go
    }
    co_return answer;
}

} // namespace lab::live
