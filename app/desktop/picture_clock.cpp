#include "desktop/picture_clock.hpp"

#include <algorithm>

namespace lab::desktop {

void PictureClock::start(Instant now, double speed)
{
    now_ = 0.0;
    segments_.assign(1, {now, 0.0, speed});
}

void PictureClock::setSpeed(double speed)
{
    if (speed == segments_.back().speed) {
        return;
    }
    const Segment fresh{runNow(), now_, speed};
    if (segments_.back().picture == now_) {
        segments_.back() = fresh;
        return;
    }
    if (segments_.size() == segmentsMax) {
        segments_.erase(segments_.begin());
    }
    segments_.push_back(fresh);
}

void PictureClock::advance(double pictureSeconds)
{
    now_ += std::max(pictureSeconds, 0.0);
}

Instant PictureClock::runNow() const
{
    const Segment& last = segments_.back();
    return last.run + fromSeconds((now_ - last.picture) * last.speed);
}

double PictureClock::pictureOf(Instant instant) const
{
    auto segment = segments_.end() - 1;
    while (segment != segments_.begin() && instant < segment->run) {
        --segment;
    }
    return segment->picture + toSeconds(instant - segment->run) / segment->speed;
}

} // namespace lab::desktop
