#pragma once

#include "base/result.hpp"
#include "plan/front_door_plan.hpp"
#include "report/report.hpp"
#include "scenario/scenario_runner.hpp"
#include "simulation/simulated_run.hpp"
#include "workload/traffic.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lab::scenario {

/// How does this scenario go, step by step?  Both styles by the virtual clock, at the watcher's
/// pace: forward, back, fast or slow.
///
/// Time stands still between calls. Speed is the caller's: a window that shows a run at a tenth of
/// its speed calls seek(now + frame / 10) once a frame. One event takes a tenth to a third of a
/// microsecond. Back is by replay from the start, so a step back late in a long run takes as long
/// as the run has come to that point. The same scenario and seed show the same, always.
///
/// A playback at its end has the very report of runScenario() with `--clock virtual`. Movable; one
/// thread at a time, any.
class Playback {
public:
    /// Reads and plans; nothing has happened yet. The clock of scenario and options is not asked.
    /// \return as runScenario()
    [[nodiscard]] static Result<Playback> open(const std::string& named, const RunOptions& options);

    ~Playback();
    Playback(Playback&&) noexcept;
    Playback& operator=(Playback&&) noexcept;

    /// The next event, in whichever style it comes first; of two at one instant, per-service.
    /// \return false if there was none left
    bool step();
    /// Undoes the last event. \return false at the start
    bool stepBack();
    /// Forward or back, to where everything at or before that instant has happened, in both styles.
    void seek(Instant at);
    /// To the end.
    void run();

    [[nodiscard]] Instant now() const;       ///< Of the last event, or of the last seek().
    [[nodiscard]] Duration duration() const; ///< Of the traffic; the last answers come later.
    [[nodiscard]] bool isOver() const;       ///< In both styles.

    /// Requests and pods of a style, now. At most `requestsMax` requests, the oldest ones.
    [[nodiscard]] simulation::RunView
    view(plan::Style style,
         std::size_t requestsMax = simulation::SimulatedRun::requestsInSightMax) const;
    /// The counters so far.
    [[nodiscard]] measurement::Measurements measurements(plan::Style style) const;
    /// Doors, upstreams, endpoints and pods that the view's ids stand for. Stays the same.
    [[nodiscard]] const plan::FrontDoorPlan& plan(plan::Style style) const;
    /// What the view's traffic and entries stand for. Stays the same.
    [[nodiscard]] const std::vector<workload::Traffic>& traffic() const;

    /// As of now, priced and judged; expectations mean something at the end.
    [[nodiscard]] report::Report report() const;

private:
    struct State;
    explicit Playback(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace lab::scenario
