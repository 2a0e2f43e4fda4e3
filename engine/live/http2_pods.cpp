#include "live/http2_pods.hpp"

#include <algorithm>

namespace lab::live {
namespace {

Detached run(std::shared_ptr<Http2Connection> connection)
{
    co_await connection->run();
}

} // namespace

Http2Pods::~Http2Pods()
{
    openOnly({});
}

void Http2Pods::finish(Connections& connections)
{
    for (const auto& connection : connections) {
        connection->finish();
    }
    connections.clear();
}

void Http2Pods::openOnly(const std::vector<bool>& isOpen)
{
    connections_.resize(std::max(connections_.size(), isOpen.size()));
    isOpen_ = isOpen;
    isOpen_.resize(connections_.size());
    for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (!isOpen_[i]) {
            finish(connections_[i]);
        }
    }
}

std::unique_ptr<Stream> Http2Pods::open(AddressId address)
{
    for (const auto& connection : connections_[address.index()]) {
        if (connection->canOpen()) {
            return connection->open();
        }
    }
    return nullptr;
}

std::unique_ptr<Stream> Http2Pods::open(AddressId address, std::unique_ptr<SocketStream> socket)
{
    auto connection = Http2Connection::create(worker_,
                                              std::move(socket),
                                              Http2Connection::Role::Client,
                                              {idleTimeMax, idleTimeMax, writeTimeMax, {}, {}});
    connections_[address.index()].push_back(connection);
    std::unique_ptr<Stream> stream = connection->open();
    run(std::move(connection));
    if (!isOpen_[address.index()]) {
        finish(connections_[address.index()]);
    }
    return stream;
}

void Http2Pods::sweep()
{
    for (auto& ofAddress : connections_) {
        std::erase_if(ofAddress, [](const auto& connection) { return connection->isOver(); });
    }
}

} // namespace lab::live
