#include "live/http2_guard.hpp"

namespace lab::live {

bool Http2Guard::frameBegins(bool carries, std::size_t payloadBytes)
{
    const bool isUseful = carries && payloadBytes > 0;
    (isUseful ? carried_ : overhead_) += frameHeadBytes + payloadBytes;
    return overhead_ <= overheadFactor * carried_ + overheadBytesMax;
}

bool Http2Guard::blockBegins(std::size_t bytes)
{
    continuations_ = 0;
    blockBytes_ = bytes;
    return blockBytes_ <= blockBytesMax;
}

bool Http2Guard::blockGoesOn(std::size_t bytes)
{
    ++continuations_;
    blockBytes_ += bytes;
    return continuations_ <= continuationsMax && blockBytes_ <= blockBytesMax;
}

bool Http2Guard::wasReset(Instant now)
{
    return resets_.admit(now) == Duration::zero();
}

} // namespace lab::live
