#include "live/admin_server.hpp"

#include "http/serialize.hpp"
#include "live/head_receipt.hpp"
#include "routing/request_path.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <string>

namespace lab::live {
namespace {

constexpr Duration headTime = std::chrono::seconds(5);
constexpr Duration idleMax = std::chrono::seconds(60);
constexpr Duration bodyPieceMax = std::chrono::seconds(5);
constexpr std::string_view plainText = "text/plain; charset=utf-8";

/// Takes the same time wherever they differ.
bool isBearer(std::string_view credentials, std::string_view token)
{
    constexpr std::string_view scheme = "bearer ";
    const auto isSame = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    if (credentials.size() != scheme.size() + token.size() ||
        !std::equal(scheme.begin(), scheme.end(), credentials.begin(), isSame)) {
        return false;
    }
    return CRYPTO_memcmp(credentials.data() + scheme.size(), token.data(), token.size()) == 0;
}

} // namespace

bool isLoopbackHost(std::string_view hostField)
{
    std::string buffer;
    const std::string host(routing::normalisedHost(hostField, buffer));
    if (host == "localhost" || host == "[::1]") {
        return true;
    }
    const auto address = socketAddress(host, 0); // "127.example.com" is no address
    return address && host.find(':') == std::string::npos && address->isLoopback();
}

Result<SocketAddress> AdminServer::listen(const SocketAddress& address)
{
    const Result<int> fd = listenOn(address);
    if (!fd) {
        return fd.error();
    }
    const SocketAddress bound = localAddressOf(*fd);
    listener_ = std::make_unique<Listener>(
        worker_.reactor(), *fd, [this](int accepted, const SocketAddress&) { serve(accepted); });
    return bound;
}

Detached AdminServer::serve(int fd)
{
    const Worker::SessionMark mark(worker_);
    SocketStream client(worker_.reactor(), worker_.wheel(), fd);
    BufferPool::Lease buffer;
    bool goesOn = true;
    while (goesOn) {
        goesOn = co_await serveOne(client, buffer);
    }
}

/// Why it is not even read further.
std::optional<AdminAnswer> AdminServer::refusal(const http::RequestHead& head) const
{
    if (!isLoopbackHost(head.authority)) {
        return AdminAnswer{421,
                           std::string(plainText),
                           "the admin interface answers to loopback names only\n",
                           {}};
    }
    if (head.method == "GET" || head.method == "HEAD") {
        return std::nullopt;
    }
    if (token_.empty()) {
        return AdminAnswer{403,
                           std::string(plainText),
                           "the admin interface is read-only: it was started without a token\n",
                           {}};
    }
    const http::Field* const field = head.fields.find(http::FieldName::Authorization);
    if (field == nullptr || !isBearer(field->value, token_)) {
        return AdminAnswer{401,
                           std::string(plainText),
                           "writing needs `Authorization: Bearer` with the token\n",
                           "WWW-Authenticate: Bearer\r\n"};
    }
    return std::nullopt;
}

/// Reads the body, then lets it be dealt with.
Task<AdminAnswer>
AdminServer::write(Stream& client, const http::RequestHead& head, BodyReader& body)
{
    std::string text;
    bool isWhole = false;
    if (head.expectsContinue) {
        static_cast<void>(co_await client.write("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    while (!isWhole) {
        const BodyReader::Piece piece = body.take();
        text += piece.data;
        isWhole = piece.state == BodyReader::Piece::State::Done;
        if (text.size() > AdminRequest::bodyBytesMax) {
            co_return AdminAnswer{
                413, std::string(plainText), "the body is larger than 64 MiB\n", {}};
        }
        bool isGood = piece.state != BodyReader::Piece::State::Invalid;
        if (piece.state == BodyReader::Piece::State::NeedMore) {
            client.expireAt(worker_.now() + bodyPieceMax);
            const Io io = co_await client.read(body.space());
            isGood = io.isDone();
            body.received(io.bytes);
        }
        if (!isGood) {
            co_return AdminAnswer{400, std::string(plainText), "the body is not whole\n", {}};
        }
    }
    client.expireAt(worker_.now() + idleMax);
    co_return handler_({head.method, head.originForm, text});
}

Task<bool> AdminServer::serveOne(Stream& client, BufferPool::Lease& buffer)
{
    buffer.release();
    client.expireAt(worker_.now() + idleMax);
    client.setIdle(true);
    const Io ready = co_await client.readable();
    client.setIdle(false);
    if (!ready.isDone()) {
        co_return false;
    }
    buffer = worker_.buffers().take();
    http::RequestHead head;
    const HeadReceipt receipt =
        co_await receiveRequestHead(worker_, client, *buffer, head, headTime);
    if (receipt.state == HeadReceipt::State::Gone) {
        co_return false;
    }
    AdminAnswer answer;
    bool closes = true;
    const bool isWrite = head.method != "GET" && head.method != "HEAD";
    if (receipt.state == HeadReceipt::State::Refused) {
        answer = {receipt.error.status, std::string(plainText), receipt.error.rule, {}};
    } else if (auto refused = refusal(head)) {
        answer = std::move(*refused);
    } else if (isWrite) {
        BodyReader body(head.framing, head.contentLength, *buffer, receipt.headBytes);
        answer = co_await write(client, head, body);
    } else {
        answer = handler_({head.method, head.originForm, {}});
        closes = !head.isKeepAlive || head.framing != http::BodyFraming::None;
    }
    std::string out;
    http::appendOwnAnswer(out,
                          static_cast<std::uint16_t>(answer.status),
                          "Content-Type: " + answer.contentType + "\r\n" + answer.fields,
                          answer.body,
                          closes,
                          head.method == "HEAD");
    const Io io = co_await client.write(out);
    if (io.isDone() && isWrite) {
        co_await lingerThenClose(worker_, client, *buffer); // its body may be unread
    }
    co_return io.isDone() && !closes;
}

} // namespace lab::live
