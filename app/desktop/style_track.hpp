#pragma once

#include "base/instant.hpp"
#include "desktop/stage_model.hpp"
#include "measurement/measurements.hpp"
#include "measurement/record_collector.hpp"
#include "scenario/trail_run.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace lab::desktop {

/// How a request ended, as it is drawn: each with a colour and a shape.
enum class Ending : std::uint8_t {
    Served,  ///< A dot.
    Slow,    ///< Served, but it took StyleTrack::slowFrom or longer.
    Refused, ///< A diamond, on its way back: a limiter's 429 or 503.
    Turned,  ///< A ring: an answer of 3xx or 4xx that is no limit's.
    Failed,  ///< A cross: 5xx, or no answer.
};

[[nodiscard]] Ending endingOf(const simulation::Trail& trail);

/// Half a second of one style, by the ends of its requests.
struct Interval {
    static constexpr Duration length = std::chrono::milliseconds(500);

    std::uint32_t ended = 0;
    std::uint32_t admitted = 0;
    std::uint32_t refused = 0;
    std::uint32_t failed = 0;
    float p50Ms = 0.0F; ///< Of what was answered and admitted; 0: nothing was.
    float p99Ms = 0.0F;
};

/// What has become of one style's requests up to the moment that is shown?
///
/// Trails are added ahead of that moment, since a request can be drawn only by who knows its end.
class StyleTrack {
public:
    static constexpr Duration slowFrom = std::chrono::milliseconds(250);
    /// What the stage may look back at; older trails are forgotten.
    static constexpr Duration keptFor = std::chrono::seconds(45);

    /// A trail with what the stage asks of it again and again.
    struct Known {
        simulation::Trail trail;
        Ending ending = Ending::Served;
        int service = -1; ///< Its row on the stage; -1: it got to none.
    };
    using Second = std::vector<Known>; ///< Those meant to be sent within one second.

    StyleTrack(const StageModel& model, const StageSide& side, const scenario::TrailRun& run);

    /// In order of their ends, and after all that were added before.
    void add(std::vector<simulation::Trail> trails);
    /// Counts what has ended by then. \pre not before the last one
    void advance(Instant now);

    [[nodiscard]] measurement::Measurements measurements(Instant now) const
    {
        return collector_.result(now);
    }
    /// Complete ones only.
    [[nodiscard]] const std::vector<Interval>& intervals() const { return intervals_; }
    /// Requests that were meant to be sent within [from, to], in whole seconds around it.
    [[nodiscard]] std::vector<const Second*> secondsWithin(Instant from, Instant to) const;
    /// Ended within the last second, by service; as advance() left it.
    [[nodiscard]] const std::vector<std::uint32_t>& lastSecond() const { return lastSecond_; }
    /// In service or in line at that instant, by service and pod.
    [[nodiscard]] std::vector<std::vector<std::uint32_t>> podLoad(Instant now) const;

private:
    void count(const Known& known);
    void closeInterval();
    void forget(Instant now);

    std::vector<int> serviceOfKind_;           ///< By entry of the record: a row, or -1.
    std::vector<std::size_t> collectorOfKind_; ///< Index for the collector.
    const StageSide& side_;
    measurement::RecordCollector collector_;
    bool hasIdeal_ = false;
    std::deque<Known> ahead_; ///< Not counted yet, in order of their ends.
    std::deque<Second> seconds_;
    std::int64_t firstSecond_ = 0;
    std::vector<Interval> intervals_;
    Interval open_;
    std::vector<float> openLatencies_;
    std::deque<std::pair<Instant, int>> recent_; ///< The last second's ends.
    std::vector<std::uint32_t> lastSecond_;
};

} // namespace lab::desktop
