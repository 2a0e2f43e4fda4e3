#include "live/load_origin.hpp"

#include "base/check.hpp"

#include <utility>

namespace lab::live {

LoadOrigin::LoadOrigin(const SocketAddress& address,
                       bool isTls,
                       std::string serverName,
                       std::size_t connectionsMax)
    : address_(address)
    , isTls_(isTls)
    , serverName_(std::move(serverName))
    , connectionsMax_(connectionsMax)
{
    check(connectionsMax > 0, "an origin may have a connection");
}

std::optional<LoadTurn> LoadOrigin::begin(const LoadItem& item)
{
    clientOf(item.client).line.push_back(item);
    ++waiting_;
    return waiting_ == 1 ? next() : std::nullopt; // first come, first served
}

std::optional<LoadTurn> LoadOrigin::next()
{
    if (waiting_ == 0) {
        return std::nullopt;
    }
    Client& head = headOfLine();
    if (auto connection = takeIdle(head)) {
        return takeTurn(head, std::move(connection));
    }
    if (open_ == connectionsMax_) {
        if (idleCount_ == 0) {
            return std::nullopt;
        }
        for (Client& client : clients_) {
            const bool mayGoFirst = head.open > 0 && !client.line.empty();
            if (auto connection = mayGoFirst ? takeIdle(client) : nullptr) {
                return takeTurn(client, std::move(connection));
            }
        }
        if (open_ == connectionsMax_) { // none of those idle had been closed by the server
            closeOldestIdle();
        }
    }
    reserve(head);
    return takeTurn(head, nullptr);
}

std::optional<LoadItem> LoadOrigin::takeOverdue(Instant intendedBy)
{
    if (waiting_ == 0) {
        return std::nullopt;
    }
    Client& head = headOfLine();
    if (head.line.front().intended > intendedBy) {
        return std::nullopt;
    }
    return takeTurn(head, nullptr).item;
}

void LoadOrigin::giveBack(std::shared_ptr<LoadConnection> connection)
{
    connection->stream.neverExpire();
    connection->idleOrder = ++idleOrder_;
    ++idleCount_;
    Client& client = clientOf(connection->client);
    client.idle.push_back(std::move(connection));
}

void LoadOrigin::release(std::uint32_t client)
{
    Client& owner = clientOf(client);
    check(owner.open > 0 && open_ > 0, "a connection ends once");
    --owner.open;
    --open_;
}

LoadOrigin::Client& LoadOrigin::clientOf(std::uint32_t index)
{
    while (clients_.size() <= index) {
        clients_.emplace_back();
    }
    return clients_[index];
}

LoadOrigin::Client& LoadOrigin::headOfLine()
{
    Client* head = nullptr;
    for (Client& client : clients_) {
        if (!client.line.empty() &&
            (head == nullptr || client.line.front().arrival < head->line.front().arrival)) {
            head = &client;
        }
    }
    check(head != nullptr, "who waits stands in a client's line");
    return *head;
}

std::shared_ptr<LoadConnection> LoadOrigin::takeIdle(Client& client)
{
    while (!client.idle.empty()) {
        auto connection = std::move(client.idle.back());
        client.idle.pop_back();
        --idleCount_;
        if (connection->stream.isQuiet()) {
            return connection;
        }
        release(connection->client);
    }
    return nullptr;
}

void LoadOrigin::reserve(Client& client)
{
    check(open_ < connectionsMax_, "no more connections than allowed");
    ++client.open;
    ++open_;
}

void LoadOrigin::closeOldestIdle()
{
    Client* oldest = nullptr;
    for (Client& client : clients_) {
        if (!client.idle.empty() && (oldest == nullptr || client.idle.front()->idleOrder <
                                                              oldest->idle.front()->idleOrder)) {
            oldest = &client;
        }
    }
    check(oldest != nullptr, "an idle connection belongs to a client");
    const auto connection = std::move(oldest->idle.front());
    oldest->idle.erase(oldest->idle.begin());
    --idleCount_;
    connection->stream.finishWriting();
    release(connection->client);
}

LoadTurn LoadOrigin::takeTurn(Client& client, std::shared_ptr<LoadConnection> connection)
{
    LoadTurn turn{client.line.front(), std::move(connection)};
    client.line.pop_front();
    --waiting_;
    return turn;
}

} // namespace lab::live
