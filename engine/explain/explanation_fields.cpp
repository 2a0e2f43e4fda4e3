#include "explain/explanation_fields.hpp"

#include "explain/candidates.hpp"
#include "explain/outcome.hpp"

namespace lab::explain {
namespace {

/// Names come from manifests: what could end a field line, or is not ASCII, becomes a '?'.
void appendField(std::string& out, std::string_view name, std::string_view value)
{
    if (value.empty()) {
        return;
    }
    out.append(name).append(": ");
    for (const char c : value.substr(0, explanationFieldMax)) {
        out += c >= ' ' && c < '\x7f' ? c : '?';
    }
    out += "\r\n";
}

std::string routeText(const Outcome& outcome)
{
    const std::string place = toText(outcome.rule);
    return place + (place.empty() || outcome.route.empty() ? "" : " ") + outcome.route;
}

std::string backendText(const Outcome& outcome)
{
    std::string text = outcome.service;
    if (outcome.port > 0) {
        text += ':' + std::to_string(outcome.port);
    }
    return outcome.endpoint.empty() ? text : text + "; pod=" + outcome.endpoint;
}

std::string whyText(const Explanation& explanation, std::size_t failedTries)
{
    const Outcome& outcome = explanation.outcome;
    std::string text = explanation.decidedBy;
    const bool isPlain =
        outcome.kind == OutcomeKind::Backend || outcome.kind == OutcomeKind::NoRoute;
    if (!isPlain) {
        text += "; " + explanation.answeredBy + ": " + outcome.because;
    }
    if (!explanation.endpointBecause.empty()) {
        text += "; endpoint: " + explanation.endpointBecause;
    }
    if (failedTries > 0) {
        text += "; tried in vain before: " + std::to_string(failedTries);
    }
    return text;
}

} // namespace

std::string explanationFields(const frontdoor::FrontDoor& door,
                              const frontdoor::RequestView& request,
                              const frontdoor::Decision& decision,
                              const frontdoor::DecisionTrace& trace,
                              std::size_t failedTries)
{
    Explanation explanation;
    explanation.host = request.host;
    explanation.path = request.path;
    explainOutcome(door.door(), door.plan(), decision, trace, explanation);
    explanation.decidedBy = decidedBy(door.door(), trace.route);
    std::string fields;
    appendField(fields, "x-lab-route", routeText(explanation.outcome));
    appendField(fields, "x-lab-backend", backendText(explanation.outcome));
    appendField(fields, "x-lab-door", door.door().name);
    appendField(fields, "x-lab-why", whyText(explanation, failedTries));
    return fields;
}

} // namespace lab::explain
