#pragma once

#include "base/finding.hpp"
#include "base/instant.hpp"
#include "base/place.hpp"
#include "cost/bill.hpp"
#include "live/live_engine.hpp"
#include "plan/plan_front_doors.hpp"
#include "simulation/simulation_spec.hpp"
#include "workload/traffic.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::scenario {

/// How a value is held against a bound in `expect`.
enum class Comparison { Equal, Below, Above, AtMost, AtLeast };

/// One line of `expect`: a metric of one style (or the ratio of both) and its bound.
struct Expectation {
    std::string metric;               ///< A path into the report: "latency.p99", "certificates".
    std::optional<plan::Style> style; ///< None: of both styles.
    bool isRatio = false; ///< `ratio: per-service/ingress`: the metric of the first by the second.
    plan::Style numerator = plan::Style::PerService;
    Comparison comparison = Comparison::Equal;
    double bound = 0.0;     ///< In the metric's unit.
    double tolerance = 0.0; ///< With Equal; relative if `isTolerancePercent`.
    bool isTolerancePercent = false;
    bool isGate = false;
    std::string because;
    Place place;
};

/// "=", "<", ">", "≤", "≥": as expectations are shown.
[[nodiscard]] std::string_view toText(Comparison comparison);

/// A file or folder of manifests that the scenario names, relative to its folder.
struct ManifestPath {
    std::string path;
    Place place;
};

/// What the pods of a Service do.
struct Backend {
    std::vector<std::string> addresses; ///< Real ones; the lab starts no pods for it then.
    std::optional<Duration> latency;    ///< Always the same; none: Scenario::backendDefaults.
    std::optional<workload::ServiceTime> time; ///< By chance, instead: by the virtual clock only.
    std::optional<std::uint32_t> maxInFlight;  ///< Served at once; by the virtual clock only.
    std::optional<std::uint32_t> queueMax;     ///< Further ones in line, likewise.
    Place place;
};

/// One line of `timeline`: what happens to the pods of a Service, and when.
struct TimelineEvent {
    Duration at{};
    std::string service;             ///< As written.
    std::optional<std::size_t> pods; ///< The first so many; none: all.
    simulation::PodFault fault;
    Place place;
};

/// `timeouts`: what is not set is the profile's.
struct TimeoutSettings {
    std::optional<Duration> head;
    std::optional<Duration> bodyIdle;
    std::optional<Duration> connect;
    std::optional<Duration> answer;
    std::optional<Duration> keepAliveIdle;
};

/// A scenario file as values; units as in the structs that it feeds. Format: scenarios/README.md
struct Scenario {
    std::string name;
    std::string title;
    std::string folder; ///< Where scenario.yaml stands; manifests are relative to it.
    std::vector<ManifestPath> manifests;
    std::optional<plan::Profile> profile;
    std::optional<plan::DoorMode> perServiceMode;
    std::optional<int> controllerReplicas;
    plan::ControllerSettings controller;
    plan::ProxyMode proxyMode = plan::ProxyMode::Iptables;
    std::map<std::string, Backend> backends; ///< By "name" or "ns/name" as written.
    Backend backendDefaults;
    std::vector<TimelineEvent> timeline; ///< In any order.
    std::vector<workload::Traffic> traffic;
    std::optional<plan::OverallLimit> overallLimit;
    cost::PricingOptions pricing;
    bool issuesLabCertificates = true;
    std::vector<Expectation> expectations;
    std::string clock = "live";
    std::uint64_t seed = 1;
    std::string date;                            ///< Empty: the price book's.
    Duration duration = std::chrono::seconds(4); ///< Traffic time of each style.
    TimeoutSettings timeouts;
    Place place;        ///< Of the file's first key.
    Place trafficPlace; ///< Of `traffic`, or of `spec` where it has none.
    Place pricesPlace;
    std::vector<std::vector<Place>> mixPlaces; ///< [traffic][mix entry]
};

/// What the scenario asks for that only the virtual clock honours so far, each with its place.
[[nodiscard]] Findings virtualOnly(const Scenario& scenario, Severity severity);

/// The timeouts of that profile (decision 14), with the scenario's own in their place.
[[nodiscard]] live::Timeouts timeoutsOf(plan::Profile profile, const TimeoutSettings& settings);

} // namespace lab::scenario
