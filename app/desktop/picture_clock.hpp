#pragma once

#include "base/instant.hpp"

#include <vector>

namespace lab::desktop {

/// When does an instant of the run show in the picture?  Picture seconds, which pass as fast as
/// the spectator's own, against a run that may be slowed or hastened.
///
/// A dot flies for a while of picture time, however fast the run goes; so where it is must not
/// jump when the speed changes. Keeps a line of segments, one for each speed; at most segmentsMax.
class PictureClock {
public:
    static constexpr std::size_t segmentsMax = 64; ///< Older ones are taken as the oldest kept.

    /// The run stands at `now`, and the picture's time begins.
    void start(Instant now, double speed);
    /// From here on the run takes so many of its seconds for one of the picture's. Above 0.
    void setSpeed(double speed);
    /// That much of the spectator's time has passed.
    void advance(double pictureSeconds);

    [[nodiscard]] double speed() const { return segments_.back().speed; }
    [[nodiscard]] double now() const { return now_; }
    [[nodiscard]] Instant runNow() const;
    /// Also of instants to come, if the speed stays.
    [[nodiscard]] double pictureOf(Instant instant) const;

private:
    struct Segment {
        Instant run;
        double picture = 0.0;
        double speed = 1.0;
    };

    std::vector<Segment> segments_{Segment{}};
    double now_ = 0.0;
};

} // namespace lab::desktop
