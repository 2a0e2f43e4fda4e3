#pragma once

#include "desktop/picture_clock.hpp"
#include "desktop/stage_model.hpp"
#include "desktop/style_track.hpp"
#include "scenario/trail_run.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace lab::desktop {

/// Where is the run that everybody looks at?  One opened scenario, both styles, and the moment
/// that is shown.
///
/// The run itself is always `ahead` of that moment by more than any request can take. Going back
/// is running again from the start, with the same seed: it costs what the run costs. One thread.
class Player {
public:
    static constexpr Duration ahead = std::chrono::milliseconds(10'500);
    static constexpr Duration shortest = std::chrono::seconds(60); ///< What is played at least.
    static constexpr std::size_t incidentsMax = 1000;

    explicit Player(scenario::TrailRun run);

    [[nodiscard]] Instant now() const { return clock_.runNow(); }
    [[nodiscard]] Instant end() const { return Instant(length_); }
    [[nodiscard]] bool isAtEnd() const { return now() >= end(); }
    [[nodiscard]] const PictureClock& clock() const { return clock_; }

    /// That much of the spectator's time has passed: the run goes on by speed times that.
    void advance(double pictureSeconds);
    /// To that moment, forwards or back.
    void seek(Instant to);
    void setSpeed(double speed);
    /// Something happens to pods now; from now on. What was before stays as it was.
    void befall(const std::string& service, std::size_t podsMax, simulation::PodFault fault);
    /// Everything as the scenario says it, from the start.
    void reset();

    [[nodiscard]] const scenario::TrailRun& run() const { return run_; }
    [[nodiscard]] const StageModel& model() const { return *model_; }
    [[nodiscard]] const StyleTrack& track(plan::Style style) const
    {
        return *tracks_[scenario::TrailRun::indexOf(style)];
    }
    /// The spectator's own, in order of time.
    [[nodiscard]] const std::vector<simulation::PodIncident>& incidents() const
    {
        return incidents_;
    }
    /// What is wrong with the pods of that Service at the moment; by pod.
    [[nodiscard]] std::vector<simulation::PodFault> faultsOf(int service) const;
    /// Requests a second that the scenario's clients send.
    [[nodiscard]] double arrivalsPerSecond() const;

private:
    void begin();
    void goTo(Instant to);

    scenario::TrailRun run_;
    std::unique_ptr<const StageModel> model_; ///< Tracks refer to it.
    std::array<std::unique_ptr<StyleTrack>, 2> tracks_;
    std::vector<simulation::PodIncident> incidents_;
    PictureClock clock_;
    Duration length_;
};

} // namespace lab::desktop
