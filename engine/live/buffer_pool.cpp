#include "live/buffer_pool.hpp"

#include <cstring>

namespace lab::live {

void Buffer::dropFront(std::size_t count)
{
    std::memmove(bytes_.get(), bytes_.get() + count, size_ - count);
    size_ -= count;
}

BufferPool::Lease BufferPool::take()
{
    if (kept_.empty()) {
        return {*this, std::make_unique<Buffer>()};
    }
    std::unique_ptr<Buffer> buffer = std::move(kept_.back());
    kept_.pop_back();
    return {*this, std::move(buffer)};
}

} // namespace lab::live
