#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <netinet/in.h>
#include <string>
#include <string_view>

namespace lab::live {

/// An IPv4 or IPv6 address with a port, as sockets want it.
struct SocketAddress {
    sockaddr_in6 storage{}; ///< The larger of the two kinds: look at its family first.
    socklen_t length = 0;

    [[nodiscard]] const sockaddr* get() const
    {
        return reinterpret_cast<const sockaddr*>(&storage);
    }
    [[nodiscard]] std::uint16_t port() const;
    /// Without the port: "127.0.0.1", "::1".
    [[nodiscard]] std::string host() const;
    /// "127.0.0.1:80", "[::1]:80"
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool isLoopback() const;
};

/// From an address without names ("127.0.0.1", "::1") and a port.
[[nodiscard]] Result<SocketAddress> socketAddress(const std::string& host, std::uint16_t port);

/// From "127.0.0.1:3000", "[::1]:3000" or "localhost:3000".
[[nodiscard]] Result<SocketAddress> socketAddress(std::string_view hostAndPort);

/// A non-blocking listening socket. Port 0 picks a free one; read it back with addressOf().
/// Fails with the address and what to do when it is taken.
[[nodiscard]] Result<int> listenOn(const SocketAddress& address);

/// A bound socket that does not listen: who connects to it is refused, and nobody else gets its
/// port.
[[nodiscard]] Result<int> reservePort(const SocketAddress& address);

/// A non-blocking socket that is connecting, or an errno (negative).
/// \param source  bound to before connecting where it is a loopback address; else not looked at
[[nodiscard]] int beginConnect(const SocketAddress& address, const SocketAddress* source = nullptr);

[[nodiscard]] SocketAddress localAddressOf(int fd);
[[nodiscard]] SocketAddress peerAddressOf(int fd);

/// Data goes out at once (TCP_NODELAY).
void sendWithoutDelay(int fd);

} // namespace lab::live
