#pragma once

#include "http/chunked_decoder.hpp"
#include "http/message.hpp"
#include "live/buffer_pool.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lab::live {

/// The body of one message, piece by piece, out of a buffer that is filled as bytes arrive.
///
/// Owns no socket: the caller receives into space() and says how much came. Takes nothing beyond
/// the body's end: what follows stays in the buffer for the next message.
class BodyReader {
public:
    struct Piece {
        enum class State {
            Data,     ///< `data` is the next part; valid until more is received.
            NeedMore, ///< Receive into space() first.
            Done,     ///< The body is complete.
            Invalid,  ///< Not a body by its framing: chunked coding broken.
        };
        State state = State::NeedMore;
        std::string_view data;
    };

    /// \param start  offset in `buffer` of the first byte behind the head
    BodyReader(http::BodyFraming framing,
               std::uint64_t contentLength,
               Buffer& buffer,
               std::size_t start);

    /// How far gathering has come.
    enum class Gathering {
        NeedMore, ///< Receive into space(), then gather again.
        Whole,    ///< All of the body is in the buffer.
        TooMuch,  ///< It does not fit: what was gathered is what take() gives first.
        Invalid,
    };

    [[nodiscard]] Piece take();
    /// Keeps the body in the buffer, instead of taking it piece by piece; its chunks are put
    /// together on the spot. \pre nothing was taken \param bytesMax  one chunk's end may exceed it
    [[nodiscard]] Gathering gather(std::size_t bytesMax);
    /// Of a chunked body: bytes gathered, from `start` on.
    [[nodiscard]] std::size_t gatheredBytes() const { return gathered_; }
    [[nodiscard]] std::span<char> space();
    void received(std::size_t count) { buffer_->received(count); }
    /// The connection has ended: proper for UntilClose only.
    /// \return whether the body is complete by that
    bool ended();

    [[nodiscard]] bool isDone() const { return isDone_; }
    /// Is all of the body in the buffer already, whether taken or not? Length and None only.
    [[nodiscard]] bool isWhollyBuffered() const;
    /// Offset of the first byte that does not belong to the body. \pre isDone()
    [[nodiscard]] std::size_t endOffset() const { return position_; }
    [[nodiscard]] const std::string& trailers() const { return decoder_.trailers(); }

private:
    Piece takeLength();
    Piece takeChunked();
    Gathering gatherChunks(std::size_t bytesMax);

    http::BodyFraming framing_;
    std::uint64_t remaining_;
    Buffer* buffer_;
    std::size_t start_;
    std::size_t position_;
    std::size_t gathered_ = 0; ///< Not taken yet: between start_ and position_.
    http::ChunkedDecoder decoder_;
    bool isDone_ = false;
};

/// Puts a body's pieces into the framing that the receiver is told of.
class BodyFramer {
public:
    explicit BodyFramer(http::BodyFraming framing)
        : isChunked_(framing == http::BodyFraming::Chunked)
    {
    }

    /// Appends what stands before a piece of that size. \pre size > 0
    void appendPrefix(std::string& out, std::size_t size) const;
    /// What stands behind a piece.
    [[nodiscard]] std::string_view suffix() const { return isChunked_ ? "\r\n" : ""; }
    /// Appends what ends the body. \param trailers  field lines, each ending in CRLF
    void appendEnd(std::string& out, std::string_view trailers) const;

private:
    bool isChunked_;
};

} // namespace lab::live
