#include "scenario/engine_metrics.hpp"

#include "scenario/prometheus_text.hpp"
#include "scenario/version.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sys/resource.h>
#include <unistd.h>

namespace lab::scenario {
namespace {

using Doors = std::vector<live::DoorCounters>;

/// One family whose samples are one field of each door's counters.
void addField(PrometheusText& text, const Doors& doors, std::uint64_t live::DoorCounters::*field)
{
    for (const live::DoorCounters& door : doors) {
        text.sample({{"style", plan::toText(door.style)}, {"door", door.name}}, door.*field);
    }
}

void addRequests(PrometheusText& text, const Doors& doors)
{
    constexpr std::array<std::string_view, 6> classes{"", "1xx", "2xx", "3xx", "4xx", "5xx"};
    text.counter("ingresslab_requests_total", "Requests answered by a door, by class of status.");
    for (const live::DoorCounters& door : doors) {
        for (std::size_t i = 1; i < classes.size(); ++i) {
            text.sample({{"style", plan::toText(door.style)},
                         {"door", door.name},
                         {"code_class", classes[i]}},
                        door.responsesByClass[i]);
        }
    }
    text.counter("ingresslab_requests_received_total", "Requests whose head a door has read.");
    addField(text, doors, &live::DoorCounters::requests);
    text.counter("ingresslab_ratelimit_refused_total", "Requests that a door's limit refused.");
    addField(text, doors, &live::DoorCounters::refusedByLimit);
    text.counter("ingresslab_unrouted_requests_total", "Requests that no route took.");
    addField(text, doors, &live::DoorCounters::unrouted);
    text.counter("ingresslab_upstream_errors_total", "Requests answered 502 or 504 for a pod.");
    addField(text, doors, &live::DoorCounters::upstreamErrors);
}

void addDurations(PrometheusText& text, const Doors& doors)
{
    text.histogram("ingresslab_request_duration_seconds",
                   "Time from a request's first byte to its answer's last, http doors.");
    for (const live::DoorCounters& door : doors) {
        text.distribution({{"style", plan::toText(door.style)}, {"door", door.name}},
                          live::DoorCounters::durationBounds,
                          door.durations,
                          door.durationSum);
    }
    text.gauge("ingresslab_requests_in_flight", "Requests begun and not over, http doors.");
    for (const live::DoorCounters& door : doors) {
        const std::uint64_t over =
            std::accumulate(door.durations.begin(), door.durations.end(), std::uint64_t{0});
        text.sample({{"style", plan::toText(door.style)}, {"door", door.name}},
                    door.requests - std::min(door.requests, over));
    }
}

void addConnections(PrometheusText& text, const Doors& doors)
{
    text.counter("ingresslab_connections_total", "Connections accepted from clients.");
    addField(text, doors, &live::DoorCounters::connectionsAccepted);
    text.gauge("ingresslab_connections_open", "Connections of clients now open.");
    addField(text, doors, &live::DoorCounters::connectionsOpen);
    text.counter("ingresslab_received_bytes_total", "Bytes received from clients.");
    addField(text, doors, &live::DoorCounters::bytesIn);
    text.counter("ingresslab_sent_bytes_total", "Bytes sent to clients.");
    addField(text, doors, &live::DoorCounters::bytesOut);
}

void addPlans(PrometheusText& text, const ServedPlans& plans)
{
    text.gauge("ingresslab_load_balancers", "Load balancers that a cloud would bill.");
    for (const auto& plan : plans) {
        text.sample({{"style", plan::toText(plan->style)}},
                    std::uint64_t{plan->loadBalancerCount()});
    }
    text.gauge("ingresslab_certificates", "Certificates that somebody must renew.");
    for (const auto& plan : plans) {
        text.sample({{"style", plan::toText(plan->style)}},
                    std::uint64_t{plan->certificateCount()});
    }
}

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

void addProcess(PrometheusText& text)
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    text.counter("process_cpu_seconds_total", "User and system time of the process.");
    text.sample({}, seconds(usage.ru_utime) + seconds(usage.ru_stime));

    std::uint64_t pages = 0;
    std::uint64_t residentPages = 0;
    std::ifstream("/proc/self/statm") >> pages >> residentPages;
    text.gauge("process_resident_memory_bytes", "Resident memory.");
    text.sample({}, residentPages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));

    std::uint64_t open = 0;
    std::error_code error;
    for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end;
         !error && entry != end;
         entry.increment(error)) {
        ++open;
    }
    text.gauge("process_open_fds", "Open file descriptors.");
    text.sample({}, open);
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    text.gauge("process_max_fds", "Most file descriptors that may be open.");
    text.sample({}, std::uint64_t{limit.rlim_cur});
}

} // namespace

std::string engineMetrics(const std::vector<live::DoorCounters>& doors, const ServedPlans& plans)
{
    PrometheusText text;
    text.gauge("ingresslab_build_info", "The version that runs; always 1.");
    text.sample({{"version", version()}}, std::uint64_t{1});
    addRequests(text, doors);
    addDurations(text, doors);
    addConnections(text, doors);
    addPlans(text, plans);
    addProcess(text);
    return text.take();
}

} // namespace lab::scenario
