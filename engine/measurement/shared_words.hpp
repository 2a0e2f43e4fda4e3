#pragma once

#include "base/check.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace lab::measurement {

/// Memory that one thread writes while others read: 64-bit words, each of them atomic.
///
/// Zero at first; the system gives a page only when it is first written, so that a large one costs
/// what is used of it. Stores release and loads acquire: on x86 both are plain moves, and no fence
/// is needed to tell a whole entry from a torn one (see RecordRing).
class SharedWords {
public:
    /// \param count  of words, above 0
    explicit SharedWords(std::size_t count)
        : words_(static_cast<std::uint64_t*>(std::calloc(count, sizeof(std::uint64_t))))
    {
        check(words_ != nullptr, "there is memory for the recorder");
    }

    void store(std::size_t index, std::uint64_t word)
    {
        std::atomic_ref(words_.get()[index]).store(word, std::memory_order_release);
    }
    /// \param words  stored one after the other from that index on
    template <std::size_t count>
    void store(std::size_t index, const std::array<std::uint64_t, count>& words)
    {
        std::uint64_t* const first = words_.get() + index;
#pragma GCC unroll 8
        for (std::size_t i = 0; i < count; ++i) {
            std::atomic_ref(first[i]).store(words[i], std::memory_order_release);
        }
    }
    [[nodiscard]] std::uint64_t load(std::size_t index) const
    {
        return std::atomic_ref(words_.get()[index]).load(std::memory_order_acquire);
    }

private:
    struct Free {
        void operator()(std::uint64_t* words) const { std::free(words); } // NOLINT: of calloc
    };
    std::unique_ptr<std::uint64_t, Free> words_;
};

} // namespace lab::measurement
