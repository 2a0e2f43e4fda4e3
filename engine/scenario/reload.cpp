#include "scenario/reload.hpp"

#include "report/json_text.hpp"
#include "scenario/finding_text.hpp"

#include <boost/json.hpp>

#include <chrono>

namespace lab::scenario {

namespace json = boost::json;

ReloadOutcome failedReload(const Error& error)
{
    ReloadOutcome outcome;
    outcome.findings = error.findings();
    outcome.kind = error.kind();
    const std::string& why =
        error.message().empty() ? "the configuration cannot be served" : error.message();
    outcome.line = json::serialize(json::object{{"event", "reload-failed"},
                                                {"error", report::toJsonString(why)},
                                                {"findings", findingArray(error.findings())}});
    return outcome;
}

void ReloadCounts::succeeded(const std::string& digest)
{
    const std::lock_guard lock(mutex_);
    ++started_;
    digest_ = digest;
    lastSuccess_ =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

void ReloadCounts::failed()
{
    const std::lock_guard lock(mutex_);
    ++failed_;
}

std::uint64_t ReloadCounts::generation() const
{
    const std::lock_guard lock(mutex_);
    return started_ == 0 ? 0 : started_ - 1;
}

void ReloadCounts::write(PrometheusText& text) const
{
    const std::lock_guard lock(mutex_);
    text.counter("ingresslab_config_reloads_total",
                 "Reloads since the start, by what came of them.");
    text.sample({{"result", "ok"}}, started_ == 0 ? 0 : started_ - 1);
    text.sample({{"result", "failed"}}, failed_);
    text.gauge("ingresslab_config_last_success_timestamp_seconds",
               "When what is served was read: by the start, or the last reload that succeeded.");
    text.sample({}, lastSuccess_);
    text.gauge("ingresslab_config_info", "The digest of what is served; always 1.");
    text.sample({{"digest", digest_}}, std::uint64_t{1});
}

} // namespace lab::scenario
