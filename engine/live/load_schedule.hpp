#pragma once

#include "base/instant.hpp"
#include "measurement/record_collector.hpp"

#include <cstddef>
#include <vector>

namespace lab::live {

/// A stretch in which one style gets the traffic of [from, to) of its own time.
struct LoadSlice {
    std::size_t style = 0;
    Instant from;
    Instant to;
};

/// When does which style get the traffic, and what of it counts?
///
/// Every style has its own traffic time from zero to `perStyle`, cut into equal slices, at least
/// two unless one was wished for. Slice k of every style holds the same arrivals. The real time of
/// a slice is decided when it begins: the answers of the one before must be in. Pure.
class LoadSchedule {
public:
    /// At most this part of a slice is warm-up, however long it was wished.
    static constexpr int warmUpPartMax = 4;

    /// \param slice  wished length; the true one divides `perStyle` evenly, at least into two; as
    ///   long as `perStyle`: one slice a style
    /// \pre perStyle > 0, slice > 0, one or two styles
    LoadSchedule(Duration perStyle, Duration slice, Duration warmUp, std::size_t styleCount);

    /// In order of real time: A B B A A B B A …, so that drift of the machine hits both alike.
    [[nodiscard]] const std::vector<LoadSlice>& slices() const { return slices_; }

    /// What counts, in one style's traffic time.
    [[nodiscard]] const std::vector<measurement::Window>& windows() const { return windows_; }

private:
    std::vector<LoadSlice> slices_;
    std::vector<measurement::Window> windows_;
};

} // namespace lab::live
