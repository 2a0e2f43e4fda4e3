#pragma once

#include "support/raw_socket.hpp"

#include <fcntl.h>

namespace lab::test {

/// A TCP connection over loopback: `fd` for what is tested (non-blocking), `peer` for the test.
struct SocketPair {
    explicit SocketPair(int bufferBytes = 0)
    {
        const RawListener listener;
        if (bufferBytes > 0) { // before the connection, so that its window is as small
            live::UniqueFd small(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            setBuffers(small.get(), bufferBytes);
            const auto target = *live::socketAddress(std::string_view(listener.address()));
            ::connect(small.get(), target.get(), target.length);
            ::fcntl(small.get(), F_SETFL, O_NONBLOCK);
            peer = RawSocket(small.release());
        } else {
            peer = connectTo(listener.address());
        }
        RawSocket accepted = listener.accept();
        fd = ::dup(accepted.fd());
        live::sendWithoutDelay(fd);
        if (bufferBytes > 0) {
            setBuffers(fd, bufferBytes);
        }
    }

    static void setBuffers(int fd, int bytes)
    {
        ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }

    /// Waits until everything that the peer has sent, its end included, is in `fd`'s queue.
    [[nodiscard]] bool hasArrived(std::size_t bytes, bool withEnd = false) const
    {
        return eventually([&] {
            std::string seen(bytes + 1, '\0');
            const ssize_t count = ::recv(fd, seen.data(), seen.size(), MSG_PEEK | MSG_DONTWAIT);
            pollfd entry{fd, POLLRDHUP, 0};
            const bool hasEnd = ::poll(&entry, 1, 0) == 1;
            return (bytes == 0 || count == static_cast<ssize_t>(bytes)) && (hasEnd || !withEnd);
        });
    }

    RawSocket peer;
    int fd = -1; ///< To be taken over.
};

} // namespace lab::test
