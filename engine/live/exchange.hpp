#pragma once

#include "frontdoor/decision.hpp"
#include "frontdoor/decision_trace.hpp"
#include "frontdoor/request_view.hpp"
#include "frontdoor/retry.hpp"
#include "http/message.hpp"
#include "live/body_reader.hpp"
#include "live/buffer_pool.hpp"
#include "live/request_log.hpp"
#include "live/request_upload.hpp"
#include "live/served_plan.hpp"
#include "live/stream.hpp"
#include "live/task.hpp"
#include "live/text_pool.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::live {

/// What an exchange works on: one request of one client, all owned by its session.
struct ExchangeRequest {
    DoorContext& door;
    Stream& client;
    const http::RequestHead& head;
    Buffer& buffer;        ///< Holds the head and what came behind it.
    std::size_t headBytes; ///< Where the body begins in it.
    std::string_view clientAddress;
    RequestLog& log;
    const frontdoor::RequestView& view;              ///< As decided on.
    const frontdoor::DecisionTrace* trace = nullptr; ///< Of the decision; if the client wants it.
};

/// One request to one pod and the answer back, with retries where they cannot do harm.
///
/// Both bodies stream: a piece is taken from one side only when the other has taken the last. The
/// request body goes up while the answer may already come down.
class Exchange {
public:
    /// Connections tried for one request where kept-alive ones turn out to be stale. How often
    /// another endpoint is tried is the route's policy.
    static constexpr int connectionsMax = 3;
    /// 1xx answers of a pod before its final one; more are no proper answer.
    static constexpr int interimsMax = 64;

    /// How the client's connection is left.
    enum class End {
        GoOn,   ///< The next request may follow; it begins at bodyEnd() in the buffer.
        Linger, ///< Answered, but the rest of the request is unread: close with care.
        Close,  ///< Over; nothing more to say.
    };

    /// \param decision  follows what becomes of it: other endpoints, error pages
    Exchange(const ExchangeRequest& request, frontdoor::Decision& decision);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    Task<End> run();

    /// Offset in the buffer of what follows the request. \pre run() gave GoOn
    [[nodiscard]] std::size_t bodyEnd() const { return upload_.endOffset(); }
    /// Of the request's body, as far as it was taken.
    [[nodiscard]] std::uint64_t bodyBytes() const { return upload_.bytes(); }

private:
    enum class Try {
        Answered, ///< end_ says how.
        Stale,    ///< A kept-alive connection had been closed: that says nothing against its pod.
        Failed,   ///< No answer: outcome_ says how, failureStatus_ what the client would be told.
        Replaced, ///< The pod's answer is dropped for what next_ brings.
    };

    Task<Try> tryOnce();
    [[nodiscard]] bool speaksHttp2() const;
    bool takeKeptConnection();
    Task<bool> connect();
    std::string_view wholeBody();
    [[nodiscard]] bool gathersBody() const;
    Task<bool> gatherBody();
    Task<bool> sendInPieces();
    [[nodiscard]] bool waitsForPodsContinue() const;
    Task<bool> hasClientFailed();
    Task<bool> relayInterim();
    Task<> beginUpload();
    Task<> sayContinue();
    Task<Try> receiveHead();
    Task<Try> relayAnswer(std::size_t headBytes);
    Task<End> relayBody(BodyReader& body, http::BodyFraming framing, bool closes);
    [[nodiscard]] Instant nextPieceAt(std::uint64_t sent) const;
    Task<Try> tunnel(std::size_t headBytes);
    Task<End> refuse(std::uint16_t status, std::string_view why);
    Try noAnswer(Io io);
    [[nodiscard]] bool isStale() const;
    /// The body can go to another pod as well.
    [[nodiscard]] bool canRepeat() const;
    [[nodiscard]] bool triesAgain() const;
    [[nodiscard]] bool takeNext(Try outcome, int connections);
    [[nodiscard]] bool replacesAnswer();
    void fail(frontdoor::TryOutcome::Kind kind, bool wasSent);
    void writeRequestHead();
    std::string_view fieldsForPod(std::string& made) const;
    std::string_view fieldsForClient(std::string& made) const;
    void releaseUpstream(bool isReusable);

    ExchangeRequest request_;
    frontdoor::Decision& decision_;
    Timeouts timeouts_; ///< Of the door, or of the route where that has its own.
    RequestUpload upload_;
    std::unique_ptr<Stream> upstream_;
    BufferPool::Lease answer_;
    http::ResponseHead answerHead_;
    TextPool::Lease headText_; ///< Holds `out_`.
    std::string& out_;         ///< Head being sent, in either direction.
    std::vector<EndpointId> failed_;
    frontdoor::TryOutcome outcome_;           ///< Of the last try.
    std::optional<frontdoor::Decision> next_; ///< With Try::Replaced.
    std::array<char, 32> requestId_{};        ///< Made when first needed.
    Instant began_;
    bool isPooled_ = false; ///< The connection had been used before.
    bool hasAnswerBegun_ = false;
    bool hasSaidContinue_ = false;
    std::uint16_t failureStatus_ = 502;
    End end_ = End::Close;
};

} // namespace lab::live
