#include "live/admin_server.hpp"

#include "http/serialize.hpp"
#include "live/head_receipt.hpp"
#include "routing/request_path.hpp"

#include <string>

namespace lab::live {
namespace {

constexpr Duration headTime = std::chrono::seconds(5);
constexpr Duration idleMax = std::chrono::seconds(60);

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
    if (receipt.state == HeadReceipt::State::Refused) {
        answer = {receipt.error.status, "text/plain; charset=utf-8", receipt.error.rule};
    } else if (!isLoopbackHost(head.authority)) {
        answer.status = 421;
        answer.body = "the admin interface answers to loopback names only\n";
    } else if (head.method != "GET" && head.method != "HEAD") {
        answer.status = 405;
        answer.body = "the admin interface is read-only\n";
    } else {
        answer = handler_(head.method, head.originForm);
        closes = !head.isKeepAlive || head.framing != http::BodyFraming::None;
    }
    std::string out;
    http::appendOwnAnswer(out,
                          static_cast<std::uint16_t>(answer.status),
                          "Content-Type: " + answer.contentType + "\r\n",
                          answer.body,
                          closes,
                          head.method == "HEAD");
    const Io io = co_await client.write(out);
    co_return io.isDone() && !closes;
}

} // namespace lab::live
