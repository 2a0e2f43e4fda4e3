#include "live/socket_address.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

namespace lab::live {
namespace {

const sockaddr_in& v4(const SocketAddress& address)
{
    return reinterpret_cast<const sockaddr_in&>(address.storage);
}

const sockaddr_in6& v6(const SocketAddress& address)
{
    return reinterpret_cast<const sockaddr_in6&>(address.storage);
}

bool isV4(const SocketAddress& address)
{
    return address.storage.sin6_family == AF_INET;
}

Error cannotListen(const SocketAddress& address, int error)
{
    std::string message = "cannot listen on " + address.text() + ": " + std::strerror(error);
    if (error == EADDRINUSE) {
        message += "; end the program that holds it, or choose another with --port N "
                   "(--port 0 picks free ones)";
    } else if (error == EACCES) {
        message += "; ports below 1024 need root: choose another with --port N";
    } else if (error == EMFILE || error == ENFILE) {
        message += "; raise the limit of open files (ulimit -n)";
    }
    return {ErrorKind::Environment, message};
}

} // namespace

std::uint16_t SocketAddress::port() const
{
    return ntohs(isV4(*this) ? v4(*this).sin_port : v6(*this).sin6_port);
}

std::string SocketAddress::host() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = isV4(*this) ? static_cast<const void*>(&v4(*this).sin_addr)
                                    : static_cast<const void*>(&v6(*this).sin6_addr);
    ::inet_ntop(storage.sin6_family, bytes, text.data(), text.size());
    return text.data();
}

std::string SocketAddress::text() const
{
    const std::string number = ':' + std::to_string(port());
    return isV4(*this) ? host() + number : '[' + host() + ']' + number;
}

bool SocketAddress::isLoopback() const
{
    if (isV4(*this)) {
        return (ntohl(v4(*this).sin_addr.s_addr) >> 24U) == 127;
    }
    return IN6_IS_ADDR_LOOPBACK(&v6(*this).sin6_addr);
}

Result<SocketAddress> socketAddress(const std::string& host, std::uint16_t port)
{
    SocketAddress address;
    auto& asV4 = reinterpret_cast<sockaddr_in&>(address.storage);
    auto& asV6 = reinterpret_cast<sockaddr_in6&>(address.storage);
    if (::inet_pton(AF_INET, host.c_str(), &asV4.sin_addr) == 1) {
        asV4.sin_family = AF_INET;
        asV4.sin_port = htons(port);
        address.length = sizeof asV4;
        return address;
    }
    if (::inet_pton(AF_INET6, host.c_str(), &asV6.sin6_addr) == 1) {
        asV6.sin6_family = AF_INET6;
        asV6.sin6_port = htons(port);
        address.length = sizeof asV6;
        return address;
    }
    return Error(ErrorKind::Environment,
                 "'" + host + "' is no IP address; write one such as 127.0.0.1");
}

Result<SocketAddress> socketAddress(std::string_view hostAndPort)
{
    const std::size_t colon = hostAndPort.rfind(':');
    std::uint16_t port = 0;
    if (colon != std::string_view::npos) {
        const std::string_view digits = hostAndPort.substr(colon + 1);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size()) {
            std::string host(hostAndPort.substr(0, colon));
            if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
                host = host.substr(1, host.size() - 2);
            }
            return socketAddress(host == "localhost" ? "127.0.0.1" : host, port);
        }
    }
    return Error(ErrorKind::Environment,
                 "'" + std::string(hostAndPort) +
                     "' is no address; write one such as 127.0.0.1:3000");
}

Result<int> listenOn(const SocketAddress& address)
{
    constexpr int backlog = 1024;
    const int fd =
        ::socket(address.storage.sin6_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return cannotListen(address, errno);
    }
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd, address.get(), address.length) != 0 || ::listen(fd, backlog) != 0) {
        const int error = errno;
        ::close(fd);
        return cannotListen(address, error);
    }
    return fd;
}

Result<int> reservePort(const SocketAddress& address)
{
    const int fd = ::socket(address.storage.sin6_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ::bind(fd, address.get(), address.length) != 0) {
        const int error = errno;
        if (fd >= 0) {
            ::close(fd);
        }
        return cannotListen(address, error);
    }
    return fd;
}

int beginConnect(const SocketAddress& address, const SocketAddress* source)
{
    const int fd =
        ::socket(address.storage.sin6_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -errno;
    }
    if (source != nullptr && source->isLoopback() &&
        source->storage.sin6_family == address.storage.sin6_family) {
        SocketAddress anyPort = *source;
        (isV4(anyPort) ? reinterpret_cast<sockaddr_in&>(anyPort.storage).sin_port
                       : reinterpret_cast<sockaddr_in6&>(anyPort.storage).sin6_port) = 0;
        const int on = 1;
        ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        ::bind(fd, anyPort.get(), anyPort.length); // else from the default address
    }
    sendWithoutDelay(fd);
    if (::connect(fd, address.get(), address.length) != 0 && errno != EINPROGRESS) {
        const int error = errno;
        ::close(fd);
        return -error;
    }
    return fd;
}

SocketAddress localAddressOf(int fd)
{
    SocketAddress address;
    address.length = sizeof address.storage;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address.storage), &address.length);
    return address;
}

SocketAddress peerAddressOf(int fd)
{
    SocketAddress address;
    address.length = sizeof address.storage;
    ::getpeername(fd, reinterpret_cast<sockaddr*>(&address.storage), &address.length);
    return address;
}

void sendWithoutDelay(int fd)
{
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace lab::live
