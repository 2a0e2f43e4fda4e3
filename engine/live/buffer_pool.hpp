#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace lab::live {

/// Bytes received and not yet dealt with: one block of memory with a filled part.
///
/// Room for the largest head and a piece of body behind it.
class Buffer {
public:
    static constexpr std::size_t headBytesMax = 64 * 1024;
    static constexpr std::size_t capacity = headBytesMax + 32 * 1024;
    /// Behind the capacity: scanners may read (not use) this far past the end.
    static constexpr std::size_t padding = 64;

    Buffer()
        : bytes_(new char[capacity + padding]) // not zeroed: only what arrives is touched
    {
    }

    [[nodiscard]] std::string_view filled() const { return {bytes_.get(), size_}; }
    [[nodiscard]] std::span<char> free() { return {bytes_.get() + size_, capacity - size_}; }
    [[nodiscard]] bool isFull() const { return size_ == capacity; }
    void received(std::size_t count) { size_ += count; }
    void clear() { size_ = 0; }
    /// Forgets everything from there on.
    void truncate(std::size_t size) { size_ = size; }
    /// Drops the first bytes and moves the rest to the front; views into it are void.
    void dropFront(std::size_t count);
    /// Drops the bytes in [at, end) and moves the rest down; views into it are void.
    void dropPart(std::size_t at, std::size_t end);
    /// Copies filled bytes to a place before them.
    void moveDown(std::string_view bytes, std::size_t to);

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
};

/// Lends buffers to the exchanges under way; the one given back last goes out first, still warm.
/// One worker's; an idle connection holds none.
class BufferPool {
public:
    static constexpr std::size_t keptMax = 256; ///< More are freed when given back.

    /// A buffer that goes home by itself.
    class Lease {
    public:
        Lease() = default;
        Lease(BufferPool& pool, std::unique_ptr<Buffer> buffer)
            : pool_(&pool)
            , buffer_(std::move(buffer))
        {
        }
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&& other) noexcept
        {
            release();
            pool_ = other.pool_;
            buffer_ = std::move(other.buffer_);
            return *this;
        }
        ~Lease() { release(); }

        void release();
        [[nodiscard]] explicit operator bool() const { return buffer_ != nullptr; }
        Buffer& operator*() const { return *buffer_; }
        Buffer* operator->() const { return buffer_.get(); }

    private:
        BufferPool* pool_ = nullptr;
        std::unique_ptr<Buffer> buffer_;
    };

    [[nodiscard]] Lease take();
    /// Buffers that all pools of this process ever allocated. From any thread.
    [[nodiscard]] static std::uint64_t made() { return made_.load(std::memory_order_relaxed); }

private:
    inline static std::atomic<std::uint64_t> made_ = 0;
    std::vector<std::unique_ptr<Buffer>> kept_;
};

inline void BufferPool::Lease::release()
{
    if (!buffer_) {
        return;
    }
    if (pool_->kept_.size() < keptMax) {
        buffer_->clear();
        pool_->kept_.push_back(std::move(buffer_));
    }
    buffer_.reset();
}

} // namespace lab::live
