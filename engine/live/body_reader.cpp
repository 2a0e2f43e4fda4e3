#include "live/body_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lab::live {

using http::BodyFraming;

BodyReader::BodyReader(BodyFraming framing,
                       std::uint64_t contentLength,
                       Buffer& buffer,
                       std::size_t start)
    : framing_(framing)
    , remaining_(framing == BodyFraming::Length ? contentLength : 0)
    , buffer_(&buffer)
    , start_(start)
    , position_(start)
    , isDone_(framing == BodyFraming::None ||
              (framing == BodyFraming::Length && contentLength == 0))
{
}

BodyReader::Piece BodyReader::take()
{
    if (gathered_ > 0) {
        const std::string_view data = buffer_->filled().substr(start_, gathered_);
        gathered_ = 0;
        return {Piece::State::Data, data};
    }
    if (isDone_) {
        return {Piece::State::Done, {}};
    }
    return framing_ == BodyFraming::Chunked ? takeChunked() : takeLength();
}

BodyReader::Piece BodyReader::takeLength()
{
    std::string_view data = buffer_->filled().substr(position_);
    if (framing_ == BodyFraming::Length) {
        data = data.substr(
            0, static_cast<std::size_t>(std::min<std::uint64_t>(data.size(), remaining_)));
        remaining_ -= data.size();
        isDone_ = remaining_ == 0;
    }
    if (data.empty()) {
        return {Piece::State::NeedMore, {}};
    }
    position_ += data.size();
    return {Piece::State::Data, data};
}

BodyReader::Piece BodyReader::takeChunked()
{
    while (position_ < buffer_->filled().size()) {
        const auto step = decoder_.feed(buffer_->filled().substr(position_));
        position_ += step.consumed;
        if (step.state == http::ChunkedDecoder::State::Invalid) {
            return {Piece::State::Invalid, {}};
        }
        isDone_ = step.state == http::ChunkedDecoder::State::Done;
        if (!step.data.empty()) {
            return {Piece::State::Data, step.data};
        }
        if (isDone_) {
            return {Piece::State::Done, {}};
        }
    }
    return {Piece::State::NeedMore, {}};
}

BodyReader::Gathering BodyReader::gather(std::size_t bytesMax)
{
    if (framing_ == BodyFraming::Chunked) {
        return gatherChunks(bytesMax);
    }
    if (isWhollyBuffered()) {
        return Gathering::Whole;
    }
    const bool fits = framing_ == BodyFraming::Length && remaining_ <= bytesMax &&
                      remaining_ <= Buffer::capacity - start_;
    return fits ? Gathering::NeedMore : Gathering::TooMuch;
}

BodyReader::Gathering BodyReader::gatherChunks(std::size_t bytesMax)
{
    while (!isDone_ && position_ < buffer_->filled().size()) {
        const auto step = decoder_.feed(buffer_->filled().substr(position_));
        if (step.state == http::ChunkedDecoder::State::Invalid) {
            return Gathering::Invalid;
        }
        position_ += step.consumed;
        isDone_ = step.state == http::ChunkedDecoder::State::Done;
        buffer_->moveDown(step.data, start_ + gathered_);
        gathered_ += step.data.size();
        if (gathered_ > bytesMax) {
            return Gathering::TooMuch;
        }
    }
    if (isDone_) {
        return Gathering::Whole;
    }
    return space().empty() ? Gathering::TooMuch : Gathering::NeedMore;
}

std::span<char> BodyReader::space()
{
    if (position_ == buffer_->filled().size()) {
        position_ = start_ + gathered_; // everything was taken: the room is free again
        buffer_->truncate(position_);
    }
    return buffer_->free();
}

bool BodyReader::ended()
{
    isDone_ = isDone_ || framing_ == BodyFraming::UntilClose;
    return isDone_;
}

bool BodyReader::isWhollyBuffered() const
{
    if (framing_ == BodyFraming::None) {
        return true;
    }
    return framing_ == BodyFraming::Length && buffer_->filled().size() - position_ >= remaining_;
}

void BodyFramer::appendPrefix(std::string& out, std::size_t size) const
{
    if (!isChunked_) {
        return;
    }
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16);
    out.append(digits.data(), end.ptr);
    out += "\r\n";
}

void BodyFramer::appendEnd(std::string& out, std::string_view trailers) const
{
    if (isChunked_) {
        out += "0\r\n";
        out += trailers;
        out += "\r\n";
    }
}

} // namespace lab::live
