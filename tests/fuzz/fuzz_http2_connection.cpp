#include "base/check.hpp"
#include "http/head_parser.hpp"
#include "live/body_reader.hpp"
#include "live/http2_connection.hpp"
#include "live/http2_preface.hpp"
#include "support/live_loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <utility>

using namespace lab::live;
using lab::http::HeadResult;
using lab::test::LiveLoop;

namespace {

constexpr lab::Duration hour = std::chrono::hours(1); // no deadline decides anything here

/// The input's first byte: how the rest is to be taken.
enum Mode : std::uint8_t {
    Pod = 1U << 0U,       ///< We are the client, and the bytes are a pod's.
    Raw = 1U << 1U,       ///< Bytes as they are; else short descriptions of frames.
    Slowly = 1U << 2U,    ///< Byte by byte.
    Unread = 1U << 3U,    ///< Nobody reads what we answer, until the end.
    BigAnswer = 1U << 4U, ///< More than a flow-control window holds.
    Finish = 1U << 5U,    ///< We end the connection before its peer does.
};

void appendFrameHead(std::string& out, std::size_t length, const std::uint8_t* described)
{
    out += static_cast<char>(length >> 16U);
    out += static_cast<char>(length >> 8U & 0xffU);
    out += static_cast<char>(length & 0xffU);
    out += static_cast<char>(described[0] % 12U); // type, a few unknown ones too
    out += static_cast<char>(described[1]);       // flags
    out.append(3, '\0');
    out += static_cast<char>(described[2]); // stream
}

/// Frames as described: type, flags, stream, length, and so many bytes of payload.
std::string framesOf(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t described = 4;
    std::string out;
    while (size >= described) {
        const std::size_t length = std::min<std::size_t>(data[3], size - described);
        appendFrameHead(out, length, data);
        out.append(reinterpret_cast<const char*>(data) + described, length);
        data += described + length;
        size -= described + length;
    }
    return out;
}

Task<bool>
readHead(Stream& stream, Buffer& buffer, lab::http::RequestHead& head, std::size_t& headBytes)
{
    while (true) {
        const HeadResult result = lab::http::parseRequestHead(buffer.filled(), head);
        if (result.state != HeadResult::State::Incomplete) {
            headBytes = result.headBytes;
            co_return result.state == HeadResult::State::Complete;
        }
        lab::check(!buffer.isFull(), "a head fits");
        const Io io = co_await stream.read(buffer.free());
        if (!io.isDone()) {
            co_return false;
        }
        buffer.received(io.bytes);
    }
}

Task<> readBody(Stream& stream, BodyReader& body)
{
    while (true) {
        const BodyReader::Piece piece = body.take();
        lab::check(piece.state != BodyReader::Piece::State::Invalid, "our chunks are in order");
        if (piece.state == BodyReader::Piece::State::Done) {
            co_return;
        }
        if (piece.state == BodyReader::Piece::State::NeedMore) {
            const Io io = co_await stream.read(body.space());
            if (!io.isDone()) {
                co_return;
            }
            body.received(io.bytes);
        }
    }
}

/// A session of one request: reads it, and answers.
Detached answer(Worker& worker, std::unique_ptr<Stream> stream, bool isRefused, std::uint8_t mode)
{
    const Worker::SessionMark mark(worker);
    const BufferPool::Lease buffer = worker.buffers().take();
    lab::http::RequestHead head;
    std::size_t headBytes = 0;
    bool isWhole = false; // step by step: see Task
    if (!isRefused) {
        isWhole = co_await readHead(*stream, *buffer, head, headBytes);
    }
    if (isWhole) {
        BodyReader body(head.framing, head.contentLength, *buffer, headBytes);
        co_await readBody(*stream, body);
    }
    const std::size_t bytes = (mode & BigAnswer) != 0 ? 100'000 : 2;
    const std::string text = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) +
                             "\r\n\r\n" + std::string(bytes, 'a');
    static_cast<void>(co_await stream->write(text));
}

/// The final head of an answer, past interim ones.
Task<bool> readAnswerHead(Stream& stream, Buffer& buffer, lab::http::ResponseHead& head)
{
    while (true) {
        const HeadResult result = lab::http::parseResponseHead(buffer.filled(), "POST", head);
        if (result.state == HeadResult::State::Invalid) {
            co_return false;
        }
        if (result.state == HeadResult::State::Complete && head.status >= 200) {
            co_return true;
        }
        if (result.state == HeadResult::State::Complete) {
            buffer.dropFront(result.headBytes);
            continue;
        }
        const Io io = co_await stream.read(buffer.free());
        if (!io.isDone()) {
            co_return false;
        }
        buffer.received(io.bytes);
    }
}

/// A request to a pod that answers with the input.
Detached ask(Worker& worker, std::unique_ptr<Stream> stream)
{
    const Worker::SessionMark mark(worker);
    const std::string_view request = "POST / HTTP/1.1\r\nHost: pod\r\nContent-Length: 3\r\n\r\nabc";
    const Io sent = co_await stream->write(request);
    const BufferPool::Lease buffer = worker.buffers().take();
    lab::http::ResponseHead head;
    bool isWhole = false; // step by step: see Task
    if (sent.isDone()) {
        isWhole = co_await readAnswerHead(*stream, *buffer, head);
    }
    if (isWhole) {
        const std::size_t headBytes =
            lab::http::parseResponseHead(buffer->filled(), "POST", head).headBytes;
        BodyReader body(head.framing, head.contentLength, *buffer, headBytes);
        co_await readBody(*stream, body);
    }
}

Detached run(Worker& worker, std::shared_ptr<Http2Connection> connection, bool& isOver)
{
    const Worker::SessionMark mark(worker);
    co_await connection->run();
    isOver = true;
}

/// Deals with everything that is ready now. A connection that keeps itself busy never is done.
void turn(LiveLoop& loop)
{
    constexpr int handlersMax = 1000;
    int handlers = 0;
    while (loop.worker.context().poll_one() > 0) {
        lab::check(++handlers < handlersMax, "the loop comes to rest");
    }
}

/// The far end of the connection.
class Peer {
public:
    explicit Peer(int fd)
        : fd_(fd)
    {
    }
    bool write(std::string_view bytes, LiveLoop& loop, bool isRead)
    {
        while (!bytes.empty()) {
            const ssize_t sent =
                ::send(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN) {
                return false;
            }
            bytes.remove_prefix(sent < 0 ? 0 : static_cast<std::size_t>(sent));
            turn(loop);
            if (isRead) {
                read();
            }
        }
        return true;
    }
    void read()
    {
        std::array<char, 16 * 1024> bytes; // filled by the kernel
        while (::recv(fd_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
        }
    }
    void close() { fd_ = UniqueFd(); }

private:
    UniqueFd fd_;
};

LiveLoop& loop()
{
    static LiveLoop loop;
    return loop;
}

/// A connection on that descriptor, which lives by itself.
std::weak_ptr<Http2Connection> startConnection(int fd, std::uint8_t mode, bool& isOver)
{
    Worker& worker = loop().worker;
    Http2Connection::Options options{hour, hour, hour, {}, {}};
    options.serve = [mode](std::unique_ptr<Stream> stream,
                           std::optional<lab::http::HeadError> error) {
        answer(loop().worker, std::move(stream), error.has_value(), mode);
    };
    const bool isClient = (mode & Pod) != 0;
    const auto connection = Http2Connection::create(
        worker,
        std::make_unique<SocketStream>(worker.reactor(), worker.wheel(), fd),
        isClient ? Http2Connection::Role::Client : Http2Connection::Role::Server,
        std::move(options));
    run(worker, connection, isOver);
    for (int i = 0; isClient && i < 2; ++i) {
        ask(worker, connection->open());
    }
    return connection;
}

std::string bytesOf(std::uint8_t mode, const std::uint8_t* data, std::size_t size)
{
    if ((mode & Raw) != 0) {
        return {reinterpret_cast<const char*>(data), size};
    }
    return std::string((mode & Pod) != 0 ? "" : http2Preface) + framesOf(data, size);
}

} // namespace

/// Whatever a peer sends, in either role: nothing breaks, every message that a session sees is
/// whole and in order, and when the peer has gone nobody is left.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const std::uint8_t mode = data[0];
    std::array<int, 2> ends{};
    const int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    lab::check(::socketpair(AF_UNIX, type, 0, ends.data()) == 0, "there are sockets");
    Peer peer(ends[1]);
    bool isOver = false;
    const auto connection = startConnection(ends[0], mode, isOver);
    const std::string bytes = bytesOf(mode, data + 1, size - 1);
    const std::size_t pieceBytes = (mode & Slowly) != 0 ? 1 : 4096;
    bool goesOn = true;
    for (std::size_t at = 0; goesOn && at < bytes.size(); at += pieceBytes) {
        const std::string_view piece = std::string_view(bytes).substr(at, pieceBytes);
        goesOn = peer.write(piece, loop(), (mode & Unread) == 0);
    }
    const auto held = (mode & Finish) != 0 ? connection.lock() : nullptr;
    if (held) {
        held->finish();
        turn(loop());
    }
    peer.read();
    turn(loop());
    peer.close();
    const bool isAlone =
        loop().turnUntil([&] { return isOver && loop().worker.sessionCount() == 0; });
    lab::check(isAlone, "when the peer has gone, nobody is left");
    return 0;
}
