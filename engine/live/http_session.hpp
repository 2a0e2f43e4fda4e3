#pragma once

#include "frontdoor/decision.hpp"
#include "http/head_parser.hpp"
#include "http/message.hpp"
#include "live/buffer_pool.hpp"
#include "live/served_plan.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lab::live {

/// One client connection at an http door: its requests, one after the other, until it ends.
///
/// A request's life reads from top to bottom in serveOne(): head → decision → own answer or
/// exchange with a pod → next. Between two requests the session holds no buffer and no plan: each
/// request is served by the plan that is current when its head has arrived.
class HttpSession {
public:
    HttpSession(std::shared_ptr<DoorSite> site,
                std::unique_ptr<SocketStream> client,
                const SocketAddress& peer);

    Task<> run();

private:
    Task<bool> readProxyHeader();
    Task<bool> shakeHands();
    Task<bool> awaitRequest();
    [[nodiscard]] bool turnToCurrentPlan();
    bool takeHead();
    Task<bool> readHead();
    Task<bool> serveOne();
    [[nodiscard]] bool asksToExplain() const;
    Task<bool> refuse(const frontdoor::Decision& decision, std::string_view explained);
    Task<bool> answerHere();
    Task<bool> answer(std::uint16_t status, std::string_view fields, std::string_view text);
    Task<bool> refuseHead(http::HeadError error);

    std::shared_ptr<DoorSite> site_;
    std::shared_ptr<DoorContext> door_; ///< Of the request under way.
    std::unique_ptr<SocketStream> client_;
    std::string clientAddress_; ///< Of the client as the door believes it; without port.
    BufferPool::Lease buffer_;
    http::RequestHead head_;
    std::size_t headBytes_ = 0;
    bool isTls_ = false;
    bool isFirst_ = true;
};

/// Serves an accepted connection until it ends; owns everything it needs.
void serveHttpConnection(std::shared_ptr<DoorSite> site, int fd, const SocketAddress& peer);

} // namespace lab::live
