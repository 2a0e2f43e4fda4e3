#pragma once

#include "base/instant.hpp"
#include "measurement/measurements.hpp"
#include "simulation/run_view.hpp"
#include "simulation/simulation_spec.hpp"
#include "simulation/trail.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace lab::simulation {

/// What would these doors make of this traffic?  One style's run in virtual time.
///
/// A discrete-event simulation that drives the live engine's deciders: routing, limits, balancing,
/// retries. Nothing waits, nothing is random but by the seed: the same spec gives the same bytes
/// on every machine. Arrivals are workload::arrivals(traffic, duration, Random(seed)), the live
/// run's too. After the traffic's end it goes on until the last request is through. One thread.
class SimulatedRun {
public:
    /// \pre a destination for every entry of every mix; warmUp <= duration
    explicit SimulatedRun(SimulationSpec spec);
    ~SimulatedRun();
    SimulatedRun(SimulatedRun&&) noexcept;
    SimulatedRun& operator=(SimulatedRun&&) noexcept;

    /// One event. \return false if there was none left
    bool step();
    /// Undoes the last event. \return false if there was none
    ///
    /// By replay from the start, at millions of events a second: what a lesson shows is back at
    /// once, a minute of 100,000 requests a second is not.
    bool stepBack();
    /// Everything that happens before or at that instant.
    void runUntil(Instant until);
    /// Forward or back, to where all that happens before or at that instant has happened.
    void seek(Instant at);
    /// Everything.
    void run();

    [[nodiscard]] Instant now() const; ///< Of the last event.
    /// Of the next event; nothing if there is none.
    [[nodiscard]] std::optional<Instant> nextAt() const;
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] std::uint64_t eventCount() const;
    /// Requests under way right now.
    [[nodiscard]] std::size_t underWay() const;
    /// More requests were under way than RequestTable::inFlightMax, or more events pending than
    /// EventQueue::pendingMax: the run stopped there, and its numbers are worth nothing.
    [[nodiscard]] bool hasOverflown() const;

    /// What there is to see right now: at most so many requests, the oldest ones, and all pods.
    [[nodiscard]] RunView view(std::size_t requestsMax = requestsInSightMax) const;
    static constexpr std::size_t requestsInSightMax = 10'000;

    /// Of what was intended up to now and is through.
    [[nodiscard]] measurement::Measurements measurements() const;
    /// From now on every request leaves its trail, for takeTrails().
    void keepTrails();
    /// Of the requests that have come to their end since the last call, in order of their ends,
    /// while trails are kept. At most World::trailsMax; more are forgotten.
    [[nodiscard]] std::vector<Trail> takeTrails();

private:
    void replay(std::uint64_t events);

    std::unique_ptr<class World> world_;
};

} // namespace lab::simulation
