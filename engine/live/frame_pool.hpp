#pragma once

#include <cstddef>

namespace lab::live {

/// Memory for coroutine frames, kept a thread and a size: the frame given back last goes out first.
///
/// A request runs through a dozen short coroutines whose frames are always of the same few sizes;
/// the heap would split and merge blocks for each of them. Frames may be given back on another
/// thread than the one that took them. Sanitizer builds use the heap, which they watch.
class FramePool {
public:
    static constexpr std::size_t step = 64;            ///< Sizes are rounded up to it.
    static constexpr std::size_t frameBytesMax = 4096; ///< Larger ones come from the heap.
    static constexpr std::size_t keptMax = 128;        ///< A size and thread; more are freed.

    [[nodiscard]] static void* take(std::size_t bytes);
    static void give(void* frame, std::size_t bytes) noexcept;
};

} // namespace lab::live
