#include "explain/outcome.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

using frontdoor::Refusal;

OutcomeKind kindOf(const plan::Door& door, const frontdoor::Decision& decision)
{
    switch (decision.refusal) {
    case Refusal::None: {
        const bool isNobodys = door.routes[decision.route.index()].isImplicitRoot;
        return isNobodys || decision.isErrorPage ? OutcomeKind::Default : OutcomeKind::Backend;
    }
    case Refusal::NoRoute:
        return OutcomeKind::NoRoute;
    case Refusal::Redirect:
        return OutcomeKind::Redirect;
    default:
        return OutcomeKind::Refusal;
    }
}

std::string_view policyText(balancing::Policy policy)
{
    switch (policy) {
    case balancing::Policy::RoundRobin:
        return "round robin, its turn";
    case balancing::Policy::LeastRequests:
        return "the less busy one of two drawn at random";
    case balancing::Policy::Ewma:
        return "the faster one of two drawn at random";
    case balancing::Policy::KeptConnection:
        return "the pod of the idle connection used last, else drawn at random";
    case balancing::Policy::Random:
        return "drawn at random, as kube-proxy does";
    }
    return "";
}

std::size_t readyCount(const plan::FrontDoorPlan& plan, const plan::Upstream& upstream)
{
    const auto& all = upstream.endpoints;
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](EndpointId id) { return plan.endpoint(id).isReady; }));
}

void explainEndpoint(const plan::FrontDoorPlan& plan,
                     UpstreamId id,
                     EndpointId endpoint,
                     Explanation& explanation)
{
    const plan::Upstream& upstream = plan.upstream(id);
    explanation.readyEndpoints = readyCount(plan, upstream);
    if (!endpoint.isValid()) {
        return;
    }
    explanation.outcome.endpoint = plan.endpoint(endpoint).name;
    if (explanation.readyEndpoints == 1) {
        explanation.endpointBecause = "the only ready endpoint";
        return;
    }
    const std::string among = " (" + std::to_string(explanation.readyEndpoints) + " are ready)";
    if (upstream.affinity) {
        explanation.endpointBecause =
            "hash of the session cookie " + upstream.affinity->cookie + among;
    } else if (!upstream.hashBy.empty()) {
        explanation.endpointBecause = "hash of " + upstream.hashBy + among;
    } else {
        explanation.endpointBecause = std::string(policyText(upstream.policy)) + among;
    }
}

void takeUpstream(const plan::FrontDoorPlan& plan, UpstreamId id, Outcome& outcome)
{
    if (id.isValid()) {
        const plan::Upstream& upstream = plan.upstream(id);
        outcome.service = upstream.fullService();
        outcome.port = upstream.servicePort;
    }
}

std::string portList(const plan::Door& door)
{
    std::string text;
    for (const plan::DoorPort& port : door.ports) {
        text += (text.empty() ? "" : ", ") + std::to_string(port.number);
    }
    return text.empty() ? "none" : text;
}

void notExpressible(std::string why, Explanation& explanation)
{
    explanation.outcome.kind = OutcomeKind::NotExpressible;
    explanation.outcome.because = why;
    explanation.answeredBy = "connect";
    explanation.decidedBy = "nothing listens there";
    explanation.phases.push_back({"connect", std::move(why)});
}

} // namespace

void explainOutcome(const plan::Door& door,
                    const plan::FrontDoorPlan& plan,
                    const frontdoor::Decision& decision,
                    const frontdoor::DecisionTrace& trace,
                    Explanation& explanation)
{
    Outcome& outcome = explanation.outcome;
    outcome.kind = kindOf(door, decision);
    outcome.status = decision.status;
    outcome.refusal = frontdoor::toText(decision.refusal);
    outcome.location = decision.location;
    if (decision.route.isValid()) {
        const plan::Route& route = door.routes[decision.route.index()];
        outcome.route = route.name;
        outcome.ingress = route.ingress;
        outcome.rule = route.place;
    }
    takeUpstream(plan, decision.upstream, outcome);
    if (decision.refusal == Refusal::NoEndpoint) {
        outcome.brokenLink = plan.upstream(decision.upstream).brokenLink;
    }
    if (decision.isForward()) {
        explainEndpoint(plan, decision.upstream, decision.endpoint, explanation);
    }
    for (const auto& step : trace.steps) {
        explanation.phases.push_back({step.phase, step.text});
    }
    if (!trace.steps.empty()) {
        explanation.answeredBy = trace.steps.back().phase;
        outcome.because = trace.steps.back().text;
    }
}

void explainConnection(const plan::Door& door,
                       const plan::FrontDoorPlan& plan,
                       UpstreamId upstream,
                       EndpointId endpoint,
                       Explanation& explanation)
{
    Outcome& outcome = explanation.outcome;
    takeUpstream(plan, upstream, outcome);
    outcome.rule = door.place;
    outcome.route = door.name;
    explanation.decidedBy = "the load balancer of " + outcome.service +
                            ": it forwards connections, whatever host and path they ask for";
    explanation.phases.push_back({"connect", "load balancer " + door.name + " listens there"});
    explanation.answeredBy = "endpoint";
    if (endpoint.isValid()) {
        outcome.kind = OutcomeKind::Backend;
        explainEndpoint(plan, upstream, endpoint, explanation);
        outcome.because = "chosen: " + outcome.endpoint;
    } else {
        outcome.kind = OutcomeKind::Refusal;
        outcome.refusal = "no-endpoint";
        outcome.brokenLink = plan.upstream(upstream).brokenLink;
        outcome.because =
            outcome.service + " has no endpoint, the connection ends: " + outcome.brokenLink;
    }
    explanation.phases.push_back({"endpoint", outcome.because});
}

void explainNoDoor(const plan::FrontDoorPlan& plan, Explanation& explanation)
{
    const std::string style(plan::toText(plan.style));
    if (plan.doors.empty()) {
        notExpressible("the manifests open no door in the " + style + " style", explanation);
        return;
    }
    std::string names;
    constexpr std::size_t namesMax = 5;
    std::size_t count = 0;
    for (const plan::Door& door : plan.doors) {
        for (const std::string& host : door.hosts) {
            if (count++ < namesMax) {
                names += (names.empty() ? "" : ", ") + host;
            }
        }
    }
    notExpressible("no load balancer has the name " + explanation.host + "; the " + style +
                       " style has " + names + (count > namesMax ? ", …" : ""),
                   explanation);
}

void explainNoPort(const plan::Door& door, Explanation& explanation)
{
    notExpressible(door.name + " listens on no port for " +
                       (explanation.question.isTls ? "https" : "http") +
                       "; its ports: " + portList(door),
                   explanation);
}

} // namespace lab::explain
