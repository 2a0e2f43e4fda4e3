#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace lab {

using Duration = std::chrono::nanoseconds;

/// A point in a run's time: whole nanoseconds since the run began. It has no now().
///
/// Who wants to know the time is told it: the live driver reads its clock once an event, the
/// simulator has its own. So both drive the same deciders.
class Instant {
public:
    constexpr Instant() = default;
    constexpr explicit Instant(Duration sinceStart)
        : sinceStart_(sinceStart)
    {
    }

    [[nodiscard]] constexpr Duration sinceStart() const { return sinceStart_; }

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Duration operator-(Instant a, Instant b)
    {
        return a.sinceStart_ - b.sinceStart_;
    }
    friend constexpr Instant operator+(Instant a, Duration d) { return Instant(a.sinceStart_ + d); }

private:
    Duration sinceStart_{};
};

/// Seconds as a number, for sums and texts; deciders stay with integers.
[[nodiscard]] constexpr double toSeconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

/// The nearest whole nanosecond.
[[nodiscard]] constexpr Duration fromSeconds(double seconds)
{
    return Duration(static_cast<std::int64_t>(seconds * 1e9 + (seconds < 0 ? -0.5 : 0.5)));
}

} // namespace lab
