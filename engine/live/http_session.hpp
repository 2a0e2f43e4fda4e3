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

/// The requests that have arrived on a client connection at an http door, one after the other,
/// until it waits for the next. Or one request of an HTTP/2 connection, whose stream speaks
/// HTTP/1.1 to it.
///
/// A request's life reads from top to bottom in serveOne(): head → decision → own answer or
/// exchange with a pod → next. Each request is served by the plan that is current when its head has
/// arrived. A session is several kilobytes, so none lives while its connection waits.
class HttpSession {
public:
    enum class End {
        NothingCame, ///< A part of a TLS record, or nothing of this layer.
        Waits,       ///< Served; the deadline is the one for the next request.
        Closed,
        StartsHttp2, ///< The client began with HTTP/2's preface.
    };

    /// Site, stream and client outlive it.
    HttpSession(DoorSite& site, Stream& stream, const HttpClient& client);

    /// A session of its own for what has arrived on a connection.
    /// \param isFirst  nothing came before: it may be HTTP/2, and has the head's deadline already
    /// \param preface  gets what was read, with StartsHttp2
    static Task<End> serve(DoorSite& site,
                           Stream& stream,
                           const HttpClient& client,
                           bool isFirst,
                           BufferPool::Lease& preface);
    /// Serves a single request, whose head is there.
    Task<> runOne();
    /// Says why the single request is not served.
    Task<> refuseOne(http::HeadError error);

private:
    [[nodiscard]] Io takeArrived();
    [[nodiscard]] bool awaitsNext();
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

    DoorSite& site_;
    std::shared_ptr<DoorContext> door_; ///< Of the request under way.
    Stream* client_;
    std::string_view clientAddress_;
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
