#include "explain/explanation_json.hpp"

#include "report/json_text.hpp"

#include <boost/json.hpp>

namespace lab::explain {
namespace {

namespace json = boost::json;
using report::toJsonString;

/// Adds what is there: an empty text says nothing.
void put(json::object& object, const char* key, const std::string& text)
{
    if (!text.empty()) {
        object[key] = toJsonString(text);
    }
}

json::array listOf(const std::vector<std::string>& texts)
{
    json::array list;
    for (const std::string& text : texts) {
        list.push_back(toJsonString(text));
    }
    return list;
}

json::object requestOf(const Explanation& explanation)
{
    const Question& question = explanation.question;
    json::object request{{"method", toJsonString(question.method)},
                         {"scheme", question.isTls ? "https" : "http"},
                         {"host", toJsonString(explanation.host)},
                         {"path", toJsonString(explanation.path)},
                         {"target", toJsonString(question.target)},
                         {"client", toJsonString(question.clientAddress)}};
    json::array fields;
    for (const auto& [name, value] : question.fields) {
        fields.push_back(
            json::object{{"name", toJsonString(name)}, {"value", toJsonString(value)}});
    }
    request["headers"] = std::move(fields);
    return request;
}

json::object outcomeOf(const Outcome& outcome)
{
    json::object made{{"kind", std::string(toText(outcome.kind))}};
    if (outcome.status > 0) {
        made["status"] = outcome.status;
    }
    put(made, "refusal", outcome.refusal);
    put(made, "service", outcome.service);
    if (outcome.port > 0) {
        made["port"] = outcome.port;
    }
    put(made, "endpoint", outcome.endpoint);
    put(made, "location", outcome.location);
    put(made, "brokenLink", outcome.brokenLink);
    put(made, "because", outcome.because);
    put(made, "route", outcome.route);
    put(made, "ingress", outcome.ingress);
    put(made, "rule", toText(outcome.rule));
    return made;
}

json::array candidatesOf(const Explanation& explanation)
{
    json::array list;
    for (const Candidate& candidate : explanation.candidates) {
        json::object made;
        put(made, "rule", toText(candidate.rule));
        put(made, "route", candidate.route);
        put(made, "match", candidate.match);
        put(made, "service", candidate.service);
        made["won"] = candidate.hasWon;
        if (candidate.isImplicit) {
            made["implicit"] = true;
        }
        put(made, "lostBecause", candidate.lostBecause);
        list.push_back(std::move(made));
    }
    return list;
}

json::array notConsideredOf(const Explanation& explanation)
{
    json::array list;
    for (const OtherHost& other : explanation.notConsidered) {
        list.push_back(json::object{{"host", toJsonString(other.host)},
                                    {"rules", other.rules},
                                    {"because", toJsonString(other.because)}});
    }
    return list;
}

json::array nearMissesOf(const Explanation& explanation)
{
    json::array list;
    for (const NearMiss& miss : explanation.nearMisses) {
        json::object made;
        put(made, "rule", toText(miss.rule));
        made["host"] = toJsonString(miss.host);
        put(made, "match", miss.match);
        put(made, "hint", miss.hint);
        list.push_back(std::move(made));
    }
    return list;
}

json::value certificateOf(const std::optional<PresentedCertificate>& certificate)
{
    if (!certificate) {
        return nullptr;
    }
    json::object made;
    put(made, "name", certificate->name);
    put(made, "source", certificate->source);
    put(made, "because", certificate->because);
    made["dnsNames"] = listOf(certificate->dnsNames);
    put(made, "warning", certificate->warning);
    return made;
}

json::array limitsOf(const Explanation& explanation)
{
    json::array list;
    for (const AppliedLimit& limit : explanation.limits) {
        json::object made;
        put(made, "name", limit.name);
        put(made, "amount", limit.amount);
        put(made, "scope", limit.scope);
        put(made, "state", limit.state);
        list.push_back(std::move(made));
    }
    return list;
}

json::value podRequestOf(const std::optional<PodRequest>& request)
{
    if (!request) {
        return nullptr;
    }
    json::array fields;
    for (const PodField& field : request->fields) {
        fields.push_back(json::object{{"name", toJsonString(field.name)},
                                      {"value", toJsonString(field.value)},
                                      {"change", std::string(toText(field.change))}});
    }
    return json::object{{"before", toJsonString(request->before)},
                        {"after", toJsonString(request->after)},
                        {"fields", std::move(fields)}};
}

} // namespace

std::string explanationAsJson(const Explanation& explanation)
{
    json::object root{{"schemaVersion", 1}, {"request", requestOf(explanation)}};
    root["style"] = std::string(plan::toText(explanation.style));
    root["profile"] = std::string(plan::toText(explanation.profile));
    root["door"] = json::object{{"name", toJsonString(explanation.door)},
                                {"mode", std::string(plan::toText(explanation.mode))},
                                {"live", explanation.isLive},
                                {"replicas", listOf(explanation.replicas)}};
    root["outcome"] = outcomeOf(explanation.outcome);
    put(root, "decidedBy", explanation.decidedBy);
    put(root, "answeredBy", explanation.answeredBy);
    root["candidates"] = candidatesOf(explanation);
    root["candidatesLeftOut"] = explanation.candidatesLeftOut;
    root["notConsidered"] = notConsideredOf(explanation);
    root["hostsLeftOut"] = explanation.otherHostsLeftOut;
    root["nearMisses"] = nearMissesOf(explanation);
    root["certificate"] = certificateOf(explanation.certificate);
    root["limits"] = limitsOf(explanation);
    json::object endpoint{{"ready", explanation.readyEndpoints}};
    put(endpoint, "name", explanation.outcome.endpoint);
    put(endpoint, "because", explanation.endpointBecause);
    root["endpoint"] = std::move(endpoint);
    root["podRequest"] = podRequestOf(explanation.podRequest);
    root["answerFields"] = listOf(explanation.answerFields);
    json::array phases;
    for (const PhaseStep& step : explanation.phases) {
        phases.push_back(
            json::object{{"phase", toJsonString(step.phase)}, {"text", toJsonString(step.text)}});
    }
    root["phases"] = std::move(phases);
    return report::toJsonText(root);
}

} // namespace lab::explain
