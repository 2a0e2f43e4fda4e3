#include "live/frame_pool.hpp"

#include <array>
#include <cstdint>
#include <new>

namespace lab::live {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool keepsFrames = false;
#else
constexpr bool keepsFrames = true;
#endif

struct FreeFrame {
    FreeFrame* next;
};

struct FreeFrames {
    struct List {
        FreeFrame* first = nullptr;
        std::size_t count = 0;
    };
    std::array<List, FramePool::frameBytesMax / FramePool::step + 1> bySize;

    constexpr FreeFrames() = default;
    FreeFrames(const FreeFrames&) = delete;
    FreeFrames& operator=(const FreeFrames&) = delete;
    ~FreeFrames()
    {
        for (List& list : bySize) {
            while (list.first != nullptr) {
                FreeFrame* const frame = list.first;
                list.first = frame->next;
                ::operator delete(frame);
            }
            list.count = FramePool::keptMax; // what is given back later is freed
        }
    }
};

constinit thread_local FreeFrames kept;

constexpr std::size_t sizeClass(std::size_t bytes)
{
    return (bytes + FramePool::step - 1) / FramePool::step;
}

} // namespace

void* FramePool::take(std::size_t bytes)
{
    if (!keepsFrames || bytes > frameBytesMax) {
        return ::operator new(bytes);
    }
    FreeFrames::List& list = kept.bySize[sizeClass(bytes)];
    if (list.first == nullptr) {
        return ::operator new(sizeClass(bytes) * step);
    }
    FreeFrame* const frame = list.first;
    list.first = frame->next;
    --list.count;
    return frame;
}

void FramePool::give(void* frame, std::size_t bytes) noexcept
{
    if (!keepsFrames || bytes > frameBytesMax) {
        ::operator delete(frame);
        return;
    }
    FreeFrames::List& list = kept.bySize[sizeClass(bytes)];
    if (list.count >= keptMax) {
        ::operator delete(frame);
        return;
    }
    list.first = new (frame) FreeFrame{list.first};
    ++list.count;
}

} // namespace lab::live
