#pragma once

#include "http/message.hpp"
#include "live/body_reader.hpp"
#include "live/listener.hpp"
#include "live/live_engine.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lab::live {

/// The admin interface: asks a handler, on a thread of its own, on loopback only.
///
/// Answers 421 to a Host that is no loopback name, so that no web page can reach it through DNS
/// (rebinding). Anything but GET and HEAD needs `Authorization: Bearer TOKEN`: 401 without, and 403
/// where there is no token at all (decision 28); its body is read only then.
class AdminServer {
public:
    /// \param token  for writing; empty: nobody may
    AdminServer(Worker& worker, AdminHandler handler, std::string token = {})
        : worker_(worker)
        , handler_(std::move(handler))
        , token_(std::move(token))
    {
    }

    /// \pre the worker has not started
    [[nodiscard]] Result<SocketAddress> listen(const SocketAddress& address);

private:
    Detached serve(int fd);
    Task<bool> serveOne(Stream& client, BufferPool::Lease& buffer);
    [[nodiscard]] std::optional<AdminAnswer> refusal(const http::RequestHead& head) const;
    Task<AdminAnswer> write(Stream& client, const http::RequestHead& head, BodyReader& body);

    Worker& worker_;
    AdminHandler handler_;
    std::string token_;
    std::unique_ptr<Listener> listener_;
};

/// Does a Host field name this machine's loopback ("127.0.0.1:9901", "localhost", "[::1]")?
[[nodiscard]] bool isLoopbackHost(std::string_view hostField);

} // namespace lab::live
