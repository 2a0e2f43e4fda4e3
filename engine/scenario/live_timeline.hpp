#pragma once

#include "live/live_engine.hpp"
#include "live/load_run.hpp"
#include "scenario/traffic_run.hpp"
#include "simulation/simulation_spec.hpp"

#include <optional>
#include <vector>

namespace lab::scenario {

/// The timeline over real sockets: what it does to the pods, by the engine's own reload.
///
/// A killed pod's connections are cut and its port is closed; one that hangs takes requests and
/// never answers. Both styles share the pods, so that each has its traffic in one piece, and
/// before it all pods are well again. Outlives the load run that it is added to; used on the
/// thread that calls runLoad().
class LiveTimeline {
public:
    /// \param options  as the engine was started with
    LiveTimeline(live::LiveEngine& engine,
                 const RunPlans& plans,
                 live::LiveOptions options,
                 std::vector<simulation::PodIncident> incidents);

    /// Nothing, where nothing happens.
    void addTo(live::LoadSpec& spec);

    /// Why it could not go on: the numbers are worth nothing then.
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

private:
    void healAll();
    void befall(const simulation::PodIncident& incident);
    void apply();

    live::LiveEngine& engine_;
    RunPlans plans_;
    live::LiveOptions options_;
    std::vector<simulation::PodIncident> incidents_; ///< In order of time.
    std::optional<Error> failure_;
};

/// The pods that an incident is about, as "ns/pod": the first so many of the Service's.
[[nodiscard]] std::vector<std::string> podsOf(const plan::FrontDoorPlan& plan,
                                              const simulation::PodIncident& incident);

} // namespace lab::scenario
