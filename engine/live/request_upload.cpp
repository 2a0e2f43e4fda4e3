#include "live/request_upload.hpp"

#include "base/check.hpp"

#include <string>

namespace lab::live {

using http::BodyFraming;

RequestUpload::RequestUpload(Worker& worker,
                             Stream& client,
                             Buffer& buffer,
                             std::size_t bodyStart,
                             BodyFraming framing,
                             std::uint64_t contentLength,
                             const Options& options)
    : worker_(worker)
    , client_(client)
    , buffer_(buffer)
    , bodyStart_(bodyStart)
    , framing_(framing)
    , contentLength_(contentLength)
    , options_(options)
    , body_(framing, contentLength, buffer, bodyStart)
    , framer_(framing)
    , isWhollyBuffered_(body_.isWhollyBuffered())
{
}

std::string_view RequestUpload::bufferedBody() const
{
    return buffer_.filled().substr(bodyStart_, static_cast<std::size_t>(contentLength_));
}

void RequestUpload::bufferedBodySent()
{
    body_ = BodyReader(framing_, contentLength_, buffer_, bodyStart_);
    bytes_ = body_.take().data.size();
    state_ = State::Sent;
}

Task<bool> RequestUpload::gather()
{
    BodyReader::Gathering gathered = body_.gather(gatheredBytesMax);
    while (gathered == BodyReader::Gathering::NeedMore &&
           body_.gatheredBytes() <= options_.bytesMax) {
        client_.expireAt(worker_.now() + options_.bodyIdle);
        const Io io = co_await client_.read(body_.space());
        if (!io.isDone()) {
            bytes_ = body_.gatheredBytes();
            state_ = io.state == Io::State::Expired ? State::ClientSlow : State::ClientGone;
            co_return false;
        }
        body_.received(io.bytes);
        gathered = body_.gather(gatheredBytesMax);
    }
    client_.neverExpire();
    if (gathered == BodyReader::Gathering::Invalid || body_.gatheredBytes() > options_.bytesMax) {
        bytes_ = body_.gatheredBytes();
        state_ = gathered == BodyReader::Gathering::Invalid ? State::Malformed : State::TooLarge;
        co_return false;
    }
    if (gathered == BodyReader::Gathering::Whole) {
        becomeWhole();
    }
    co_return true;
}

/// All of it is in the buffer: chunks put together, the next request right behind.
void RequestUpload::becomeWhole()
{
    if (framing_ == BodyFraming::Chunked) {
        contentLength_ = body_.gatheredBytes();
        framing_ = BodyFraming::Length;
        buffer_.dropPart(bodyStart_ + body_.gatheredBytes(), body_.endOffset());
        body_ = BodyReader(framing_, contentLength_, buffer_, bodyStart_);
    }
    isWhollyBuffered_ = true;
}

void RequestUpload::start(Stream& pod, Duration firstWait)
{
    pod_ = &pod;
    wait_ = firstWait;
    state_ = State::Running;
    run(pod);
}

Detached RequestUpload::run(Stream& pod)
{
    const State end = co_await send(pod);
    state_ = end;
    if (end == State::Sent) {
        pod.expireAt(worker_.now() + options_.answer);
    } else if (end != State::PodGone && !isStopping_) {
        pod.cancel(); // wakes the exchange, which may free this: nothing may follow
    }
}

Task<RequestUpload::State> RequestUpload::send(Stream& pod)
{
    std::string prefix;
    while (true) {
        const BodyReader::Piece piece = body_.take();
        if (piece.state == BodyReader::Piece::State::Invalid) {
            co_return State::Malformed;
        }
        if (piece.state == BodyReader::Piece::State::NeedMore) {
            const State state = co_await receiveMore(pod);
            if (state != State::Running) {
                co_return state;
            }
            continue;
        }
        prefix.clear();
        std::string_view suffix;
        if (piece.state == BodyReader::Piece::State::Done) {
            framer_.appendEnd(prefix, body_.trailers());
        } else {
            bytes_ += piece.data.size();
            if (bytes_ > options_.bytesMax) {
                co_return State::TooLarge;
            }
            framer_.appendPrefix(prefix, piece.data.size());
            suffix = framer_.suffix();
        }
        pod.expireAt(worker_.now() + options_.write);
        const Io io = co_await pod.write(prefix, piece.data, suffix);
        if (!io.isDone()) {
            co_return isStopping_ ? State::Stopped : State::PodGone;
        }
        if (piece.state == BodyReader::Piece::State::Done) {
            co_return State::Sent;
        }
    }
}

Task<RequestUpload::State> RequestUpload::receiveMore(Stream& pod)
{
    client_.expireAt(worker_.now() + wait_);
    wait_ = options_.bodyIdle;
    pod.neverExpire(); // while the client is slow, the pod owes nothing
    const Io io = co_await client_.read(body_.space());
    client_.expireAt(worker_.now() + options_.write); // an early answer may be waiting to be read
    if (isStopping_) {
        co_return State::Stopped;
    }
    if (io.isDone()) {
        body_.received(io.bytes);
        co_return State::Running;
    }
    co_return io.state == Io::State::Expired ? State::ClientSlow : State::ClientGone;
}

void RequestUpload::waitAnew()
{
    if (state_ == State::Running) {
        client_.expireAt(worker_.now() + options_.bodyIdle);
    } else {
        client_.neverExpire();
    }
}

void RequestUpload::stop()
{
    if (state_ != State::Running) {
        return;
    }
    isStopping_ = true;
    pod_->cancel();
    if (state_ == State::Running) {
        client_.interruptReader();
    }
    check(state_ != State::Running, "an upload ends when both its streams are interrupted");
}

} // namespace lab::live
