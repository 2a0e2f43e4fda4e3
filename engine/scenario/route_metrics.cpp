#include "scenario/route_metrics.hpp"

#include "scenario/record_names.hpp"

#include <algorithm>

namespace lab::scenario {

void RouteMetrics::Sums::add(const measurement::DoorRecord& record)
{
    constexpr auto& bounds = live::DoorCounters::durationBounds;
    ++byClass[std::min<std::size_t>(record.status / 100, byClass.size() - 1)];
    const auto bound = std::ranges::lower_bound(bounds, record.total());
    ++durations[static_cast<std::size_t>(bound - bounds.begin())];
    durationSum += record.total();
}

RouteMetrics::Sums& RouteMetrics::sumsOf(const live::LiveEngine& engine,
                                         const measurement::DoorRecord& record)
{
    const auto plan = engine.planOf(record);
    const RecordNames names(plan.get(), record);
    std::string service(names.nameSpace);
    service.append(service.empty() ? "" : "/").append(names.service);
    Key key{std::string(names.style), std::string(names.route), std::move(service)};
    const auto known = routes_.find(key);
    if (known != routes_.end()) {
        return known->second;
    }
    if (routes_.size() >= routesMax) {
        key = {std::string(names.style), "other", ""};
    }
    return routes_[std::move(key)];
}

void RouteMetrics::collect(const live::LiveEngine& engine)
{
    constexpr std::size_t atOnce = 4096;
    if (cursors_.empty()) {
        for (const measurement::FlightRecorder* recorder : engine.recorders()) {
            cursors_.emplace_back(recorder->records());
        }
    }
    lost_ = 0;
    for (std::size_t worker = 0; worker < cursors_.size(); ++worker) {
        measurement::RecordCursor& cursor = cursors_[worker];
        const std::uint64_t end = engine.recorders()[worker]->records().written();
        while (cursor.next() < end) { // what is written meanwhile is the next question's
            for (const measurement::DoorRecord& record : cursor.take(atOnce)) {
                if (!record.is(measurement::DoorRecord::Connection)) {
                    sumsOf(engine, record).add(record);
                }
            }
        }
        lost_ += cursor.lost();
    }
}

void RouteMetrics::write(PrometheusText& text) const
{
    constexpr std::array<std::string_view, 6> classes{"gone", "1xx", "2xx", "3xx", "4xx", "5xx"};
    text.counter("ingresslab_route_requests_total",
                 "Requests by route and class of status; gone: the client did not wait.");
    for (const auto& [key, sums] : routes_) {
        const auto& [style, route, service] = key;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            if (sums.byClass[i] > 0) {
                text.sample({{"style", style},
                             {"route", route},
                             {"service", service},
                             {"code_class", classes[i]}},
                            sums.byClass[i]);
            }
        }
    }
    text.histogram("ingresslab_route_duration_seconds",
                   "Time from a request's first byte to its answer's last, by route.");
    for (const auto& [key, sums] : routes_) {
        const auto& [style, route, service] = key;
        text.distribution({{"style", style}, {"route", route}, {"service", service}},
                          live::DoorCounters::durationBounds,
                          sums.durations,
                          sums.durationSum);
    }
    text.counter("ingresslab_records_dropped_total",
                 "Requests that the metrics by route lack: overwritten before they were read.");
    text.sample({}, lost_);
}

void addAccessLog(PrometheusText& text, const AccessLog& log)
{
    text.counter("ingresslab_access_log_lines_total", "Requests written to the access log.");
    text.sample({}, log.written());
    text.counter("ingresslab_access_log_dropped_total",
                 "Requests that the access log lacks: it was too slow, or could not be written.");
    text.sample({}, log.lost());
}

} // namespace lab::scenario
