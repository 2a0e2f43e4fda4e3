#pragma once

#include "base/result.hpp"
#include "measurement/measurements.hpp"
#include "report/report.hpp"
#include "scenario/run_preparation.hpp"
#include "simulation/simulated_run.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace lab::scenario {

/// Which way does each single request of a scenario take?  Both styles in virtual time, request for
/// request the same run as runScenario()'s, but for as long as one likes, and every request leaves
/// its trail behind.
///
/// Whoever draws a picture of a moment runs ahead of it until everything that is under way then
/// has ended. (Playback is for single events, and for what there is to see at the last of them.)
/// Movable; one thread.
class TrailRun {
public:
    static constexpr std::size_t stylesMax = 2; ///< [0] per-service, [1] ingress

    /// \return as runScenario()
    [[nodiscard]] static Result<TrailRun> open(const std::string& named);

    /// Back to the start, with these incidents besides the timeline's own.
    /// \param length  of the traffic; cut to what arrivalsMax allows
    void restart(Duration length, const std::vector<simulation::PodIncident>& incidents = {});

    /// Everything that happens before or at that instant, in both styles.
    void runUntil(Instant until);
    /// Of the requests that ended since the last call, in order of their ends.
    [[nodiscard]] std::vector<simulation::Trail> takeTrails(plan::Style style);
    /// Nothing happens any more, or no table has room for what happens.
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] bool hasOverflown() const;

    /// Measurements made of the trails, as a style's part of a report, priced.
    [[nodiscard]] report::StyleReport reportOf(plan::Style style,
                                               measurement::Measurements measured) const;

    [[nodiscard]] const Scenario& scenario() const { return *prepared_.input.scenario; }
    [[nodiscard]] const PlanInput& input() const { return prepared_.input; }
    [[nodiscard]] const RunPlans& plans() const { return prepared_.plans; }
    [[nodiscard]] const plan::FrontDoorPlan& planOf(plan::Style style) const
    {
        return style == plan::Style::PerService ? *plans().perService : *plans().ingress;
    }
    /// What is run, as it was started last.
    [[nodiscard]] const simulation::SimulationSpec& spec(plan::Style style) const
    {
        return specs_[indexOf(style)];
    }

    [[nodiscard]] static std::size_t indexOf(plan::Style style)
    {
        return style == plan::Style::PerService ? 0 : 1;
    }

private:
    explicit TrailRun(PreparedRun prepared);

    PreparedRun prepared_;
    std::array<simulation::SimulationSpec, stylesMax> specs_;
    std::vector<simulation::SimulatedRun> runs_;
};

} // namespace lab::scenario
