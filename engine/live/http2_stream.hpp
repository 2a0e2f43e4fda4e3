#pragma once

#include "http/http2_head.hpp"
#include "live/body_reader.hpp"
#include "live/buffer_pool.hpp"
#include "live/pipe_stream.hpp"
#include "live/worker.hpp"

#include <cstdint>
#include <memory>
#include <nghttp2/nghttp2.h>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lab::live {

class Http2Stream;

/// What a stream needs of its connection.
class Http2Wire {
public:
    virtual ~Http2Wire() = default;
    [[nodiscard]] virtual nghttp2_session* frames() const = 0;
    [[nodiscard]] virtual Worker& worker() const = 0;
    [[nodiscard]] virtual Duration writeTime() const = 0; ///< For the peer to take something.
    virtual void wakeLater(Http2Stream& stream) = 0;      ///< Calls wake() outside of nghttp2.
    virtual void sendLater() = 0;                         ///< Something may be to be sent.
};

/// One HTTP/2 stream, in either role, as the end of a pipe on which HTTP/1.1 is spoken.
///
/// So sessions, exchanges and pods are the same for both protocols. What comes in as fields, data
/// and trailers is read from the pipe as head and body; what is written to it goes out the other
/// way round. Bounded: inwards by the stream's flow-control window, which opens only as the pipe
/// is read; outwards by one Buffer. One worker's thread.
class Http2Stream final : public PipeEnd, private Deadline {
public:
    enum class Role { Server, Client };

    static constexpr std::int32_t windowBytes = 64 * 1024 - 1; ///< Unread bytes of one stream.

    /// \param id  Server: as the client has it; Client: 0 until the head is written
    Http2Stream(Http2Wire& wire, Role role, std::int32_t id);
    ~Http2Stream() override;
    Http2Stream(const Http2Stream&) = delete;
    Http2Stream& operator=(const Http2Stream&) = delete;

    /// The other end, once. \pre this outlives it or calls its breakOff()
    [[nodiscard]] std::unique_ptr<Stream> openPipe();

    /// What came over the wire, in the order of the frames.
    void beginFields();
    void field(std::string_view name, std::string_view value);
    /// \param isLast  the peer ends the stream with these
    void endFields(bool isLast);
    void data(std::string_view bytes);
    void dataEnded();
    void closed(); ///< On the wire, for whatever reason.

    /// Our last frame of it is on the wire.
    void endSent();
    /// More of the body for the wire: as nghttp2_data_source_read_callback.
    ssize_t fillFrame(std::span<std::uint8_t> into, std::uint32_t& flags);

    /// Resumes who waits at the pipe, if that comes to something.
    void wake();

    /// Server: why the request cannot be served, once its head is there.
    [[nodiscard]] const std::optional<http::HeadError>& headError() const { return headError_; }
    [[nodiscard]] bool hasWholeHead() const { return hasHead_; }
    [[nodiscard]] std::size_t listBytes() const { return reader_ ? reader_->listBytes() : 0; }
    /// Nobody needs it any more.
    [[nodiscard]] bool isOver() const { return isClosed_ && isLeft_; }
    [[nodiscard]] bool isClosed() const { return isClosed_; }
    [[nodiscard]] std::int32_t id() const { return id_; }

    bool isToWake = false; ///< The connection's mark.

private:
    Io give(std::span<char> into) override;
    Io take(std::span<const std::string_view> parts) override;
    [[nodiscard]] bool hasNews() const override;
    void writingFinished() override;
    void aborted() override;
    void left() override;
    void expired() override;

    void consumeAll();
    void endAnswerHead(bool isLast);
    bool sendRequest();
    bool sendAnswer();
    void outEnded();
    [[nodiscard]] bool showsEnd() const;
    void refuseRest();
    void limitRest();
    void giveUp(std::uint32_t code);

    Http2Wire& wire_;
    Role role_;
    std::int32_t id_;
    PipeStream* pipe_ = nullptr;

    // inwards
    std::optional<http::Http2HeadReader> reader_;
    std::optional<http::HeadError> headError_;
    std::string in_;             ///< To be read from the pipe.
    std::size_t inRead_ = 0;     ///< Of it.
    std::size_t unconsumed_ = 0; ///< Data bytes in it that the window still counts.
    BodyFramer framer_{http::BodyFraming::None};
    bool hasHead_ = false;
    bool hasBody_ = false; ///< Data is passed on.
    bool hasInEnded_ = false;

    // outwards
    BufferPool::Lease out_; ///< Written to the pipe, not yet on the wire.
    std::optional<BodyReader> body_;
    std::string_view piece_; ///< Of the body, in out_: next to be sent.
    std::string method_;     ///< Of the request: it decides whether its answer has a body.
    bool isHeadSent_ = false;
    bool isDeferred_ = false;
    bool isOutWhole_ = false; ///< All of the message has been taken from the pipe.
    bool isFinished_ = false; ///< The pipe is written to no more.
    bool isEndSent_ = false;
    bool isLeft_ = false; ///< The pipe is gone.
    bool isClosed_ = false;
};

} // namespace lab::live
