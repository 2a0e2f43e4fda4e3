#include "live/http2_pods.hpp"

namespace lab::live {
namespace {

Detached run(std::shared_ptr<Http2Connection> connection)
{
    co_await connection->run();
}

} // namespace

Http2Pods::~Http2Pods()
{
    for (const auto& ofEndpoint : connections_) {
        for (const auto& connection : ofEndpoint) {
            connection->finish();
        }
    }
}

std::unique_ptr<Stream> Http2Pods::open(EndpointId endpoint)
{
    for (const auto& connection : connections_[endpoint.index()]) {
        if (connection->canOpen()) {
            return connection->open();
        }
    }
    return nullptr;
}

std::unique_ptr<Stream> Http2Pods::open(EndpointId endpoint, std::unique_ptr<SocketStream> socket)
{
    auto connection = Http2Connection::create(worker_,
                                              std::move(socket),
                                              Http2Connection::Role::Client,
                                              {idleTimeMax, idleTimeMax, writeTimeMax, {}, {}});
    connections_[endpoint.index()].push_back(connection);
    std::unique_ptr<Stream> stream = connection->open();
    run(std::move(connection));
    return stream;
}

void Http2Pods::sweep()
{
    for (auto& ofEndpoint : connections_) {
        std::erase_if(ofEndpoint, [](const auto& connection) { return connection->isOver(); });
    }
}

} // namespace lab::live
