#include "live/frame_pool.hpp"

namespace lab::live {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool keepsFrames = false;
#else
constexpr bool keepsFrames = true;
#endif

} // namespace

constinit thread_local std::array<FramePool::List, FramePool::frameBytesMax / FramePool::step + 1>
    FramePool::kept_{};
constinit thread_local std::uint32_t FramePool::limit_ = 0;

struct FramePool::Keeper {
    Keeper() { limit_ = keepsFrames ? keptMax : 0; }
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;
    ~Keeper()
    {
        limit_ = 0; // what is given back from now on is freed
        for (List& list : kept_) {
            while (list.first != nullptr) {
                FreeFrame* const frame = list.first;
                list.first = frame->next;
                ::operator delete(frame);
            }
        }
    }
};

void* FramePool::takeFromHeap(std::size_t bytes)
{
    static thread_local const Keeper keeper;
    return ::operator new(sizeClass(bytes) * step);
}

} // namespace lab::live
