#include "simulation/client_pool.hpp"

#include "base/check.hpp"

namespace lab::simulation {

ClientPool::ClientPool(std::size_t connectionsMax, Duration idleMax)
    : connectionsMax_(connectionsMax)
    , idleMax_(idleMax)
{
    check(connectionsMax > 0, "a pool may have a connection");
}

std::optional<ClientPool::Turn> ClientPool::take(std::uint32_t client, Instant now)
{
    if (tops_.size() <= client) {
        tops_.resize(client + 1, none);
    }
    const ConnectionId top = tops_[client];
    if (top != none) {
        tops_[client] = connections_[top].below;
        unlinkIdle(top);
        if (now - connections_[top].idleSince <= idleMax_) {
            return Turn{top, false};
        }
        close(top);
        return take(client, now);
    }
    if (open_ == connectionsMax_) {
        if (oldest_ == none) {
            return std::nullopt;
        }
        closeOldestIdle();
    }
    return Turn{open(client), true};
}

void ClientPool::giveBack(ConnectionId id, Instant now)
{
    Connection& connection = connections_[id];
    connection.idleSince = now;
    connection.below = tops_[connection.client];
    tops_[connection.client] = id;
    connection.older = newest_;
    connection.newer = none;
    (newest_ == none ? oldest_ : connections_[newest_].newer) = id;
    newest_ = id;
}

void ClientPool::close(ConnectionId id)
{
    connections_[id].below = free_;
    free_ = id;
    check(open_ > 0, "a connection ends once");
    --open_;
}

ClientPool::ConnectionId ClientPool::open(std::uint32_t client)
{
    ConnectionId id = free_;
    if (id == none) {
        id = static_cast<ConnectionId>(connections_.size());
        connections_.emplace_back();
    } else {
        free_ = connections_[id].below;
    }
    connections_[id] = {};
    connections_[id].client = client;
    ++open_;
    return id;
}

void ClientPool::unlinkIdle(ConnectionId id)
{
    const Connection& connection = connections_[id];
    (connection.older == none ? oldest_ : connections_[connection.older].newer) = connection.newer;
    (connection.newer == none ? newest_ : connections_[connection.newer].older) = connection.older;
}

/// It stands at the bottom of its client's stack.
void ClientPool::closeOldestIdle()
{
    const ConnectionId id = oldest_;
    ConnectionId* link = &tops_[connections_[id].client];
    while (*link != id) {
        link = &connections_[*link].below;
    }
    *link = none;
    unlinkIdle(id);
    close(id);
}

void ClientPool::leaveLine()
{
    constexpr std::size_t keptMax = 1024;
    ++lineFirst_;
    if (lineFirst_ == line_.size()) {
        line_.clear();
        lineFirst_ = 0;
    } else if (lineFirst_ > keptMax && 2 * lineFirst_ > line_.size()) {
        line_.erase(line_.begin(), line_.begin() + static_cast<std::ptrdiff_t>(lineFirst_));
        lineFirst_ = 0;
    }
}

} // namespace lab::simulation
