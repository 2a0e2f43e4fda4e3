#include "scenario/serving.hpp"

#include "live/live_engine.hpp"
#include "scenario/admin_pages.hpp"
#include "scenario/finding_text.hpp"
#include "scenario/port_owner.hpp"
#include "scenario/private_file.hpp"
#include "scenario/ready_line.hpp"
#include "scenario/servable.hpp"

#include <charconv>
#include <mutex>
#include <unistd.h>
#include <utility>

namespace lab::scenario {
namespace {

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

} // namespace

struct Serving::State {
    State(ServeOptions serveOptions, ServedPlans plans)
        : options(std::move(serveOptions))
        , pages(std::move(plans))
    {
    }
    ~State()
    {
        if (accessLog) {
            accessLog->finish(); // it reads what the engine remembers
        }
    }

    /// What the engine's state is as a line of JSON, with what is added to it.
    [[nodiscard]] Result<std::string> describe(const EventHead& head);
    [[nodiscard]] ReloadOutcome turnTo(Result<Servable> next, Instant began);
    [[nodiscard]] live::AdminAnswer answer(const live::AdminRequest& request);
    [[nodiscard]] live::AdminAnswer putScenario(std::string_view query, std::string_view text);

    ServeOptions options;
    Findings findings;
    AdminPages pages;
    PrivateFile ca;
    std::string readyLine;
    std::mutex reloading;                     ///< Between signals and the admin interface.
    std::unique_ptr<AccessLog> accessLog;     ///< Ends when the engine's doors have.
    std::unique_ptr<live::LiveEngine> engine; ///< Ends first: its admin thread asks `pages`.
};

Result<std::string> Serving::State::describe(const EventHead& head)
{
    const live::ReadyState ready = engine->ready();
    if (!ready.caPem.empty() && ca.path().empty()) {
        Result<PrivateFile> made = PrivateFile::create("ca.pem", ready.caPem);
        if (!made) {
            return made.error();
        }
        ca = std::move(*made);
    }
    const ServedPlans plans = engine->plans();
    return scenario::readyLine(ready, *plans[0], *plans[1], ca.path(), head);
}

ReloadOutcome Serving::State::turnTo(Result<Servable> next, Instant began)
{
    ReloadOutcome outcome;
    if (!next) {
        outcome = failedReload(next.error());
    } else if (const auto replaced = engine->replace(next->plans, next->options); !replaced) {
        outcome = failedReload(withOwner(replaced.error()));
    } else {
        outcome.isServed = true;
        outcome.findings = std::move(next->findings);
        const Duration took = engine->now() - began;
        pages.reloads().succeeded(next->digest);
        pages.serves(std::move(next->scenarioText));
        const auto line =
            describe({"reloaded", ::getpid(), pages.reloads().generation(), next->digest, took});
        outcome.line = line ? *line : failedReload(line.error()).line;
    }
    if (!outcome.isServed) {
        pages.reloads().failed();
    }
    return outcome;
}

live::AdminAnswer Serving::State::answer(const live::AdminRequest& request)
{
    if (request.method == "GET" || request.method == "HEAD") {
        return pages.answer(request.method, request.target);
    }
    const std::size_t mark = request.target.find('?');
    if (request.target.substr(0, mark) != "/scenario" || request.method != "PUT") {
        return {405, "text/plain; charset=utf-8", "only PUT /scenario writes\n", {}};
    }
    return putScenario(mark == request.target.npos ? "" : request.target.substr(mark + 1),
                       request.body);
}

/// A dry run serves nothing: it says what would be found.
live::AdminAnswer Serving::State::putScenario(std::string_view query, std::string_view text)
{
    if (!query.empty() && query != "dryRun=all") {
        return {400, "text/plain; charset=utf-8", "/scenario takes dryRun=all or nothing\n", {}};
    }
    const std::lock_guard lock(reloading);
    const Instant began = engine->now();
    Result<Servable> next = readServable(options, "<request>", std::string(text));
    if (!query.empty() && next) {
        return {200, "application/json", findingsAsJson(next->findings, true), {}};
    }
    const ReloadOutcome outcome =
        query.empty() ? turnTo(std::move(next), began) : failedReload(next.error());
    const int status = outcome.isServed                         ? 200
                       : outcome.kind == ErrorKind::Environment ? 503
                       : outcome.kind == ErrorKind::WrongUse    ? 400
                                                                : 422;
    return {status, "application/json", outcome.line + '\n', {}};
}

Serving::Serving(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

Serving::~Serving() = default;

Result<std::unique_ptr<Serving>> Serving::start(const ServeOptions& asked)
{
    Result<Servable> made = readServable(asked);
    if (!made) {
        return made.error();
    }
    auto state = std::make_unique<State>(asked, made->plans);
    if (!asked.accessLog.empty()) {
        auto log = AccessLog::open(asked.accessLog, asked.accessLogFormat);
        if (!log) {
            return log.error();
        }
        state->accessLog = std::move(*log);
    }
    State& held = *state;
    const std::lock_guard lock(held.reloading); // who writes waits until all is there
    auto engine = live::LiveEngine::start(
        made->plans, made->options, [&held](const live::AdminRequest& request) {
            return held.answer(request);
        });
    if (!engine) {
        return withOwner(engine.error());
    }
    state->engine = std::move(*engine);
    state->pages.reloads().succeeded(made->digest);
    state->pages.serves(std::move(made->scenarioText));
    const auto line = state->describe({"ready", ::getpid(), 0, {}, {}});
    if (!line) {
        return line.error();
    }
    state->readyLine = *line;
    state->findings = std::move(made->findings);
    state->pages.attach(*state->engine, state->accessLog.get());
    if (state->accessLog) {
        state->accessLog->follow(*state->engine);
    }
    return std::unique_ptr<Serving>(new Serving(std::move(state)));
}

ReloadOutcome Serving::reload()
{
    const std::lock_guard lock(state_->reloading);
    const Instant began = state_->engine->now();
    return state_->turnTo(readServable(state_->options), began);
}

live::ReadyState Serving::ready() const
{
    return state_->engine->ready();
}

std::vector<live::DoorCounters> Serving::counters() const
{
    return state_->engine->counters();
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
