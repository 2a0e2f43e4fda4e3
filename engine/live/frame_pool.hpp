#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>

namespace lab::live {

/// Memory for coroutine frames, kept a thread and a size: the frame given back last goes out first.
///
/// A request runs through a dozen short coroutines whose frames are always of the same few sizes;
/// the heap would split and merge blocks for each of them. Frames may be given back on another
/// thread than the one that took them. Sanitizer builds use the heap, which they watch.
class FramePool {
public:
    static constexpr std::size_t step = 64;                 ///< Sizes are rounded up to it.
    static constexpr std::size_t frameBytesMax = 16 * 1024; ///< Larger ones come from the heap.
    static constexpr std::uint32_t keptMax = 128;           ///< A size and thread; more are freed.

    [[nodiscard]] static void* take(std::size_t bytes)
    {
        if (bytes > frameBytesMax) {
            return ::operator new(bytes);
        }
        List& list = kept_[sizeClass(bytes)];
        FreeFrame* const frame = list.first;
        if (frame == nullptr) {
            return takeFromHeap(bytes);
        }
        list.first = frame->next;
        --list.count;
        return frame;
    }

    static void give(void* frame, std::size_t bytes) noexcept
    {
        if (bytes > frameBytesMax) {
            ::operator delete(frame);
            return;
        }
        List& list = kept_[sizeClass(bytes)];
        if (list.count >= limit_) {
            ::operator delete(frame);
            return;
        }
        list.first = new (frame) FreeFrame{list.first};
        ++list.count;
    }

private:
    struct FreeFrame {
        FreeFrame* next;
    };
    struct List {
        FreeFrame* first = nullptr;
        std::uint32_t count = 0;
    };
    struct Keeper; ///< Frees what its thread has kept, at the thread's end.

    static constexpr std::size_t sizeClass(std::size_t bytes) { return (bytes + step - 1) / step; }
    static void* takeFromHeap(std::size_t bytes);

    static constinit thread_local std::array<List, frameBytesMax / step + 1> kept_;
    static constinit thread_local std::uint32_t
        limit_; ///< 0 before the first frame and at the end.
};

} // namespace lab::live
