#pragma once

#include "live/reactor.hpp"
#include "live/socket_address.hpp"

#include <functional>

namespace lab::live {

/// Accepts connections on one listening socket for one worker, and hands each on.
///
/// Out of descriptors it drops the newest connection instead of spinning (its reactor keeps a spare
/// one for that). Closes with the worker; several workers may each have one for a shared socket.
class Listener final : private Watcher {
public:
    static constexpr int acceptedPerTurnMax = 64;

    /// Owns the descriptor that it is given. \param accepted  gets a non-blocking descriptor
    using Accepted = std::function<void(int fd, const SocketAddress& peer)>;

    Listener(Reactor& reactor, int fd, Accepted accepted);
    ~Listener() override;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    void close();
    /// Accepts what has arrived already, then closes.
    void finish();

private:
    void ready(Edge edge) override;
    void cancelled() override { close(); }
    void drained() override { close(); }

    Reactor& reactor_;
    Reactor::Key key_;
    int fd_;
    Accepted accepted_;
};

} // namespace lab::live
