#include "live/http2_stream.hpp"

#include "http/head_parser.hpp"
#include "live/http2_fields.hpp"

#include <algorithm>

namespace lab::live {

using http::BodyFraming;

namespace {

ssize_t readData(nghttp2_session*,
                 std::int32_t,
                 std::uint8_t* into,
                 std::size_t length,
                 std::uint32_t* flags,
                 nghttp2_data_source* source,
                 void*)
{
    return static_cast<Http2Stream*>(source->ptr)->fillFrame({into, length}, *flags);
}

} // namespace

Http2Stream::Http2Stream(Http2Wire& wire, Role role, std::int32_t id)
    : wire_(wire)
    , role_(role)
    , id_(id)
{
}

Http2Stream::~Http2Stream()
{
    if (pipe_ != nullptr) {
        pipe_->breakOff();
    }
}

std::unique_ptr<Stream> Http2Stream::openPipe()
{
    auto pipe = std::make_unique<PipeStream>(wire_.worker().wheel(), *this);
    pipe_ = pipe.get();
    return pipe;
}

void Http2Stream::beginFields()
{
    reader_.emplace();
}

void Http2Stream::field(std::string_view name, std::string_view value)
{
    if (reader_) {
        reader_->add(name, value);
    }
}

void Http2Stream::endFields(bool isLast)
{
    if (!reader_) {
        return;
    }
    if (hasHead_) {
        std::string trailers;
        reader_->appendTrailers(trailers);
        if (hasBody_) {
            framer_.appendEnd(in_, trailers);
        }
        hasInEnded_ = true;
    } else if (role_ == Role::Server) {
        method_ = reader_->method();
        headError_ = reader_->appendRequest(in_, !isLast);
        hasHead_ = true;
        hasBody_ = !isLast && !headError_;
        framer_ = BodyFramer(reader_->hasLength() ? BodyFraming::Length : BodyFraming::Chunked);
        hasInEnded_ = isLast;
    } else {
        endAnswerHead(isLast);
    }
    reader_.reset();
    wire_.wakeLater(*this);
}

void Http2Stream::endAnswerHead(bool isLast)
{
    const bool mayHaveBody = method_ != "HEAD";
    const std::uint16_t status = reader_->status();
    if (reader_->appendAnswer(in_, mayHaveBody, !isLast)) {
        giveUp(NGHTTP2_PROTOCOL_ERROR);
        return;
    }
    hasHead_ = status >= 200;
    hasBody_ = hasHead_ && !isLast && mayHaveBody && status != 204 && status != 304;
    framer_ = BodyFramer(reader_->hasLength() ? BodyFraming::Length : BodyFraming::Chunked);
    hasInEnded_ = isLast;
}

void Http2Stream::data(std::string_view bytes)
{
    unconsumed_ += bytes.size();
    if (!hasBody_ || isLeft_) {
        consumeAll(); // nobody wants it, and its room is the connection's too
        return;
    }
    framer_.appendPrefix(in_, bytes.size());
    in_ += bytes;
    in_ += framer_.suffix();
    wire_.wakeLater(*this);
}

void Http2Stream::dataEnded()
{
    if (hasInEnded_) {
        return;
    }
    if (hasBody_) {
        framer_.appendEnd(in_, {});
    }
    hasInEnded_ = true;
    wire_.wakeLater(*this);
}

void Http2Stream::closed()
{
    isClosed_ = true;
    isLeft_ = isLeft_ || pipe_ == nullptr; // none was opened
    wire_.wakeLater(*this);
}

void Http2Stream::consumeAll()
{
    if (unconsumed_ > 0) {
        nghttp2_session_consume(wire_.frames(), id_, unconsumed_);
        unconsumed_ = 0;
        wire_.sendLater();
    }
}

void Http2Stream::wake()
{
    isToWake = false;
    if (pipe_ != nullptr) {
        pipe_->wake();
    }
}

Io Http2Stream::give(std::span<char> into)
{
    if (inRead_ == in_.size()) {
        const Io::State over = hasInEnded_ ? Io::State::End : Io::State::Broken;
        return {showsEnd() ? over : Io::State::WouldBlock, 0};
    }
    const std::size_t count = std::min(into.size(), in_.size() - inRead_);
    std::copy_n(in_.data() + inRead_, count, into.data());
    inRead_ += count;
    if (inRead_ == in_.size()) {
        in_.clear();
        inRead_ = 0;
        consumeAll();
    }
    return {Io::State::Done, count};
}

bool Http2Stream::hasNews() const
{
    return inRead_ < in_.size() || showsEnd();
}

/// Is the pipe's end told?  A session that still has an answer to give need not look away from it:
/// to it, a client that has sent its request waits, as one in HTTP/1.1 does.
bool Http2Stream::showsEnd() const
{
    return isClosed_ || (hasInEnded_ && (role_ == Role::Client || isFinished_));
}

Io Http2Stream::take(std::span<const std::string_view> parts)
{
    if (isClosed_ || isOutWhole_) {
        return {Io::State::Broken, 0};
    }
    if (!out_) {
        out_ = wire_.worker().buffers().take();
    }
    // What is not sent yet must stay where it is.
    std::span<char> room = body_ && piece_.empty() ? body_->space() : out_->free();
    std::size_t taken = 0;
    for (const std::string_view part : parts) {
        const std::size_t count = std::min(part.size(), room.size() - taken);
        part.copy(room.data() + taken, count);
        taken += count;
    }
    if (taken == 0) {
        return {Io::State::WouldBlock, 0};
    }
    out_->received(taken);
    bool goesOn = !isHeadSent_;
    while (goesOn) { // interim answers come before the final one
        goesOn = (role_ == Role::Server ? sendAnswer() : sendRequest()) && !isHeadSent_;
    }
    if (isDeferred_) {
        isDeferred_ = false;
        nghttp2_session_resume_data(wire_.frames(), id_);
    }
    wire_.sendLater();
    return {Io::State::Done, taken};
}

bool Http2Stream::sendRequest()
{
    http::RequestHead head;
    const http::HeadResult result = http::parseRequestHead(out_->filled(), head);
    if (result.state == http::HeadResult::State::Invalid) {
        isClosed_ = true; // never opened
    }
    if (result.state != http::HeadResult::State::Complete) {
        return false;
    }
    method_ = head.method;
    http::Http2FieldList fields;
    fields.setRequest(head, "http");
    const auto all = namesAndValues(fields.all());
    const bool hasBody = head.framing == BodyFraming::Chunked || head.contentLength > 0;
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = readData;
    id_ = nghttp2_submit_request(
        wire_.frames(), nullptr, all.data(), all.size(), hasBody ? &provider : nullptr, this);
    isHeadSent_ = true;
    if (id_ < 0) {
        isClosed_ = true; // no stream numbers are left
    } else if (hasBody) {
        body_.emplace(head.framing, head.contentLength, *out_, result.headBytes);
    } else {
        outEnded();
    }
    return true;
}

bool Http2Stream::sendAnswer()
{
    http::ResponseHead head;
    const http::HeadResult result = http::parseResponseHead(out_->filled(), method_, head);
    if (result.state == http::HeadResult::State::Invalid) {
        giveUp(NGHTTP2_INTERNAL_ERROR);
    }
    if (result.state != http::HeadResult::State::Complete) {
        return false;
    }
    http::Http2FieldList fields;
    fields.setAnswer(head);
    const auto all = namesAndValues(fields.all());
    if (head.status < 200) {
        nghttp2_submit_headers(
            wire_.frames(), NGHTTP2_FLAG_NONE, id_, nullptr, all.data(), all.size(), nullptr);
        out_->dropFront(result.headBytes);
        return true;
    }
    const bool isEmpty = head.framing == BodyFraming::Length && head.contentLength == 0;
    const bool sendsBody = head.framing != BodyFraming::None && !isEmpty;
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = readData;
    nghttp2_submit_response(
        wire_.frames(), id_, all.data(), all.size(), sendsBody ? &provider : nullptr);
    isHeadSent_ = true;
    if (sendsBody) {
        body_.emplace(head.framing, head.contentLength, *out_, result.headBytes);
    } else {
        outEnded();
    }
    return true;
}

ssize_t Http2Stream::fillFrame(std::span<std::uint8_t> into, std::uint32_t& flags)
{
    std::size_t filled = 0;
    while (filled < into.size()) {
        if (piece_.empty()) {
            const BodyReader::Piece next = body_->take();
            if (next.state == BodyReader::Piece::State::Invalid) {
                return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
            }
            piece_ = next.data;
        }
        if (piece_.empty()) {
            break;
        }
        const std::size_t count = std::min(piece_.size(), into.size() - filled);
        std::copy_n(piece_.data(), count, into.data() + filled);
        piece_.remove_prefix(count);
        filled += count;
    }
    if (piece_.empty() && body_->isDone()) {
        flags |= NGHTTP2_DATA_FLAG_EOF;
        http::Http2FieldList trailers;
        trailers.setTrailers(body_->trailers());
        if (!trailers.all().empty()) {
            flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
            const auto all = namesAndValues(trailers.all());
            nghttp2_submit_trailer(wire_.frames(), id_, all.data(), all.size());
        }
        outEnded();
    } else if (filled == 0 && isLeft_) {
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE; // cut off: no proper end
    } else if (filled == 0) {
        isDeferred_ = true;
        return NGHTTP2_ERR_DEFERRED;
    }
    if (piece_.empty()) {
        wire_.wakeLater(*this); // there is room again
    }
    if (isLeft_) {
        limitRest();
    }
    return static_cast<ssize_t>(filled);
}

/// All of the message is on its way.
void Http2Stream::outEnded()
{
    isOutWhole_ = true;
    out_.release();
}

void Http2Stream::endSent()
{
    isEndSent_ = true;
    if (isLeft_) {
        limitRest();
        refuseRest();
    }
}

/// Answered early, and the rest of the request is not wanted: RFC 9113 8.1. Only when the session
/// has lingered: some clients take the reset for the loss of the answer that came with it.
void Http2Stream::refuseRest()
{
    if (role_ == Role::Server && !hasInEnded_) {
        giveUp(NGHTTP2_NO_ERROR);
    }
}

void Http2Stream::giveUp(std::uint32_t code)
{
    if (id_ <= 0) {
        isClosed_ = true;
    } else if (!isClosed_) {
        nghttp2_submit_rst_stream(wire_.frames(), NGHTTP2_FLAG_NONE, id_, code);
    }
    wire_.sendLater();
}

void Http2Stream::writingFinished()
{
    isFinished_ = true; // the message says itself where it ends
}

void Http2Stream::aborted()
{
    giveUp(NGHTTP2_INTERNAL_ERROR);
}

void Http2Stream::left()
{
    pipe_ = nullptr;
    isLeft_ = true;
    consumeAll();
    if (role_ == Role::Client && !(isOutWhole_ && hasInEnded_)) {
        giveUp(NGHTTP2_CANCEL);
    } else if (!isHeadSent_) {
        giveUp(NGHTTP2_INTERNAL_ERROR);
    } else if (isDeferred_) {
        isDeferred_ = false;
        nghttp2_session_resume_data(wire_.frames(), id_);
    } else if (isEndSent_) {
        refuseRest();
    }
    limitRest();
    wire_.sendLater();
}

/// No session times what is still to be sent.
void Http2Stream::limitRest()
{
    Worker& worker = wire_.worker();
    if (isEndSent_ || isClosed_) {
        DeadlineWheel::disarm(*this);
    } else {
        worker.wheel().arm(*this, worker.now() + wire_.writeTime());
    }
}

void Http2Stream::expired()
{
    giveUp(NGHTTP2_INTERNAL_ERROR);
}

} // namespace lab::live
