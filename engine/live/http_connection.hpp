#pragma once

#include "live/buffer_pool.hpp"
#include "live/http_session.hpp"
#include "live/served_plan.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"

#include <memory>

namespace lab::live {

/// An accepted connection at an http door, from PROXY header and handshake to its end in either
/// protocol: HTTP/2 where ALPN chose it, or on a plain port where the client begins with its
/// preface; else HTTP/1.1.
///
/// While it waits for a request this is all there is of it, with its socket: neither a plan nor a
/// buffer nor a head. Thousands may wait.
class HttpConnection {
public:
    HttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer);

    /// What comes before the first request. \return false if there is to be none in HTTP/1.1
    Task<bool> begin();
    /// Is the door gone?  What was on its way before that is served; nothing is waited for.
    [[nodiscard]] bool isLastLook() const { return site_->isGone(); }
    /// Waits until there is something to read, or an end to the waiting.
    [[nodiscard]] Stream::ReadyOperation nextRequest();
    /// \return false if there is nothing to read
    [[nodiscard]] bool wokeBy(Io edge);
    /// Serves what has arrived.
    [[nodiscard]] Task<HttpSession::End> serveArrived();
    /// \return false if there is to be no further request in HTTP/1.1
    bool goesOnAfter(HttpSession::End end);
    /// After that: nothing, unless HTTP/2 was chosen.
    Task<> finish();

private:
    Task<bool> readProxyHeader();
    Task<bool> shakeHands(const DoorContext& door);

    std::shared_ptr<DoorSite> site_;
    std::unique_ptr<SocketStream> stream_;
    HttpClient client_;
    BufferPool::Lease preface_; ///< Of HTTP/2, on a plain port.
    bool isFirst_ = true;
};

/// Serves an accepted connection until it ends; owns everything it needs.
void serveHttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer);

} // namespace lab::live
