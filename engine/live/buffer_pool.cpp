#include "live/buffer_pool.hpp"

#include <cstring>

namespace lab::live {

void Buffer::dropFront(std::size_t count)
{
    std::memmove(bytes_.get(), bytes_.get() + count, size_ - count);
    size_ -= count;
}

void Buffer::dropPart(std::size_t at, std::size_t end)
{
    std::memmove(bytes_.get() + at, bytes_.get() + end, size_ - end);
    size_ -= end - at;
}

void Buffer::moveDown(std::string_view bytes, std::size_t to)
{
    if (!bytes.empty()) { // memmove may not be given an empty view
        std::memmove(bytes_.get() + to, bytes.data(), bytes.size());
    }
}

BufferPool::Lease BufferPool::take()
{
    if (kept_.empty()) {
        made_.fetch_add(1, std::memory_order_relaxed);
        return {*this, std::make_unique<Buffer>()};
    }
    std::unique_ptr<Buffer> buffer = std::move(kept_.back());
    kept_.pop_back();
    return {*this, std::move(buffer)};
}

} // namespace lab::live
