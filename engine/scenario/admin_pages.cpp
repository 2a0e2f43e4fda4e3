#include "scenario/admin_pages.hpp"

namespace lab::scenario {

live::AdminAnswer AdminPages::answer(std::string_view method, std::string_view target) const
{
    live::AdminAnswer answer;
    if (method != "GET" && method != "HEAD") {
        answer.status = 403;
        answer.body = "the admin interface is read-only\n";
        return answer;
    }
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/healthz" || path == "/livez") {
        answer.body = "ok\n";
    } else if (path == "/readyz") {
        answer = readiness();
    } else if (path == "/metrics") {
        const live::LiveEngine* const engine = engine_;
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8";
        answer.body = engineMetrics(
            engine == nullptr ? std::vector<live::DoorCounters>{} : engine->counters(), plans_);
    } else if (path == "/explain") {
        const std::size_t mark = target.find('?');
        answer = explains_.answer(
            mark == target.npos ? std::string_view() : target.substr(mark + 1), engine_.load());
    } else if (path == "/") {
        answer.body = "Ingress Lab\n/healthz\n/livez\n/readyz\n/metrics\n"
                      "/explain?url=&method=&header=&client=&style=\n";
    } else {
        answer.status = 404;
        answer.body = "no such page; / lists them\n";
    }
    return answer;
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
