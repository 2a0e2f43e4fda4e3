#pragma once

#include "http/head_parser.hpp"
#include "live/http2_guard.hpp"
#include "live/http2_stream.hpp"
#include "live/socket_stream.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <nghttp2/nghttp2.h>
#include <optional>
#include <string_view>
#include <vector>

namespace lab::live {

/// One HTTP/2 connection, in either role: frames on a socket, a pipe for each stream.
///
/// nghttp2 knows the frames, HPACK and the streams' states; this drives it, bounds it, and tells
/// it the time. Reads whenever there is something; writes once a turn of the loop what the turn
/// has brought. An idle connection holds no buffer. Every call on its worker's thread.
class Http2Connection final : public Http2Wire,
                              public std::enable_shared_from_this<Http2Connection> {
public:
    static constexpr std::uint32_t streamsMax = 128; ///< At a time, as told to the peer.
    /// Reset streams whose sessions still run count as well: twice that, then it is refused.
    static constexpr std::size_t sessionsMax = std::size_t{2} * streamsMax;
    static constexpr std::int32_t windowBytes =
        static_cast<std::int32_t>(streamsMax) * Http2Stream::windowBytes; ///< Of all streams.
    static constexpr std::size_t sendBytesMax = std::size_t{64} * 1024;   ///< In one write.
    static constexpr Duration lingerMax = std::chrono::seconds(1);        ///< After the last word.

    using Role = Http2Stream::Role;

    struct Options {
        Duration head{};  ///< From the start to a first request; for a begun header block.
        Duration idle{};  ///< Without a stream.
        Duration write{}; ///< For the peer to take something.
        /// Server: serves one request; of a refused one it says why.
        std::function<void(std::unique_ptr<Stream>, std::optional<http::HeadError>)> serve;
        /// Server: is the request under way the last one?  None: never. Also asked when whoever
        /// reads is interrupted.
        std::function<bool()> isLast;
    };

    static std::shared_ptr<Http2Connection>
    create(Worker& worker, std::unique_ptr<SocketStream> socket, Role role, Options options);
    ~Http2Connection() override;

    /// Until the connection is over. \param received  what was read of it before
    Task<> run(std::string_view received = {});

    /// Client: a new stream, to write a request to. \pre canOpen()
    [[nodiscard]] std::unique_ptr<Stream> open();
    [[nodiscard]] bool canOpen() const;
    /// Ends it with its last stream; tells the peer not to begin any more.
    void finish();
    [[nodiscard]] bool isOver() const { return isOver_; }

private:
    /// What the connection waits for, and so how long it may.
    enum class Waiting { Nothing, Start, Idle, Block, Streams, Linger };
    struct Callbacks;

    Http2Connection(Worker& worker,
                    std::unique_ptr<SocketStream> socket,
                    Role role,
                    Options options);

    [[nodiscard]] nghttp2_session* frames() const override { return frames_.get(); }
    [[nodiscard]] Worker& worker() const override { return worker_; }
    [[nodiscard]] Duration writeTime() const override { return options_.write; }
    void wakeLater(Http2Stream& stream) override;
    void sendLater() override;

    static const nghttp2_session_callbacks* callbacks();
    void begin();
    [[nodiscard]] bool feed(std::string_view bytes);
    [[nodiscard]] bool receive();
    [[nodiscard]] bool waitedInVain();
    void dispatch();
    void wakeAll();
    void serveNew();
    void sweep();
    void closeStreams();
    void terminate(std::uint32_t code);
    void keepTime();
    [[nodiscard]] Waiting whatFor() const;
    [[nodiscard]] Duration timeFor(Waiting waiting) const;
    void end();
    static Detached send(std::shared_ptr<Http2Connection> self);

    struct FramesDeleter {
        void operator()(nghttp2_session* frames) const { nghttp2_session_del(frames); }
    };

    Worker& worker_;
    std::unique_ptr<SocketStream> socket_;
    Role role_;
    Options options_;
    std::vector<std::unique_ptr<Http2Stream>> streams_;
    std::vector<Http2Stream*> toWake_;
    std::vector<Http2Stream*> toServe_;
    std::unique_ptr<nghttp2_session, FramesDeleter> frames_;
    Http2Guard guard_;
    Waiting waiting_ = Waiting::Nothing; ///< Besides writing.
    Instant waitEnds_;
    bool hasHadStream_ = false;
    bool isInBlock_ = false; ///< A header block has begun.
    bool isSending_ = false;
    bool isSendDue_ = false; ///< At the end of this turn.
    bool isFinishing_ = false;
    bool isTerminated_ = false; ///< The last word is said or on its way.
    bool isBroken_ = false;
    bool isOver_ = false;
};

} // namespace lab::live
