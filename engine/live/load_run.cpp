#include "live/load_run.hpp"

#include "base/check.hpp"
#include "live/load_generator.hpp"

#include <thread>

namespace lab::live {

namespace {

constexpr Duration stopPoll = std::chrono::milliseconds(20);
constexpr Duration progressInterval = std::chrono::milliseconds(100);

/// More arrivals than a run should hold in memory (24 bytes each), or anybody wants to wait for.
constexpr double arrivalsMax = 20e6;

std::optional<Error> refusal(const LoadSpec& spec)
{
    double rate = 0.0;
    for (const workload::Traffic& traffic : spec.traffic) {
        rate += traffic.ratePerSecond;
    }
    const double count = rate * toSeconds(spec.perStyle);
    if (count > arrivalsMax) {
        return Error(ErrorKind::WrongUse,
                     "the traffic comes to " + std::to_string(static_cast<std::int64_t>(count)) +
                         " requests a style, more than " +
                         std::to_string(static_cast<std::int64_t>(arrivalsMax)) +
                         "; shorten the run or lower its rates");
    }
    return std::nullopt;
}

/// Blocks until the generator is through. \return whether it was stopped before
bool waitFor(LoadGenerator& generator,
             const LoadSpec& spec,
             const std::atomic<bool>& stop,
             const LoadProgress& progress)
{
    const auto finished = generator.finished();
    Duration sinceProgress = progressInterval;
    while (finished.wait_for(stopPoll) != std::future_status::ready) {
        if (stop.load()) {
            return true;
        }
        sinceProgress += stopPoll;
        if (progress && sinceProgress >= progressInterval) {
            const LoadPosition position = generator.position();
            progress(position.share, spec.styles[position.style].name);
            sinceProgress = Duration::zero();
        }
    }
    return false;
}

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
    result.wasInterrupted = waitFor(**generator, spec, stop, progress);
    worker.stop();
    auto measurements = (*generator)->measurements();
    if (measurements.has_error()) {
        return measurements.error();
    }
    result.styles = std::move(*measurements);
    return result;
}

} // namespace lab::live
