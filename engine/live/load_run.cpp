#include "live/load_run.hpp"

#include "base/check.hpp"
#include "live/load_generator.hpp"

#include <algorithm>
#include <thread>

namespace lab::live {

namespace {

constexpr Duration stopPoll = std::chrono::milliseconds(20);
constexpr Duration eventPoll = std::chrono::microseconds(200);
constexpr Duration progressInterval = std::chrono::milliseconds(100);

/// More arrivals than a run should hold in memory (24 bytes each), or anybody wants to wait for.
constexpr double arrivalsMax = 20e6;

std::optional<Error> refusal(const LoadSpec& spec)
{
    const double count = workload::expectedArrivals(spec.traffic, spec.perStyle);
    if (count > arrivalsMax) {
        return Error(ErrorKind::WrongUse,
                     "the traffic comes to " + std::to_string(static_cast<std::int64_t>(count)) +
                         " requests a style, more than " +
                         std::to_string(static_cast<std::int64_t>(arrivalsMax)) +
                         "; shorten the run or lower its rates");
    }
    return std::nullopt;
}

/// As the generator's thread sees it between two of its turns.
measurement::Measurements soFar(LoadGenerator& generator, Worker& worker, std::size_t style)
{
    measurement::Measurements sums;
    worker.postAndWait([&] {
        if (const auto all = generator.measurements()) {
            sums = (*all)[style];
        }
    });
    return sums;
}

/// What the caller's thread does while the generator works.
class Attendance {
public:
    Attendance(LoadGenerator& generator, Worker& worker, const LoadSpec& spec)
        : generator_(generator)
        , worker_(worker)
        , spec_(spec)
    {
    }

    /// Blocks until the generator is through. \return whether it was stopped before
    bool toTheEnd(const std::atomic<bool>& stop, const LoadProgress& progress)
    {
        const auto finished = generator_.finished();
        while (finished.wait_for(untilNext()) != std::future_status::ready) {
            if (stop.load()) {
                return true;
            }
            beginSlices();
            playEvents();
            tell(progress);
        }
        return false;
    }

private:
    void beginSlices()
    {
        while (generator_.isSliceWaiting()) {
            spec_.beforeSlice();
            nextEvent_ = 0;
            generator_.allowSlice();
            ++begun_;
        }
    }

    /// Of the slice that goes on, if it is that one whose start was seen.
    void playEvents()
    {
        const LoadPosition position = generator_.position();
        const bool isSeen = !spec_.beforeSlice || position.slice + 1 == begun_;
        while (isSeen && nextEvent_ < spec_.events.size() &&
               spec_.events[nextEvent_].at <= position.at) {
            spec_.events[nextEvent_++].happen();
        }
    }

    void tell(const LoadProgress& progress)
    {
        const Instant now = clock_.now();
        if (now < nextTelling_) {
            return;
        }
        nextTelling_ = now + progressInterval;
        const LoadPosition position = generator_.position();
        if (progress) {
            progress(position.share, spec_.styles[position.style].name);
        }
        if (spec_.watch) {
            spec_.watch(position.share, soFar(generator_, worker_, position.style));
        }
    }

    [[nodiscard]] Duration untilNext() const
    {
        if (nextEvent_ >= spec_.events.size()) {
            return stopPoll;
        }
        const Duration left = spec_.events[nextEvent_].at - generator_.position().at;
        return std::clamp(left, eventPoll, stopPoll);
    }

    LoadGenerator& generator_;
    Worker& worker_;
    const LoadSpec& spec_;
    const LiveClock clock_;
    Instant nextTelling_;
    std::size_t nextEvent_ = 0;
    std::size_t begun_ = 0;
};

} // namespace

Result<LoadResult>
runLoad(const LoadSpec& spec, const std::atomic<bool>& stop, const LoadProgress& progress)
{
    check(!spec.styles.empty() && spec.styles.size() <= 2, "one style runs, or two are compared");
    if (auto error = refusal(spec)) {
        return *error;
    }
    const LiveClock clock;
    Worker worker(clock, "lab-load");
    auto generator = LoadGenerator::create(worker, clock, spec);
    if (generator.has_error()) {
        return generator.error();
    }
    worker.start();
    (*generator)->start();
    LoadResult result;
    result.wasInterrupted = Attendance(**generator, worker, spec).toTheEnd(stop, progress);
    worker.stop();
    auto measurements = (*generator)->measurements();
    if (measurements.has_error()) {
        return measurements.error();
    }
    result.styles = std::move(*measurements);
    return result;
}

} // namespace lab::live
