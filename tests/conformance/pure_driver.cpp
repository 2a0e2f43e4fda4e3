#include "certificates/password_hash.hpp"
#include "conformance/driver.hpp"
#include "conformance/loaded_scenario.hpp"
#include "conformance/pure_l4.hpp"
#include "conformance/raw_request.hpp"
#include "frontdoor/forwarding.hpp"
#include "frontdoor/front_door.hpp"
#include "frontdoor/retry.hpp"
#include "http/head_parser.hpp"
#include "http/serialize.hpp"
#include "routing/request_path.hpp"

#include <algorithm>

namespace lab::conformance {
namespace {

/// The fields of a parsed head, as deciding sees them.
class ParsedFields : public frontdoor::RequestFields {
public:
    explicit ParsedFields(const http::RequestHead& head)
        : head_(&head)
    {
    }

    [[nodiscard]] std::string_view value(std::string_view name) const override
    {
        const http::Field* found = head_->fields.find(name);
        return found == nullptr ? std::string_view() : found->value;
    }

private:
    const http::RequestHead* head_;
};

class PureDriver : public Driver {
public:
    PureDriver(const Suite& suite, const Scenario& scenario, const std::string& profile)
        : faults_(scenario.faults)
    {
        LoadedScenario loaded = loadScenario(suite, scenario, profile);
        refused_ = std::move(loaded.refused);
        ingress_ = std::make_shared<const plan::FrontDoorPlan>(std::move(loaded.styles.ingress));
        perService_ =
            std::make_shared<const plan::FrontDoorPlan>(std::move(loaded.styles.perService));
        for (std::size_t i = 0; i < ingress_->doors.size(); ++i) {
            if (ingress_->doors[i].role == plan::DoorRole::Controller) {
                controllers_.push_back(std::make_unique<frontdoor::FrontDoor>(
                    ingress_, DoorId(i), certificates::matches));
                workers_.emplace_back(*ingress_, Random(i).stream("worker"));
            }
        }
        l4_ = std::make_unique<PureL4>(perService_, faults_);
    }

    SendResult send(const CaseRequest& request, const std::string& cookies) override
    {
        SendResult result;
        if (request.via.kind == Via::Kind::Gateway) {
            result.skippedBecause = "gateway-api is not built yet";
        } else if (request.via.kind != Via::Kind::Ingress) {
            result.exchanges = l4_->send(request, now_);
        } else {
            sendThroughIngress(request, cookies, result);
        }
        return result;
    }

    void wait(Duration time) override { now_ = now_ + time; }
    const std::vector<Admission>& refused() const override { return refused_; }

private:
    struct UnderWay {
        std::size_t controller;
        frontdoor::Decision decision;
    };

    const Fault* faultOf(const std::string& pod) const
    {
        const auto found = std::find_if(
            faults_.begin(), faults_.end(), [&](const Fault& fault) { return fault.pod == pod; });
        return found == faults_.end() ? nullptr : &*found;
    }

    void
    sendThroughIngress(const CaseRequest& request, const std::string& cookies, SendResult& result)
    {
        if (controllers_.empty()) {
            for (int i = 0; i < request.repeat; ++i) { // the controller runs, and knows nothing
                Exchange exchange;
                exchange.status = 404;
                result.exchanges.push_back(std::move(exchange));
            }
            return;
        }
        std::vector<UnderWay> underWay;
        for (int i = 0; i < request.repeat; ++i) {
            const std::size_t controller =
                request.spreadsReplicas ? static_cast<std::size_t>(i) % controllers_.size() : 0;
            result.exchanges.push_back(exchangeOnce(request, cookies, i, controller, underWay));
            if (static_cast<int>(underWay.size()) >= request.concurrency) {
                releaseAll(underWay);
            }
        }
        releaseAll(underWay);
    }

    void releaseAll(std::vector<UnderWay>& underWay)
    {
        for (const UnderWay& one : underWay) {
            controllers_[one.controller]->release(one.decision);
        }
        underWay.clear();
    }

    Exchange exchangeOnce(const CaseRequest& request,
                          const std::string& cookies,
                          int number,
                          std::size_t controller,
                          std::vector<UnderWay>& underWay)
    {
        Exchange exchange;
        const frontdoor::FrontDoor& door = *controllers_[controller];
        const std::string raw = rawHead(request, numbered(request.path, number), cookies);
        http::RequestHead head;
        const http::HeadResult parsed = http::parseRequestHead(raw, head);
        if (request.isTls) {
            exchange.certificate = certificateFor(door.door(), request);
        }
        std::string pathBuffer;
        std::string hostBuffer;
        const auto path = parsed.state == http::HeadResult::State::Complete
                              ? routing::normalisedPath(head.originForm, pathBuffer)
                              : std::nullopt;
        if (!path) {
            exchange.status = 400;
            return exchange;
        }
        const ParsedFields fields(head);
        frontdoor::RequestView view;
        view.method = head.method;
        view.host = routing::normalisedHost(head.authority, hostBuffer);
        view.path = *path;
        view.target = head.originForm;
        const std::string client =
            request.clientIps.empty()
                ? request.clientIp
                : request.clientIps[static_cast<std::size_t>(number) % request.clientIps.size()];
        view.clientAddress = client;
        view.isTls = request.isTls;
        view.hostField = head.authority;
        view.fields = &fields;
        view.bodyBytes = request.bodyBytes;
        view.endsWithRelease = true;
        frontdoor::Decision decision = door.decide(view, now_, workers_[controller]);
        if (decision.isForward()) {
            reachPod(view, head, controller, decision, exchange);
        } else {
            exchange.status = decision.status;
            exchange.headers = fieldsOfLines(decision.answerFields);
        }
        underWay.push_back({controller, std::move(decision)});
        return exchange;
    }

    /// Tries endpoints as the policy allows, then asks whether an error page replaces the answer.
    void reachPod(const frontdoor::RequestView& view,
                  const http::RequestHead& head,
                  std::size_t controller,
                  const frontdoor::Decision& decided,
                  Exchange& exchange)
    {
        const frontdoor::FrontDoor& door = *controllers_[controller];
        frontdoor::WorkerState& worker = workers_[controller];
        const plan::RoutePolicy byDefault;
        const plan::RoutePolicy& policy = decided.policy ? *decided.policy : byDefault;
        frontdoor::Decision attempt = decided;
        std::vector<EndpointId> failed;
        while (true) {
            const plan::Endpoint& endpoint = ingress_->endpoint(attempt.endpoint);
            const std::string pod = endpoint.name.substr(0, endpoint.name.rfind(':'));
            const Fault* fault = faultOf(pod);
            frontdoor::TryOutcome outcome{frontdoor::TryOutcome::Kind::Answered, 200, true};
            if (fault != nullptr && fault->kind == Fault::Kind::Refuse) {
                outcome = {frontdoor::TryOutcome::Kind::Refused, 0, false};
            } else if (fault != nullptr && fault->kind == Fault::Kind::Hang) {
                outcome.kind = frontdoor::TryOutcome::Kind::TimedOut;
                exchange.elapsed += policy.timeouts.read;
            } else if (fault != nullptr && fault->kind == Fault::Kind::Status) {
                outcome.status = fault->status;
            } else if (fault != nullptr) {
                exchange.elapsed += fault->delay;
            }
            if (outcome.kind == frontdoor::TryOutcome::Kind::Answered) {
                door.answered(attempt.upstream, attempt.endpoint, exchange.elapsed, now_, worker);
            }
            door.finished(attempt.upstream, attempt.endpoint, worker);
            failed.push_back(attempt.endpoint);
            const EndpointId next = frontdoor::triesAgain(policy.retry,
                                                          outcome,
                                                          view.method,
                                                          static_cast<int>(failed.size()),
                                                          exchange.elapsed)
                                        ? door.choose(attempt.upstream, failed, worker)
                                        : EndpointId();
            if (next.isValid()) {
                attempt.endpoint = next;
                continue;
            }
            if (outcome.kind != frontdoor::TryOutcome::Kind::Answered) {
                const bool isLate = outcome.kind == frontdoor::TryOutcome::Kind::TimedOut;
                exchange.status = isLate ? 504 : 502;
                exchange.headers = fieldsOfLines(attempt.answerFields);
                return;
            }
            if (auto page = door.errorPage(attempt, outcome.status, view, worker)) {
                if (!page->isForward()) {
                    exchange.status = page->status;
                    return;
                }
                attempt = std::move(*page);
                failed.clear();
                continue;
            }
            exchange.status = outcome.status;
            answerFrom(endpoint, pod, view, head, attempt, exchange);
            return;
        }
    }

    void answerFrom(const plan::Endpoint& endpoint,
                    const std::string& pod,
                    const frontdoor::RequestView& view,
                    const http::RequestHead& head,
                    const frontdoor::Decision& decision,
                    Exchange& exchange) const
    {
        const plan::Upstream& upstream = ingress_->upstream(decision.upstream);
        exchange.pod = pod;
        exchange.service = upstream.fullService();
        exchange.servicePort = upstream.servicePort;
        exchange.targetPort = endpoint.targetPort;
        exchange.headers = fieldsOfLines(decision.answerFields);
        http::Forwarding forwarding =
            frontdoor::forwardingOf(*controllers_.front(), decision, view, view.isTls ? 443 : 80);
        const std::string id = "0123456789abcdef0123456789abcdef";
        if (forwarding.addsNginxFields) {
            forwarding.requestId = id;
        }
        std::string out;
        const bool isGathered = head.framing == http::BodyFraming::Chunked &&
                                view.bodyBytes <= frontdoor::gatheredBodyBytesMax &&
                                frontdoor::gathersBody(*controllers_.front(), decision);
        http::appendForwardedHead(out,
                                  head,
                                  decision.target.empty() ? head.originForm : decision.target,
                                  forwarding,
                                  isGathered ? http::BodyFraming::Length : head.framing,
                                  isGathered ? view.bodyBytes : head.contentLength);
        http::RequestHead seen;
        if (http::parseRequestHead(out, seen).state == http::HeadResult::State::Complete) {
            exchange.seen.method = seen.method;
            exchange.seen.target = seen.target;
            exchange.seen.host = seen.authority;
            for (const http::Field& field : seen.fields.all()) {
                exchange.seen.headers.emplace_back(field.name, field.value);
            }
        }
    }

    static std::string lowered(std::string text)
    {
        std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
            return static_cast<char>(std::tolower(c));
        });
        return text;
    }

    /// Chosen as the doors choose: exact name, then the wildcard of its first label, then default.
    std::string certificateFor(const plan::Door& door, const CaseRequest& request) const
    {
        std::string buffer;
        std::string name = request.sni.empty()
                               ? std::string(routing::normalisedHost(request.host, buffer))
                               : lowered(request.sni);
        if (name.ends_with('.')) {
            name.pop_back();
        }
        const std::size_t dot = name.find('.');
        const std::string wildcard =
            dot == std::string::npos ? std::string() : '*' + name.substr(dot);
        CertificateId chosen = door.defaultCertificate;
        for (const std::string& wanted : {wildcard, name}) {
            for (const plan::NamedCertificate& named : door.certificates) {
                if (named.host == wanted) {
                    chosen = named.certificate;
                }
            }
        }
        return ingress_->certificates[chosen.index()].name;
    }

    std::vector<Fault> faults_;
    std::vector<Admission> refused_;
    std::shared_ptr<const plan::FrontDoorPlan> ingress_;
    std::shared_ptr<const plan::FrontDoorPlan> perService_;
    std::vector<std::unique_ptr<frontdoor::FrontDoor>> controllers_;
    std::vector<frontdoor::WorkerState> workers_;
    std::unique_ptr<PureL4> l4_;
    Instant now_;
};

} // namespace

std::unique_ptr<Driver>
loadPure(const Suite& suite, const Scenario& scenario, const std::string& profile)
{
    return std::make_unique<PureDriver>(suite, scenario, profile);
}

} // namespace lab::conformance
