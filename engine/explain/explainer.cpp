#include "explain/explainer.hpp"

#include "explain/applied_limits.hpp"
#include "explain/candidates.hpp"
#include "explain/near_misses.hpp"
#include "explain/outcome.hpp"
#include "explain/pod_request.hpp"
#include "explain/presented_certificate.hpp"
#include "http/head_parser.hpp"
#include "routing/request_path.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

constexpr std::uint64_t seed = 1;

/// The parsed request's fields as the door looks at them.
class HeadFields : public frontdoor::RequestFields {
public:
    explicit HeadFields(const http::RequestHead& head)
        : head_(head)
    {
    }

    [[nodiscard]] std::string_view value(std::string_view name) const override
    {
        const http::Field* const field = head_.fields.find(name);
        return field == nullptr ? std::string_view() : field->value;
    }

private:
    const http::RequestHead& head_;
};

/// The bytes that a client would send.
std::string headText(const Question& question)
{
    std::string text = question.method + ' ' + question.target + " HTTP/1.1\r\n";
    text += "Host: " + question.host + "\r\n";
    for (const auto& [name, value] : question.fields) {
        text += name + ": " + value + "\r\n";
    }
    return text + "\r\n";
}

void refuseHead(std::uint16_t status, std::string why, Explanation& explanation)
{
    explanation.outcome.kind = OutcomeKind::Refusal;
    explanation.outcome.status = status;
    explanation.outcome.refusal = "bad-request";
    explanation.outcome.because = why;
    explanation.answeredBy = "request";
    explanation.decidedBy = "the request itself, before any rule";
    explanation.phases.push_back({"request", std::move(why)});
}

/// The controller replicas behind the same cloud door, where there are several.
std::vector<std::string> replicasBeside(const plan::FrontDoorPlan& plan, DoorId id)
{
    std::vector<std::string> names;
    for (const plan::Door& cloud : plan.doors) {
        const auto& replicas = cloud.replicas;
        const bool isOne = std::find(replicas.begin(), replicas.end(), id) != replicas.end();
        for (std::size_t i = 0; isOne && replicas.size() > 1 && i < replicas.size(); ++i) {
            names.push_back(plan.door(replicas[i]).name);
        }
    }
    return names;
}

std::vector<std::string> linesOf(std::string_view fields)
{
    std::vector<std::string> lines;
    while (!fields.empty()) {
        const std::size_t end = fields.find("\r\n");
        lines.emplace_back(fields.substr(0, end));
        fields.remove_prefix(std::min(fields.size(), end + 2));
    }
    return lines;
}

} // namespace

Explainer::Explainer(std::shared_ptr<const plan::FrontDoorPlan> plan,
                     frontdoor::PasswordCheck checksPassword,
                     Running running)
    : plan_(std::move(plan))
    , checksPassword_(std::move(checksPassword))
    , running_(std::move(running))
    , worker_(*plan_, Random(seed))
    , doors_(plan_->doors.size())
{
    for (std::size_t i = 0; i < plan_->doors.size(); ++i) {
        for (const std::string& host : plan_->doors[i].hosts) {
            doorsByHost_.try_emplace(host, DoorId(i));
        }
    }
}

/// The door that clients of this host find: the controller behind the ingress, or the load
/// balancer that has this name.
std::optional<DoorId> Explainer::doorFor(std::string_view host) const
{
    if (plan_->style == plan::Style::Ingress) {
        const auto cloud = std::find_if(plan_->doors.begin(),
                                        plan_->doors.end(),
                                        [](const auto& door) { return !door.replicas.empty(); });
        return cloud == plan_->doors.end() ? std::nullopt : std::optional(cloud->replicas.front());
    }
    const auto found = doorsByHost_.find(host);
    return found == doorsByHost_.end() ? std::nullopt : std::optional(found->second);
}

const Explainer::Asked& Explainer::openDoor(DoorId id)
{
    Asked& asked = doors_[id.index()];
    if (asked.door == nullptr) {
        asked.door = running_.door ? running_.door(id) : nullptr;
        asked.isRunning = asked.door != nullptr;
        if (!asked.isRunning) {
            asked.door = std::make_shared<const frontdoor::FrontDoor>(plan_, id, checksPassword_);
        }
        asked.index = std::make_unique<HostIndex>(plan_->door(id));
    }
    return asked;
}

Explanation Explainer::explain(const Question& question)
{
    Explanation explanation;
    explanation.question = question;
    explanation.style = plan_->style;
    explanation.profile = plan_->profile;
    std::string hostBuffer;
    std::string pathBuffer;
    explanation.host = routing::normalisedHost(question.host, hostBuffer);
    explanation.path =
        routing::normalisedPath(question.target, pathBuffer).value_or(std::string_view());
    const std::optional<DoorId> id = doorFor(explanation.host);
    if (!id) {
        explainNoDoor(*plan_, explanation);
        return explanation;
    }
    const plan::Door& door = plan_->door(*id);
    explanation.door = door.name;
    explanation.mode = door.mode;
    explanation.replicas = replicasBeside(*plan_, *id);
    if (question.isTls) {
        explanation.certificate = presentedCertificate(door, *plan_, explanation.host);
    }
    if (door.mode == plan::DoorMode::Http) {
        explainHttp(*id, explanation);
    } else {
        explainBytes(*id, explanation);
    }
    return explanation;
}

void Explainer::explainHttp(DoorId id, Explanation& explanation)
{
    const Question& question = explanation.question;
    const plan::Door& door = plan_->door(id);
    const auto port = std::find_if(door.ports.begin(), door.ports.end(), [&](const auto& each) {
        return each.isTls == question.isTls;
    });
    if (port == door.ports.end()) {
        explainNoPort(door, explanation);
        return;
    }
    const std::string text = headText(question);
    http::RequestHead head;
    const http::HeadResult parsed = http::parseRequestHead(text, head);
    if (parsed.state != http::HeadResult::State::Complete) {
        refuseHead(parsed.error.status, parsed.error.rule, explanation);
        return;
    }
    if (explanation.path.empty()) {
        refuseHead(400, "the path is broken or climbs above its root", explanation);
        return;
    }
    const HeadFields fields(head);
    frontdoor::RequestView request;
    request.method = head.method;
    request.host = explanation.host;
    request.path = explanation.path;
    request.target = head.originForm;
    request.clientAddress = question.clientAddress;
    request.isTls = question.isTls;
    request.hostField = head.authority;
    request.fields = &fields;
    request.bodyBytes = head.contentLength;
    request.endsWithRelease = true;
    request.isRehearsed = true;

    const Asked& asked = openDoor(id);
    const Instant now = asked.isRunning && running_.now ? running_.now() : Instant();
    explanation.isLive = asked.isRunning;
    frontdoor::DecisionTrace trace;
    const frontdoor::Decision decision = asked.door->decide(request, now, worker_, &trace);
    explainOutcome(door, *plan_, decision, trace, explanation);
    explainCandidates(*asked.index, *plan_, trace.route, explanation);
    if (explanation.outcome.kind == OutcomeKind::NoRoute) {
        explanation.nearMisses =
            nearMisses(*asked.index, trace.route, explanation.host, explanation.path);
    }
    explanation.limits = appliedLimits(*asked.door, decision, request, now, explanation.isLive);
    explanation.answerFields = linesOf(decision.answerFields);
    if (decision.isForward()) {
        explanation.podRequest = podRequest(
            *asked.door, decision, request, head, static_cast<std::uint16_t>(port->number));
        asked.door->finished(decision.upstream, decision.endpoint, worker_);
    }
}

/// A door that understands no HTTP: whatever comes in goes to the Service of the port.
void Explainer::explainBytes(DoorId id, Explanation& explanation)
{
    const Question& question = explanation.question;
    const plan::Door& door = plan_->door(id);
    const int wanted = question.port.value_or(question.isTls ? 443 : 80);
    const auto port = std::find_if(door.ports.begin(), door.ports.end(), [&](const auto& each) {
        return each.number == wanted;
    });
    if (port == door.ports.end() || !port->upstream.isValid()) {
        explainNoPort(door, explanation);
        return;
    }
    const EndpointId endpoint = openDoor(id).door->choose(port->upstream, {}, worker_);
    explainConnection(door, *plan_, port->upstream, endpoint, explanation);
    if (endpoint.isValid()) {
        openDoor(id).door->finished(port->upstream, endpoint, worker_);
    }
}

} // namespace lab::explain
