#include "live/health_check_session.hpp"

#include "http/serialize.hpp"
#include "live/head_receipt.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"

#include <string>
#include <utility>

namespace lab::live {
namespace {

std::string healthBody(const std::string& service, std::size_t endpoints)
{
    const std::size_t slash = service.find('/');
    return "{\n\t\"service\": {\n\t\t\"namespace\": \"" + service.substr(0, slash) +
           "\",\n\t\t\"name\": \"" + service.substr(slash + 1) +
           "\"\n\t},\n\t\"localEndpoints\": " + std::to_string(endpoints) +
           ",\n\t\"serviceProxyHealthy\": true\n}\n";
}

std::string healthAnswer(DoorContext& door, bool isHead)
{
    const std::size_t endpoints = door.l4Door().localEndpoints(door.node);
    const std::string fields = "Content-Type: application/json\r\n"
                               "X-Content-Type-Options: nosniff\r\n"
                               "X-Load-Balancing-Endpoint-Weight: " +
                               std::to_string(endpoints) + "\r\n";
    std::string out;
    http::appendOwnAnswer(out,
                          endpoints > 0 ? 200 : 503,
                          fields,
                          healthBody(door.door().service, endpoints),
                          true,
                          isHead);
    return out;
}

Detached serve(std::shared_ptr<DoorContext> held, int fd)
{
    DoorContext& door = *held;
    const Worker::SessionMark mark(door.worker);
    SocketStream client(door.worker.reactor(), door.worker.wheel(), fd);
    door.tally().connectionsAccepted.add();
    BufferPool::Lease buffer = door.worker.buffers().take();
    http::RequestHead head;
    const HeadReceipt receipt =
        co_await receiveRequestHead(door.worker, client, *buffer, head, door.options.timeouts.head);
    std::string out;
    if (receipt.state == HeadReceipt::State::Complete) {
        out = healthAnswer(door, head.method == "HEAD");
    } else if (receipt.state == HeadReceipt::State::Refused) {
        http::appendOwnAnswer(out, receipt.error.status, {}, receipt.error.rule, true);
    }
    if (!out.empty()) {
        client.expireAt(door.worker.now() + door.options.timeouts.write);
        static_cast<void>(co_await client.write(out));
        co_await lingerThenClose(door.worker, client, *buffer);
    }
    door.tally().connectionsClosed.add();
}

} // namespace

void serveHealthCheck(std::shared_ptr<DoorContext> door, int fd)
{
    serve(std::move(door), fd);
}

} // namespace lab::live
