#pragma once

#include "frontdoor/decision.hpp"
#include "http/head_parser.hpp"
#include "http/message.hpp"
#include "live/buffer_pool.hpp"
#include "live/request_log.hpp"
#include "live/served_plan.hpp"
#include "live/stream.hpp"
#include "live/task.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lab::live {

/// Who sends the requests of a session, and how.
struct HttpClient {
    enum class Protocol { Http1, Http2 };

    std::string address; ///< As the door believes it; without port.
    bool isTls = false;
    Protocol protocol = Protocol::Http1;
};

/// One client connection at an http door: its requests, one after the other, until it ends. Or one
/// request of an HTTP/2 connection, whose stream speaks HTTP/1.1 to it.
///
/// A request's life reads from top to bottom in serveOne(): head → decision → own answer or
/// exchange with a pod → next. Between two requests the session holds no buffer and no plan: each
/// request is served by the plan that is current when its head has arrived.
class HttpSession {
public:
    enum class End {
        Closed,
        StartsHttp2, ///< The client began with HTTP/2's preface: takeBuffer() holds it.
    };

    HttpSession(std::shared_ptr<DoorSite> site, Stream& stream, HttpClient client);

    Task<End> run();
    /// Serves a single request, whose head is there.
    Task<> runOne();
    /// Says why the single request is not served.
    Task<> refuseOne(http::HeadError error);

    [[nodiscard]] BufferPool::Lease takeBuffer() { return std::move(buffer_); }

private:
    Task<bool> awaitRequest();
    void turnToCurrentPlan();
    bool takeHead();
    Task<bool> readHead();
    Task<bool> serveOne();
    [[nodiscard]] bool asksToExplain() const;
    Task<bool> refuse(const frontdoor::Decision& decision, std::string_view explained);
    Task<bool> answerHere();
    Task<bool> answer(std::uint16_t status, std::string_view fields, std::string_view text);
    Task<bool> refuseHead(http::HeadError error);
    Task<bool> staysWithHttp1();
    [[nodiscard]] frontdoor::RequestView viewOfHead(std::string& hostBuffer) const;

    std::shared_ptr<DoorSite> site_;
    std::shared_ptr<DoorContext> door_; ///< Of the request under way.
    Stream* client_;
    std::string clientAddress_;
    BufferPool::Lease buffer_;
    http::RequestHead head_;
    std::size_t headBytes_ = 0;
    RequestLog* log_ = nullptr; ///< Of the request under way.
    bool isTls_ = false;
    bool isHttp2_ = false;
    bool isFirst_ = true;
    End end_ = End::Closed;
};

} // namespace lab::live
