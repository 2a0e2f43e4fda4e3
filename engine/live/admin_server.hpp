#pragma once

#include "live/listener.hpp"
#include "live/live_engine.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"

#include <memory>
#include <string_view>

namespace lab::live {

/// The admin interface: asks a handler, on a thread of its own, on loopback only.
///
/// Answers 421 to a Host that is no loopback name, so that no web page can reach it through DNS
/// (rebinding); 405 to anything but GET and HEAD.
class AdminServer {
public:
    AdminServer(Worker& worker, AdminHandler handler)
        : worker_(worker)
        , handler_(std::move(handler))
    {
    }

    /// \pre the worker has not started
    [[nodiscard]] Result<SocketAddress> listen(const SocketAddress& address);

private:
    Detached serve(int fd);
    Task<bool> serveOne(Stream& client, BufferPool::Lease& buffer);

    Worker& worker_;
    AdminHandler handler_;
    std::unique_ptr<Listener> listener_;
};

/// Does a Host field name this machine's loopback ("127.0.0.1:9901", "localhost", "[::1]")?
[[nodiscard]] bool isLoopbackHost(std::string_view hostField);

} // namespace lab::live
