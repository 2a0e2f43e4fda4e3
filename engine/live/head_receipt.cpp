#include "live/head_receipt.hpp"

namespace lab::live {

Task<HeadReceipt> receiveRequestHead(
    Worker& worker, Stream& client, Buffer& buffer, http::RequestHead& head, Duration headTime)
{
    const http::HeadLimits limits;
    bool hasDeadline = headTime == Duration::zero();
    while (true) {
        if (!buffer.filled().empty()) {
            const http::HeadResult result = http::parseRequestHead(buffer.filled(), head, limits);
            if (result.state == http::HeadResult::State::Complete) {
                co_return HeadReceipt{HeadReceipt::State::Complete, result.headBytes, {}};
            }
            if (result.state == http::HeadResult::State::Invalid) {
                co_return HeadReceipt{HeadReceipt::State::Refused, 0, result.error};
            }
            if (!hasDeadline) {
                client.expireAt(worker.now() + headTime);
                hasDeadline = true;
            }
        }
        const Io io = co_await client.read(buffer.free());
        if (!io.isDone()) {
            if (io.state == Io::State::Expired && !buffer.filled().empty()) {
                const http::HeadError late{408, "the head did not arrive in time"};
                co_return HeadReceipt{HeadReceipt::State::Refused, 0, late};
            }
            co_return HeadReceipt{};
        }
        buffer.received(io.bytes);
    }
}

Task<> lingerThenClose(Worker& worker, Stream& client, Buffer& buffer)
{
    // More than both sides' socket buffers hold: what was sent before the client saw the answer.
    constexpr std::size_t lingerBytesMax = std::size_t{16} << 20U;
    constexpr Duration lingerMax = std::chrono::seconds(1);
    client.finishWriting();
    client.expireAt(worker.now() + lingerMax);
    for (std::size_t seen = 0; seen < lingerBytesMax;) {
        buffer.clear();
        const Io io = co_await client.read(buffer.free());
        if (!io.isDone()) {
            co_return;
        }
        seen += io.bytes;
    }
}

} // namespace lab::live
