#include "live/http2_preface.hpp"

namespace lab::live {

Task<bool> startsHttp2(Stream& client, Buffer& buffer)
{
    bool isOpen = mayBeHttp2(buffer.filled());
    while (isOpen && buffer.filled().size() < http2Preface.size()) {
        const Io io = co_await client.read(buffer.free());
        if (!io.isDone()) {
            co_return false;
        }
        buffer.received(io.bytes);
        isOpen = mayBeHttp2(buffer.filled());
    }
    co_return isOpen;
}

} // namespace lab::live
