#include "live/listener.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace lab::live {
Listener::Listener(Reactor& reactor, int fd, Accepted accepted)
    : reactor_(reactor)
    , key_(reactor.addListener(fd, *this))
    , fd_(fd)
    , accepted_(std::move(accepted))
{
}

Listener::~Listener()
{
    close();
}

void Listener::close()
{
    if (fd_ >= 0) {
        reactor_.removeListener(key_, fd_);
        ::close(fd_);
        fd_ = -1;
    }
}

void Listener::finish()
{
    ready({});
    close();
}

void Listener::ready(Edge)
{
    for (int i = 0; i < acceptedPerTurnMax && fd_ >= 0; ++i) {
        SocketAddress peer;
        peer.length = sizeof peer.storage;
        const int fd = ::accept4(fd_,
                                 reinterpret_cast<sockaddr*>(&peer.storage),
                                 &peer.length,
                                 SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            sendWithoutDelay(fd);
            accepted_(fd, peer);
        } else if (errno == EMFILE || errno == ENFILE) {
            if (!reactor_.spare().dropNextOf(fd_)) {
                reactor_.rest(key_, fd_); // or it would be called without an end
            }
            return;
        } else if (errno != ECONNABORTED && errno != EINTR) {
            return; // nobody is waiting, or the kernel is short of memory: the next turn tries
                    // again
        }
    }
}

} // namespace lab::live
