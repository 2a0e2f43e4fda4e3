#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace lab::simulation {

/// Which memory will a request touch?  Cache lines that are fetched while others are dealt with.
///
/// With ten thousand doors each request finds its door's memory cold, and a run would mostly wait
/// for it. Which request comes next is known, so its lines are on their way when it does. Changes
/// no result. Beyond linesMax lines are left out. The memory must outlive the footprint, or at
/// least be no segment of its own: a fetch never faults.
class Footprint {
public:
    static constexpr std::size_t lineBytes = 64;
    static constexpr std::size_t linesMax = 44;

    /// The lines of so many bytes from there on.
    void add(const void* from, std::size_t bytes)
    {
        const char* at = static_cast<const char*>(from);
        for (std::size_t offset = 0; offset < bytes && count_ < linesMax; offset += lineBytes) {
            lines_[count_++] = at + offset;
        }
    }

    void fetch() const
    {
        for (std::size_t i = 0; i < count_; ++i) {
            fetchLine(lines_[i]);
        }
    }

    // For what is known late.
    static void fetchLine(const void* at) { __builtin_prefetch(at); }
    static void fetchLines(const void* from, std::size_t bytes)
    {
        for (std::size_t offset = 0; offset < bytes; offset += lineBytes) {
            fetchLine(static_cast<const char*>(from) + offset);
        }
    }

    [[nodiscard]] std::size_t lineCount() const { return count_; }

private:
    std::array<const void*, linesMax> lines_{};
    std::uint32_t count_ = 0;
};

} // namespace lab::simulation
