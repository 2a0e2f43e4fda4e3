#include "live/live_engine.hpp"
#include "live/load_run.hpp"
#include "scenario/client_resolution.hpp"
#include "scenario/live_timeline.hpp"
#include "scenario/traffic_run.hpp"

#include <algorithm>

namespace lab::scenario {
namespace {

constexpr Duration sliceMax = std::chrono::seconds(2);
constexpr Duration warmUpMax = std::chrono::milliseconds(500);
constexpr Duration drainGrace = std::chrono::seconds(1);

live::LiveOptions liveOptionsOf(const PlanInput& input, const RunPlans& plans, std::uint64_t seed)
{
    live::LiveOptions options;
    options.timeouts = timeoutsOf(plans.profile, input.scenario->timeouts);
    options.seed = seed;
    options.podLatency = input.podLatency;
    return options;
}

bool hasOwnCertificates(const RunPlans& plans)
{
    for (const auto& plan : {plans.perService, plans.ingress}) {
        for (const plan::PlannedCertificate& certificate : plan->certificates) {
            if (certificate.source == plan::PlannedCertificate::Source::Secret) {
                return true;
            }
        }
    }
    return false;
}

Duration sliceOf(const Scenario& scenario)
{
    return std::min(sliceMax, scenario.duration / 2);
}

live::LoadSpec loadSpec(const Scenario& scenario, std::uint64_t seed)
{
    live::LoadSpec spec;
    spec.traffic = scenario.traffic;
    spec.perStyle = scenario.duration;
    spec.slice = sliceOf(scenario);
    spec.warmUp = warmUpOf(scenario);
    spec.seed = seed;
    if (scenario.overallLimit) {
        spec.ideal = limiting::BucketPolicy{scenario.overallLimit->ratePerSecond,
                                            scenario.overallLimit->burst};
    }
    return spec;
}

Result<live::LoadResult> sendTraffic(PlanInput& input,
                                     const RunPlans& plans,
                                     const live::ReadyState& ready,
                                     LiveTimeline& timeline,
                                     std::uint64_t seed,
                                     const RunOptions& options)
{
    const Scenario& scenario = *input.scenario;
    ClientDestinations clients = resolveClients(scenario, plans.perService, plans.ingress, ready);
    append(input.findings, std::move(clients.findings));
    live::LoadSpec spec = loadSpec(scenario, seed);
    spec.styles = {std::move(clients.perService), std::move(clients.ingress)};
    // Certificates of the user's own are signed by whom the lab does not know: any is taken then.
    spec.caPem = hasOwnCertificates(plans) ? std::string() : ready.caPem;
    timeline.addTo(spec);
    static const std::atomic<bool> neverStops{false};
    Result<live::LoadResult> load =
        live::runLoad(spec, options.stop ? *options.stop : neverStops, options.progress);
    if (timeline.failure()) {
        return *timeline.failure();
    }
    return load;
}

} // namespace

Duration warmUpOf(const Scenario& scenario)
{
    return std::min(warmUpMax, sliceOf(scenario) / 4);
}

Result<TrafficResult> sendLive(PlanInput& input, const RunPlans& plans, const RunOptions& options)
{
    const std::uint64_t seed = options.seed.value_or(input.scenario->seed);
    const live::LiveOptions engineOptions = liveOptionsOf(input, plans, seed);
    Result<std::unique_ptr<live::LiveEngine>> engine =
        live::LiveEngine::start({plans.perService, plans.ingress}, engineOptions);
    if (!engine) {
        return engine.error();
    }
    LiveTimeline timeline(**engine, plans, engineOptions, input.incidents);
    Result<live::LoadResult> load =
        sendTraffic(input, plans, (*engine)->ready(), timeline, seed, options);
    (*engine)->drain(drainGrace);
    if (!load) {
        return load.error();
    }
    return TrafficResult{std::move(load->styles), load->wasInterrupted, report::Origin::Measured};
}

} // namespace lab::scenario
