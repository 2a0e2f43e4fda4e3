#include "scenario/admin_pages.hpp"

#include "scenario/requests_page.hpp"
#include "scenario/state_pages.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lab::scenario {
namespace {

/// Named in the design, and not there yet.
constexpr std::array<std::string_view, 6> laterPages{
    "/cost", "/events", "/clock", "/faults", "/quitquitquit", "/openapi.json"};

} // namespace

live::AdminAnswer AdminPages::answer(std::string_view method, std::string_view target) const
{
    live::AdminAnswer answer;
    if (method != "GET" && method != "HEAD") {
        answer.status = 403;
        answer.body = "the admin interface is read-only\n";
        return answer;
    }
    const std::size_t mark = target.find('?');
    const std::string_view path = target.substr(0, mark);
    const std::string_view query =
        mark == target.npos ? std::string_view() : target.substr(mark + 1);
    const live::LiveEngine* const engine = engine_;
    if (path == "/healthz" || path == "/livez") {
        answer.body = "ok\n";
    } else if (path == "/readyz") {
        answer = readiness();
    } else if (path == "/metrics") {
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8";
        answer.body = metrics(engine);
    } else if (path == "/explain") {
        answer = explains_.answer(query, engine);
    } else if (path == "/requests") {
        answer = engine == nullptr ? readiness() : RequestsPage::answer(query, *engine);
    } else if (path == "/scenario") {
        answer = scenario();
    } else if (path == "/") {
        answer.body = "Ingress Lab\n/healthz\n/livez\n/readyz\n/metrics\n"
                      "/explain?url=&method=&header=&client=&style=\n"
                      "/requests?since=&filter=&limit=\n"
                      "/scenario\n/scenario?dryRun= (PUT, with the token)\n"
                      "/routes\n/endpoints\n/certs\n/limits\n/config_dump?resource=\n";
    } else if (auto state = statePage(path, query, plansOf(engine), engine)) {
        answer = std::move(*state);
    } else if (std::ranges::find(laterPages, path) != laterPages.end()) {
        answer.status = 501;
        answer.body = std::string(path) + " comes with a later version\n";
    } else {
        answer.status = 404;
        answer.body = "no such page; / lists them\n";
    }
    return answer;
}

void AdminPages::serves(std::string scenarioText)
{
    const std::lock_guard lock(mutex_);
    scenario_ = std::move(scenarioText);
}

live::AdminAnswer AdminPages::scenario() const
{
    const std::lock_guard lock(mutex_);
    if (scenario_.empty()) {
        return {
            404,
            "text/plain; charset=utf-8",
            "manifests are served, without a scenario; /config_dump shows what became of them\n",
            {}};
    }
    return {200, "application/yaml", scenario_, {}};
}

ServedPlans AdminPages::plansOf(const live::LiveEngine* engine) const
{
    return engine == nullptr ? plans_ : engine->plans();
}

std::string AdminPages::metrics(const live::LiveEngine* engine) const
{
    std::string text =
        engineMetrics(engine == nullptr ? std::vector<live::DoorCounters>{} : engine->counters(),
                      plansOf(engine));
    PrometheusText more;
    reloads_.write(more);
    if (engine != nullptr) {
        routes_.collect(*engine);
        routes_.write(more);
    }
    if (const AccessLog* const log = accessLog_) {
        addAccessLog(more, *log);
    }
    return text + more.take();
}

live::AdminAnswer AdminPages::readiness() const
{
    live::AdminAnswer answer;
    if (isDraining_) {
        answer.status = 503;
        answer.body = "draining\n";
    } else if (engine_.load() == nullptr) {
        answer.status = 503;
        answer.body = "starting\n";
    } else {
        answer.body = "ok\n";
    }
    return answer;
}

} // namespace lab::scenario
