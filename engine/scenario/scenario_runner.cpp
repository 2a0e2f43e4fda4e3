#include "scenario/scenario_runner.hpp"

#include "live/live_engine.hpp"
#include "live/load_run.hpp"
#include "scenario/asset_folder.hpp"
#include "scenario/calendar_date.hpp"
#include "scenario/client_resolution.hpp"
#include "scenario/expectation.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/price_book_reader.hpp"
#include "scenario/report_assembly.hpp"
#include "scenario/version.hpp"

#include <algorithm>
#include <memory>

namespace lab::scenario {
namespace {

constexpr Duration sliceMax = std::chrono::seconds(2);
constexpr Duration warmUpMax = std::chrono::milliseconds(500);
constexpr Duration drainGrace = std::chrono::seconds(1);

using SharedPlan = std::shared_ptr<const plan::FrontDoorPlan>;

/// Both plans, shared with the engine that serves them.
struct Plans {
    SharedPlan perService;
    SharedPlan ingress;
    plan::Profile profile = plan::Profile::Spec;
};

/// Reads everything, and refuses what cannot be run.
Result<PlanInput> readRunnable(const std::string& named, const RunOptions& options)
{
    Result<PlanInput> input = readPlanInput({named});
    if (!input) {
        return input;
    }
    if (!input->scenario && input->isReadable()) {
        return Error(ErrorKind::WrongUse,
                     named + " is no scenario but manifests; `ingresslab serve` takes them, and "
                             "scenarios/README.md says how a scenario is written");
    }
    if (input->scenario && input->scenario->traffic.empty() && input->isReadable()) {
        input->findings.push_back({Severity::Unreadable,
                                   "no-traffic",
                                   input->scenario->trafficPlace,
                                   "spec.traffic is missing: there is nothing to run",
                                   "add a source of traffic"});
    }
    const Severity worst = worstOf(input->findings);
    if (worst == Severity::Unreadable || (worst == Severity::Refused && options.isStrict)) {
        return Error(std::move(input->findings));
    }
    return input;
}

Result<Plans> planBoth(PlanInput& input)
{
    plan::PlannedStyles planned = plan::planFrontDoors(input.cluster, input.options);
    append(input.findings, std::move(planned.findings));
    if (planned.perService.doors.empty() && planned.ingress.doors.empty()) {
        input.findings.push_back({Severity::Unreadable,
                                  "no-door",
                                  input.scenario->place,
                                  "the manifests open no door to the outside",
                                  "add a Service of type LoadBalancer, or an Ingress"});
        return Error(input.findings);
    }
    return Plans{std::make_shared<const plan::FrontDoorPlan>(std::move(planned.perService)),
                 std::make_shared<const plan::FrontDoorPlan>(std::move(planned.ingress)),
                 planned.profile};
}

Result<std::unique_ptr<live::LiveEngine>>
startEngine(const PlanInput& input, const Plans& plans, std::uint64_t seed)
{
    live::LiveOptions options;
    options.timeouts = timeoutsOf(plans.profile, input.scenario->timeouts);
    options.seed = seed;
    options.podLatency = input.podLatency;
    return live::LiveEngine::start({plans.perService, plans.ingress}, options);
}

bool hasOwnCertificates(const Plans& plans)
{
    for (const SharedPlan& plan : {plans.perService, plans.ingress}) {
        for (const plan::PlannedCertificate& certificate : plan->certificates) {
            if (certificate.source == plan::PlannedCertificate::Source::Secret) {
                return true;
            }
        }
    }
    return false;
}

live::LoadSpec loadSpec(const Scenario& scenario, std::uint64_t seed)
{
    live::LoadSpec spec;
    spec.traffic = scenario.traffic;
    spec.perStyle = scenario.duration;
    spec.slice = std::min(sliceMax, scenario.duration / 2);
    spec.warmUp = std::min(warmUpMax, spec.slice / 4);
    spec.seed = seed;
    if (scenario.overallLimit) {
        spec.ideal = limiting::BucketPolicy{scenario.overallLimit->ratePerSecond,
                                            scenario.overallLimit->burst};
    }
    return spec;
}

Result<live::LoadResult> sendTraffic(PlanInput& input,
                                     const Plans& plans,
                                     const live::ReadyState& ready,
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
    static const std::atomic<bool> neverStops{false};
    return live::runLoad(spec, options.stop ? *options.stop : neverStops, options.progress);
}

report::Report makeReport(const Scenario& scenario,
                          const Plans& plans,
                          live::LoadResult load,
                          const cost::PriceBook& book,
                          const RunOptions& options)
{
    report::Report report;
    report.toolVersion = version();
    report.scenario = scenario.name;
    report.title = scenario.title;
    report.clock = scenario.clock;
    report.seed = options.seed.value_or(scenario.seed);
    report.date = !options.date.empty()    ? options.date
                  : !scenario.date.empty() ? scenario.date
                                           : today();
    report.profile = plans.profile;
    report.wasInterrupted = load.wasInterrupted;
    const SharedPlan both[] = {plans.perService, plans.ingress};
    for (std::size_t i = 0; i < load.styles.size(); ++i) {
        measurement::Measurements& measured = load.styles[i];
        cost::Bill bill =
            cost::monthlyBill(*both[i], billedTraffic(*both[i], measured), book, scenario.pricing);
        report.styles.push_back(
            styleReport(*both[i], std::move(measured), std::move(bill), scenario.overallLimit));
    }
    report.expectations = judge(scenario.expectations, report);
    return report;
}

} // namespace

Result<report::Report> runScenario(const std::string& named, const RunOptions& options)
{
    Result<PlanInput> input = readRunnable(named, options);
    if (!input) {
        return input.error();
    }
    const Result<Plans> plans = planBoth(*input);
    if (!plans) {
        return plans.error();
    }
    const Scenario& scenario = *input->scenario;
    const Result<std::string> assets = assetFolder();
    if (!assets) {
        return assets.error();
    }
    const Result<cost::PriceBook> book = readPriceBook(*assets + "/prices");
    if (!book) {
        return book.error();
    }
    const std::uint64_t seed = options.seed.value_or(scenario.seed);
    Result<std::unique_ptr<live::LiveEngine>> engine = startEngine(*input, *plans, seed);
    if (!engine) {
        return engine.error();
    }
    Result<live::LoadResult> load = sendTraffic(*input, *plans, (*engine)->ready(), seed, options);
    (*engine)->drain(drainGrace);
    if (!load) {
        return load.error();
    }

    report::Report report = makeReport(scenario, *plans, std::move(*load), *book, options);
    report.findings = std::move(input->findings);
    return report;
}

} // namespace lab::scenario
