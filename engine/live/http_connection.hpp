#pragma once

#include "live/served_plan.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace lab::live {

/// An accepted connection at an http door, from PROXY header and handshake to its end in either
/// protocol: HTTP/2 where ALPN chose it, or on a plain port where the client begins with its
/// preface; else HTTP/1.1.
class HttpConnection {
public:
    HttpConnection(std::shared_ptr<DoorSite> site,
                   std::unique_ptr<SocketStream> client,
                   const SocketAddress& peer);

    Task<> run();

private:
    Task<bool> readProxyHeader();
    Task<bool> shakeHands();
    Task<> serveHttp2(std::string_view received);

    std::shared_ptr<DoorSite> site_;
    std::shared_ptr<DoorContext> door_; ///< As it was accepted.
    std::unique_ptr<SocketStream> client_;
    std::string clientAddress_; ///< Of the client as the door believes it; without port.
    bool isTls_ = false;
};

/// Serves an accepted connection until it ends; owns everything it needs.
void serveHttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer);

} // namespace lab::live
