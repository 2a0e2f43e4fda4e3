#pragma once

#include "base/instant.hpp"
#include "measurement/measurements.hpp"
#include "simulation/simulation_spec.hpp"

#include <cstdint>
#include <memory>

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
    /// Everything that happens before or at that instant.
    void runUntil(Instant until);
    /// Everything.
    void run();

    [[nodiscard]] Instant now() const; ///< Of the last event.
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] std::uint64_t eventCount() const;
    /// Requests under way right now.
    [[nodiscard]] std::size_t underWay() const;
    /// More requests were under way than RequestTable::inFlightMax, or more events pending than
    /// EventQueue::pendingMax: the run stopped there, and its numbers are worth nothing.
    [[nodiscard]] bool hasOverflown() const;

    /// Of what was intended up to now and is through.
    [[nodiscard]] measurement::Measurements measurements() const;

private:
    std::unique_ptr<class World> world_;
};

} // namespace lab::simulation
