#include "simulation/client_pool.hpp"

#include "base/check.hpp"

#include <algorithm>

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
        connections_[top].isIdle = false;
        if (now - connections_[top].idleSince <= idleMax_) {
            return Turn{top, false};
        }
        close(top);
        return take(client, now);
    }
    if (open_ == connectionsMax_ && !closesOldestIdle()) {
        return std::nullopt;
    }
    return Turn{open(client), true};
}

void ClientPool::giveBack(ConnectionId id, Instant now)
{
    Connection& connection = connections_[id];
    connection.idleSince = now;
    connection.isIdle = true;
    connection.below = tops_[connection.client];
    tops_[connection.client] = id;
    if (rests_.size() == rests_.capacity()) {
        forgetOldRests();
    }
    rests_.push_back({id, now});
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

bool ClientPool::isResting(const Rest& rest) const
{
    const Connection& connection = connections_[rest.connection];
    return connection.isIdle && connection.idleSince == rest.since;
}

/// Before more room is taken: at most as many are idle as are open.
void ClientPool::forgetOldRests()
{
    rests_.erase(rests_.begin(), rests_.begin() + static_cast<std::ptrdiff_t>(restFirst_));
    restFirst_ = 0;
    std::erase_if(rests_, [&](const Rest& rest) { return !isResting(rest); });
    constexpr std::size_t roomMin = 16;
    rests_.reserve(std::max(roomMin, 2 * rests_.size()));
}

/// It stands at the bottom of its client's stack. \return false if none is idle
bool ClientPool::closesOldestIdle()
{
    while (restFirst_ < rests_.size() && !isResting(rests_[restFirst_])) {
        ++restFirst_;
    }
    if (restFirst_ == rests_.size()) {
        return false;
    }
    const ConnectionId id = rests_[restFirst_++].connection;
    ConnectionId* link = &tops_[connections_[id].client];
    while (*link != id) {
        link = &connections_[*link].below;
    }
    *link = none;
    connections_[id].isIdle = false;
    close(id);
    return true;
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
