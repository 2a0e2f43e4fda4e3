#pragma once

#include "frontdoor/forwarding.hpp"
#include "live/body_reader.hpp"
#include "live/stream.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"

#include <coroutine>
#include <cstdint>

namespace lab::live {

/// The request body on its way from the client to the pod, beside the answer that comes down.
///
/// Started once a try; runs until the body is sent, something breaks, or stop(). Never outlives
/// its owner: stop() returns when nothing runs any more.
class RequestUpload {
public:
    /// gather() keeps at most this much; less where the head leaves no room for it in the buffer.
    static constexpr std::size_t gatheredBytesMax = frontdoor::gatheredBodyBytesMax;

    enum class State {
        Idle,
        Running,
        Sent,       ///< All of it is at the pod.
        TooLarge,   ///< More than the door's limit: 413.
        Malformed,  ///< The client's framing is broken: 400.
        ClientSlow, ///< The client let the door wait too long: 408.
        ClientGone,
        PodGone, ///< The pod's connection takes no more; its answer may still come.
        Stopped,
    };

    struct Options {
        Duration bodyIdle{}; ///< Longest wait for the client's next piece.
        Duration write{};    ///< Longest wait for the pod to take one.
        Duration answer{};   ///< What the pod has from the last byte on.
        std::uint64_t bytesMax = 0;
    };

    RequestUpload(Worker& worker,
                  Stream& client,
                  Buffer& buffer,
                  std::size_t bodyStart,
                  http::BodyFraming framing,
                  std::uint64_t contentLength,
                  const Options& options);

    /// Takes the body in before a pod is asked, if it fits: then it has a length, and is sent
    /// together with the head, as often as it takes. What does not fit streams on from there. A
    /// chunked body's trailers are not kept, since a length has no place for them.
    /// \return false if the client failed: state() says how
    Task<bool> gather();
    /// Could gather() do anything?
    [[nodiscard]] bool canGather() const { return !isWhollyBuffered_ && state_ == State::Idle; }

    /// As the pod is told: the client's, until gather() found another.
    [[nodiscard]] http::BodyFraming framing() const { return framing_; }
    [[nodiscard]] std::uint64_t contentLength() const { return contentLength_; }

    /// The body is here already (or there is none): sending it again is possible.
    [[nodiscard]] bool isWhollyBuffered() const { return isWhollyBuffered_; }
    /// All of it, for sending together with the head. \pre isWhollyBuffered() and Length or None
    [[nodiscard]] std::string_view bufferedBody() const;
    void bufferedBodySent();

    /// Begins to send; returns at its first wait. A failure of the client's part cancels `pod`,
    /// so that who waits for an answer is woken.
    /// \param firstWait  for the client's first piece, which it may owe to the pod's 100
    void start(Stream& pod, Duration firstWait);
    /// The client has been written to meanwhile: it owes its next piece from now on.
    void waitAnew();
    /// Ends it at the next possible point and returns when it has ended.
    void stop();

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool isSent() const { return state_ == State::Sent; }
    [[nodiscard]] std::size_t endOffset() const { return body_.endOffset(); }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    Detached run(Stream& pod);
    Task<State> send(Stream& pod);
    Task<State> receiveMore(Stream& pod);
    void becomeWhole();

    Worker& worker_;
    Stream& client_;
    Buffer& buffer_;
    std::size_t bodyStart_;
    http::BodyFraming framing_;
    std::uint64_t contentLength_;
    Options options_;
    BodyReader body_;
    BodyFramer framer_;
    Stream* pod_ = nullptr;
    Duration wait_{}; ///< For the next piece.
    State state_ = State::Idle;
    std::uint64_t bytes_ = 0;
    bool isWhollyBuffered_;
    bool isStopping_ = false;
};

} // namespace lab::live
