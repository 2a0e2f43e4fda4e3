#include "scenario/run_preparation.hpp"

#include "scenario/asset_folder.hpp"
#include "scenario/calendar_date.hpp"
#include "scenario/expectation.hpp"
#include "scenario/price_book_reader.hpp"
#include "scenario/report_assembly.hpp"
#include "scenario/version.hpp"

#include <memory>

namespace lab::scenario {
namespace {

const std::string& clockOf(const Scenario& scenario, const RunOptions& options)
{
    return options.clock.empty() ? scenario.clock : options.clock;
}

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
    if (input->scenario && clockOf(*input->scenario, options) == "live") {
        append(input->findings, virtualOnly(*input->scenario, Severity::Unreadable));
    }
    const Severity worst = worstOf(input->findings);
    if (worst == Severity::Unreadable || (worst == Severity::Refused && options.isStrict)) {
        return Error(std::move(input->findings));
    }
    return input;
}

Result<RunPlans> planBoth(PlanInput& input)
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
    return RunPlans{std::make_shared<const plan::FrontDoorPlan>(std::move(planned.perService)),
                    std::make_shared<const plan::FrontDoorPlan>(std::move(planned.ingress)),
                    planned.profile};
}

} // namespace

bool PreparedRun::isVirtual(const RunOptions& options) const
{
    return clockOf(*input.scenario, options) == "virtual";
}

Result<PreparedRun> prepareRun(const std::string& named, const RunOptions& options)
{
    Result<PlanInput> input = readRunnable(named, options);
    if (!input) {
        return input.error();
    }
    Result<RunPlans> plans = planBoth(*input);
    if (!plans) {
        return plans.error();
    }
    const Result<std::string> assets = assetFolder();
    if (!assets) {
        return assets.error();
    }
    Result<cost::PriceBook> book = readPriceBook(*assets + "/prices");
    if (!book) {
        return book.error();
    }
    return PreparedRun{std::move(*input), std::move(*plans), std::move(*book)};
}

report::Report makeReport(const PreparedRun& run, TrafficResult traffic, const RunOptions& options)
{
    const Scenario& scenario = *run.input.scenario;
    const RunPlans& plans = run.plans;
    const cost::PriceBook& book = run.book;
    report::Report report;
    report.toolVersion = version();
    report.scenario = scenario.name;
    report.title = scenario.title;
    report.clock = clockOf(scenario, options);
    report.seed = options.seed.value_or(scenario.seed);
    report.date = !options.date.empty()       ? options.date
                  : !scenario.date.empty()    ? scenario.date
                  : report.clock == "virtual" ? book.asOf
                                              : today();
    report.profile = plans.profile;
    report.wasInterrupted = traffic.wasInterrupted;
    const std::shared_ptr<const plan::FrontDoorPlan> both[] = {plans.perService, plans.ingress};
    for (std::size_t i = 0; i < traffic.styles.size(); ++i) {
        measurement::Measurements& measured = traffic.styles[i];
        cost::Bill bill =
            cost::monthlyBill(*both[i], billedTraffic(*both[i], measured), book, scenario.pricing);
        report.styles.push_back(
            styleReport(*both[i], std::move(measured), std::move(bill), scenario.overallLimit));
        report.styles.back().trafficOrigin = traffic.origin;
    }
    report.expectations = judge(scenario.expectations, report);
    report.findings = run.input.findings;
    return report;
}

} // namespace lab::scenario
