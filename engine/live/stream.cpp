#include "live/stream.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <utility>

namespace lab::live {

Stream::~Stream()
{
    check(reader_ == nullptr && writer_ == nullptr, "nobody waits on a stream that ends");
    DeadlineWheel::disarm(*this);
    if (isGone_ != nullptr) {
        *isGone_ = true;
    }
}

Io Stream::stopped() const
{
    return {isCancelled_ ? Io::State::Cancelled : Io::State::Expired, 0};
}

bool Stream::retry(Operation* Stream::*waiting)
{
    Operation* operation = this->*waiting;
    if (operation == nullptr) {
        return true;
    }
    operation->io_ = operation->attempt();
    if (operation->io_.state == Io::State::WouldBlock) {
        return true;
    }
    this->*waiting = nullptr;
    return resume(*operation);
}

bool Stream::resume(Operation& operation)
{
    bool isGone = false;
    bool* const outer = std::exchange(isGone_, &isGone);
    operation.awaiting_.resume();
    if (!isGone) {
        isGone_ = outer;
    } else if (outer != nullptr) {
        *outer = true;
    }
    return !isGone;
}

void Stream::retryBoth()
{
    if (retry(&Stream::reader_)) {
        retry(&Stream::writer_);
    }
}

void Stream::expireAt(Instant at)
{
    hasExpired_ = false;
    wheel_.arm(*this, at);
}

void Stream::neverExpire()
{
    hasExpired_ = false;
    DeadlineWheel::disarm(*this);
}

void Stream::expired()
{
    hasExpired_ = true;
    retryBoth();
}

void Stream::cancel()
{
    isCancelled_ = true;
    retryBoth();
}

void Stream::interruptReader()
{
    if (Operation* const operation = std::exchange(reader_, nullptr)) {
        operation->io_ = {Io::State::Expired, 0};
        resume(*operation);
    }
}

void Stream::drain()
{
    if (isWokenByDrain_) {
        interruptReader();
    } else if (isIdle_) {
        cancel();
    }
}

void Stream::interruptIdle()
{
    if (isWokenByDrain_ || isIdle_) {
        interruptReader();
    }
}

Io Stream::WriteOperation::attempt()
{
    std::span<std::string_view> rest(parts_);
    while (true) {
        while (!rest.empty() && rest.front().empty()) {
            rest = rest.subspan(1);
        }
        if (rest.empty()) {
            return {Io::State::Done, 0};
        }
        const Io io = stream_.tryWrite(rest);
        if (!io.isDone()) {
            return io;
        }
        std::size_t written = io.bytes;
        for (std::string_view& part : rest) {
            const std::size_t ofPart = std::min(written, part.size());
            part.remove_prefix(ofPart);
            written -= ofPart;
        }
    }
}

Io Stream::ReadyOperation::attempt()
{
    if (stream_.isStopped()) {
        return stream_.stopped();
    }
    return {stream_.hasNews(isExact_) ? Io::State::Done : Io::State::WouldBlock, 0};
}

} // namespace lab::live
