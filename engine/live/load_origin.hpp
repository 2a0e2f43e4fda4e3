#pragma once

#include "live/load_tls.hpp"
#include "live/socket_address.hpp"
#include "live/socket_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab::live {

/// A client's connection, and what one must know before it is used again.
struct LoadConnection {
    LoadConnection(Reactor& reactor, DeadlineWheel& wheel, int fd, std::uint32_t ofClient)
        : stream(reactor, wheel, fd)
        , client(ofClient)
    {
    }

    SocketStream stream;
    std::uint32_t client;
    bool isWriting = false;      ///< A large body is still going out.
    std::uint64_t idleOrder = 0; ///< When it became idle, among the others.
};

/// One request on its way: which arrival, and when.
struct LoadItem {
    std::size_t arrival = 0; ///< Index into the run's arrivals.
    std::uint32_t client = 0;
    Instant intended; ///< Real time at which it should go out.
    Instant sent;     ///< Real time at which it was taken up.
    bool isIdealAdmitted = true;
};

/// A request whose turn has come, with a connection of its client or the right to open one.
struct LoadTurn {
    LoadItem item;
    std::shared_ptr<LoadConnection> connection; ///< Null: open one.
};

/// Where one scheme, host and port are reached, with the connections to it: a browser's pool.
///
/// Connections belong to a client, since doors tell clients apart by address; the one used last
/// is used first. All clients together hold `connectionsMax`; whoever finds none waits in line, at
/// most all arrivals of a slice. A connection that comes free serves its own client's line, so
/// that an overload does not turn into a storm of new connections; but who has none at all, and
/// is at the head of the line, gets its place. One thread.
class LoadOrigin {
public:
    LoadOrigin(const SocketAddress& address,
               bool isTls,
               std::string serverName,
               std::size_t connectionsMax);

    [[nodiscard]] const SocketAddress& address() const { return address_; }
    [[nodiscard]] bool isTls() const { return isTls_; }
    [[nodiscard]] const std::string& serverName() const { return serverName_; }
    [[nodiscard]] LoadSession& session() { return *session_; }

    /// The request's turn, if it has come already; else it is put in line.
    /// Every turn ends with giveBack() or release().
    [[nodiscard]] std::optional<LoadTurn> begin(const LoadItem& item);
    /// The next turn of somebody in line.
    [[nodiscard]] std::optional<LoadTurn> next();
    /// Takes the one at the head of the line out of it, if it was meant to go out by that time.
    [[nodiscard]] std::optional<LoadItem> takeOverdue(Instant intendedBy);

    void giveBack(std::shared_ptr<LoadConnection> connection);
    void release(std::uint32_t client); ///< The connection of that turn is gone, or never was.

    [[nodiscard]] std::size_t openCount() const { return open_; }
    [[nodiscard]] std::size_t waitingCount() const { return waiting_; }

    /// The line is being served, further up this call stack.
    bool isServingLine = false;

private:
    struct Client {
        std::size_t open = 0;                              ///< Idle, in use, and being opened.
        std::vector<std::shared_ptr<LoadConnection>> idle; ///< The one used last is at the back.
        std::deque<LoadItem> line;
    };

    [[nodiscard]] Client& clientOf(std::uint32_t index);
    /// The client whose first request in line is the oldest of all. \pre somebody waits
    [[nodiscard]] Client& headOfLine();
    /// The last used of the client's connections that the server has not closed, or null.
    [[nodiscard]] std::shared_ptr<LoadConnection> takeIdle(Client& client);
    void reserve(Client& client);
    void closeOldestIdle();
    [[nodiscard]] LoadTurn takeTurn(Client& client, std::shared_ptr<LoadConnection> connection);

    SocketAddress address_;
    bool isTls_;
    std::string serverName_;
    std::size_t connectionsMax_;
    std::size_t open_ = 0;
    std::size_t idleCount_ = 0;
    std::size_t waiting_ = 0;
    std::uint64_t idleOrder_ = 0;
    std::unique_ptr<LoadSession> session_ = std::make_unique<LoadSession>();
    std::deque<Client> clients_;
};

} // namespace lab::live
