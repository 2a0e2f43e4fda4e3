#pragma once

#include "live/load_tls.hpp"
#include "live/socket_address.hpp"
#include "live/stream.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
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

    Stream stream;
    std::uint32_t client;
    bool isWriting = false; ///< A large body is still going out.
};

/// One request on its way: which arrival, and when.
struct LoadItem {
    std::size_t arrival = 0; ///< Index into the run's arrivals.
    Instant intended;        ///< Real time at which it should go out.
    Instant sent;            ///< Real time at which it was taken up.
    bool isIdealAdmitted = true;
};

/// Where one scheme, host and port are reached, with the connections to it: a browser's pool.
///
/// Connections belong to a client, since doors tell clients apart by address. All clients
/// together hold `connectionsMax`; whoever finds none free waits in line. One thread.
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

    /// The client's connection used last, or null. Those that the server has closed are dropped.
    [[nodiscard]] std::shared_ptr<LoadConnection> takeIdle(std::uint32_t client);

    /// May one more be opened?  At the limit, the idle one of another client is closed for it.
    /// Every success is followed by giveBack() or release() later.
    [[nodiscard]] bool reserve();

    void giveBack(std::shared_ptr<LoadConnection> connection);
    void release(); ///< The connection taken or reserved is gone.

    /// Requests that wait for a connection, in order. At most the arrivals of one slice.
    std::deque<LoadItem> waiting;
    /// The line is being served: by an exchange further up this call stack.
    bool isServingLine = false;

    [[nodiscard]] std::size_t openCount() const { return open_; }

private:
    SocketAddress address_;
    bool isTls_;
    std::string serverName_;
    std::size_t connectionsMax_;
    std::size_t open_ = 0; ///< Idle, in use, and being opened.
    std::unique_ptr<LoadSession> session_ = std::make_unique<LoadSession>();
    std::vector<std::shared_ptr<LoadConnection>> idle_; ///< The one used last is at the back.
};

} // namespace lab::live
