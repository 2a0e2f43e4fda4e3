#include "scenario/servable.hpp"

#include "explain/explanation_fields.hpp"
#include "plan/plan_front_doors.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>

#include <utility>

namespace lab::scenario {
namespace {

constexpr std::uint16_t httpPortDefault = 8080;
constexpr std::uint16_t httpsPortDefault = 8443;
constexpr std::uint16_t adminPortDefault = 9901;

/// Can other machines reach what listens there?  WrongUse where it is no address.
Result<bool> isOpenToOthers(const std::string& address)
{
    const auto v4 = boost::urls::parse_ipv4_address(address);
    const auto v6 = boost::urls::parse_ipv6_address(address);
    if (!v4 && !v6) {
        return Error(ErrorKind::WrongUse,
                     "--listen " + address + " is no IP address; write one such as 127.0.0.1");
    }
    return !(v4 ? v4->is_loopback() : v6->is_loopback());
}

void setPorts(const ServeOptions& asked, live::LiveOptions& options)
{
    constexpr std::uint16_t any = 0;
    if (!asked.port) {
        options.listen.httpPort = httpPortDefault;
        options.listen.httpsPort = httpsPortDefault;
        options.adminPort = adminPortDefault;
    } else if (*asked.port == any) {
        options.adminPort = any;
    } else {
        options.listen.httpPort = *asked.port;
        options.listen.httpsPort = static_cast<std::uint16_t>(*asked.port + 1);
        options.adminPort = static_cast<std::uint16_t>(*asked.port + 2);
    }
    if (asked.adminPort) {
        options.adminPort = *asked.adminPort;
    }
}

live::LiveOptions
liveOptions(const ServeOptions& asked, const PlanInput& input, plan::Profile profile)
{
    live::LiveOptions options;
    setPorts(asked, options);
    options.listen.address = asked.listenAddress;
    options.listen.usesAddressPerDoor = asked.usesAddressPerService;
    options.timeouts =
        timeoutsOf(profile, input.scenario ? input.scenario->timeouts : TimeoutSettings{});
    options.workers = asked.workers;
    options.usesLogicalPorts = asked.usesLogicalPorts;
    options.podLatency = input.podLatency;
    if (asked.explainsInHeaders) {
        options.explainFields = explain::explanationFields;
    }
    options.keepCertificatesIn = asked.keepCertificatesIn;
    options.adminToken = asked.adminToken;
    options.recorder.records = asked.records;
    if (!asked.accessLog.empty()) {
        options.recorder.heads.oneIn = 1;
        options.recorder.headBytes = AccessLog::headBytes;
    }
    if (input.scenario) {
        options.seed = input.scenario->seed;
    }
    return options;
}

/// isOpenToOthers(), or why that is no good.
Result<bool> judgeAddress(const ServeOptions& asked)
{
    const Result<bool> isOpen = isOpenToOthers(asked.listenAddress);
    if (isOpen && *isOpen && asked.explainsInHeaders) {
        // Behind a door that replaces the client's address, everybody would look like loopback.
        return Error(ErrorKind::WrongUse,
                     "--explain-header is for clients on loopback, and --listen " +
                         asked.listenAddress + " lets in others; leave one of them out");
    }
    return isOpen;
}

/// \return false if there is none
bool noteDoors(const ServeOptions& asked,
               bool isOpen,
               const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans,
               Findings& findings)
{
    if (isOpen) {
        findings.push_back(
            {Severity::Warning,
             "open-to-others",
             Place{},
             "the doors listen on " + asked.listenAddress + ", where other machines can reach them",
             "leave --listen out unless that is meant"});
    }
    if (plans[0]->doors.empty() && plans[1]->doors.empty()) {
        findings.push_back({Severity::Unreadable,
                            "no-door",
                            Place{},
                            "the manifests open no door to the outside",
                            "add a Service of type LoadBalancer, or an Ingress"});
        return false;
    }
    return true;
}

void noteTimeline(const Scenario& scenario, Findings& findings)
{
    for (const TimelineEvent& event : scenario.timeline) {
        findings.push_back({Severity::Warning,
                            "timeline-not-played",
                            event.place,
                            "`serve` plays no timeline",
                            "`ingresslab run` does"});
    }
}

Result<Servable> makeServable(const ServeOptions& asked, bool isOpen, Result<PlanInput> input)
{
    if (!input) {
        return input.error();
    }
    if (input->scenario) {
        append(input->findings, virtualOnly(*input->scenario, Severity::Warning));
        noteTimeline(*input->scenario, input->findings);
    }
    const Severity worst = worstOf(input->findings);
    if (worst == Severity::Unreadable || (worst == Severity::Refused && asked.isStrict)) {
        return Error(std::move(input->findings));
    }
    plan::PlannedStyles planned = plan::planFrontDoors(input->cluster, input->options);
    Servable made;
    made.options = liveOptions(asked, *input, planned.profile);
    made.digest = input->digest;
    made.scenarioText = std::move(input->scenarioText);
    made.plans = {std::make_shared<const plan::FrontDoorPlan>(std::move(planned.perService)),
                  std::make_shared<const plan::FrontDoorPlan>(std::move(planned.ingress))};
    append(input->findings, std::move(planned.findings));
    if (!noteDoors(asked, isOpen, made.plans, input->findings)) {
        return Error(std::move(input->findings));
    }
    made.findings = std::move(input->findings);
    return made;
}

} // namespace

Result<Servable> readServable(const ServeOptions& asked)
{
    const Result<bool> isOpen = judgeAddress(asked);
    if (!isOpen) {
        return isOpen.error();
    }
    return makeServable(asked, *isOpen, readPlanInput(asked.inputs, {asked.assumesClasses}));
}

Result<Servable>
readServable(const ServeOptions& asked, const std::string& name, const std::string& text)
{
    const Result<bool> isOpen = judgeAddress(asked);
    if (!isOpen) {
        return isOpen.error();
    }
    return makeServable(
        asked, *isOpen, readPlanText(name, text, asked.inputs, {asked.assumesClasses}));
}

} // namespace lab::scenario
