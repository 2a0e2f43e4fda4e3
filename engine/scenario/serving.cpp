#include "scenario/serving.hpp"

#include "explain/explanation_fields.hpp"
#include "live/live_engine.hpp"
#include "scenario/admin_pages.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/port_owner.hpp"
#include "scenario/private_file.hpp"
#include "scenario/ready_line.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>

#include <charconv>
#include <unistd.h>

namespace lab::scenario {
namespace {

constexpr std::uint16_t httpPortDefault = 8080;
constexpr std::uint16_t httpsPortDefault = 8443;
constexpr std::uint16_t adminPortDefault = 9901;

Result<PlanInput> readServable(const ServeOptions& options)
{
    Result<PlanInput> input = readPlanInput(options.inputs, {options.assumesClasses});
    if (!input) {
        return input;
    }
    const Severity worst = worstOf(input->findings);
    if (worst == Severity::Unreadable || (worst == Severity::Refused && options.isStrict)) {
        return Error(std::move(input->findings));
    }
    return input;
}

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

/// The port out of "cannot listen on 127.0.0.1:8080: …", or nothing.
std::optional<std::uint16_t> portIn(const std::string& message)
{
    constexpr std::string_view words = "cannot listen on ";
    const std::size_t begin = message.find(words);
    if (begin == message.npos) {
        return std::nullopt;
    }
    const std::size_t end = message.find(": ", begin);
    const std::size_t colon = message.rfind(':', end == message.npos ? end : end - 1);
    std::uint16_t port = 0;
    const auto parsed =
        std::from_chars(message.data() + colon + 1, message.data() + message.size(), port);
    return parsed.ec == std::errc{} ? std::optional(port) : std::nullopt;
}

/// Says who holds a port that could not be had.
Error withOwner(const Error& error)
{
    const std::optional<std::uint16_t> port = portIn(error.message());
    const std::optional<std::string> owner = port ? portOwner(*port) : std::nullopt;
    if (!owner) {
        return error;
    }
    return {error.kind(), error.message() + "; it is held by " + *owner};
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
bool noteDoors(const ServeOptions& asked, bool isOpen, const ServedPlans& plans, Findings& findings)
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

} // namespace

struct Serving::State {
    explicit State(ServedPlans plans)
        : pages(std::move(plans))
    {
    }

    Findings findings;
    AdminPages pages;
    PrivateFile ca;
    std::string readyLine;
    std::unique_ptr<AccessLog> accessLog;     ///< Ends when the engine's doors have.
    std::unique_ptr<live::LiveEngine> engine; ///< Ends first: its admin thread asks `pages`.

    ~State()
    {
        if (accessLog) {
            accessLog->finish(); // it reads what the engine remembers
        }
    }
};

Serving::Serving(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

Serving::~Serving() = default;

Result<std::unique_ptr<Serving>> Serving::start(const ServeOptions& asked)
{
    const Result<bool> isOpen = judgeAddress(asked);
    if (!isOpen) {
        return isOpen.error();
    }
    Result<PlanInput> input = readServable(asked);
    if (!input) {
        return input.error();
    }
    plan::PlannedStyles planned = plan::planFrontDoors(input->cluster, input->options);
    const plan::Profile profile = planned.profile;
    const ServedPlans plans{
        std::make_shared<const plan::FrontDoorPlan>(std::move(planned.perService)),
        std::make_shared<const plan::FrontDoorPlan>(std::move(planned.ingress))};
    append(input->findings, std::move(planned.findings));
    if (!noteDoors(asked, *isOpen, plans, input->findings)) {
        return Error(std::move(input->findings));
    }

    auto state = std::make_unique<State>(plans);
    if (!asked.accessLog.empty()) {
        auto log = AccessLog::open(asked.accessLog, asked.accessLogFormat);
        if (!log) {
            return log.error();
        }
        state->accessLog = std::move(*log);
    }
    AdminPages& pages = state->pages;
    Result<std::unique_ptr<live::LiveEngine>> engine =
        live::LiveEngine::start(plans,
                                liveOptions(asked, *input, profile),
                                [&pages](std::string_view method, std::string_view target) {
                                    return pages.answer(method, target);
                                });
    if (!engine) {
        return withOwner(engine.error());
    }
    state->engine = std::move(*engine);
    const live::ReadyState& ready = state->engine->ready();
    if (!ready.caPem.empty()) {
        Result<PrivateFile> ca = PrivateFile::create("ca.pem", ready.caPem);
        if (!ca) {
            return ca.error();
        }
        state->ca = std::move(*ca);
    }
    pages.attach(*state->engine, state->accessLog.get());
    if (state->accessLog) {
        state->accessLog->follow(*state->engine);
    }
    state->readyLine =
        scenario::readyLine(ready, *plans[0], *plans[1], state->ca.path(), ::getpid());
    state->findings = std::move(input->findings);
    return std::unique_ptr<Serving>(new Serving(std::move(state)));
}

const std::string& Serving::readyLine() const
{
    return state_->readyLine;
}

const Findings& Serving::findings() const
{
    return state_->findings;
}

bool Serving::drain(Duration grace)
{
    state_->pages.beginDrain();
    const bool isComplete = state_->engine->drain(grace);
    if (state_->accessLog) {
        state_->accessLog->finish();
    }
    return isComplete;
}

Result<bool> Serving::reopenAccessLog()
{
    return state_->accessLog ? state_->accessLog->reopen() : Result<bool>(false);
}

std::uint64_t Serving::accessLogLost() const
{
    return state_->accessLog ? state_->accessLog->lost() : 0;
}

void Serving::abandon() noexcept
{
    state_->ca.remove();
}

} // namespace lab::scenario
