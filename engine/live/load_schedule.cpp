#include "live/load_schedule.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace lab::live {

namespace {

/// The nearest whole number of slices, at least two; one where that is the wish.
std::int64_t sliceCount(Duration perStyle, Duration slice)
{
    return slice == perStyle ? 1 : std::max<std::int64_t>(2, (perStyle + slice / 2) / slice);
}

} // namespace

LoadSchedule::LoadSchedule(Duration perStyle,
                           Duration slice,
                           Duration warmUp,
                           std::size_t styleCount)
{
    check(perStyle > Duration::zero() && slice > Duration::zero(), "a run takes time");
    check(styleCount == 1 || styleCount == 2, "one style runs, or two are compared");
    const std::int64_t count = sliceCount(perStyle, slice);
    const auto boundary = [&](std::int64_t k) {
        return Instant(k == count ? perStyle : perStyle / count * k);
    };
    for (std::int64_t k = 0; k < count; ++k) {
        const Instant from = boundary(k);
        const Instant to = boundary(k + 1);
        const Duration skipped = std::clamp(warmUp, Duration::zero(), (to - from) / warmUpPartMax);
        windows_.push_back({from + skipped, to});
        for (std::size_t i = 0; i < styleCount; ++i) {
            const bool isReversed = k % 2 == 1;
            slices_.push_back({isReversed ? styleCount - 1 - i : i, from, to});
        }
    }
}

} // namespace lab::live
