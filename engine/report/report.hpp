#pragma once

#include "base/finding.hpp"
#include "cost/bill.hpp"
#include "measurement/measurements.hpp"
#include "plan/front_door_plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::report {

/// Where a number comes from; written beside every one.
enum class Origin { Measured, Simulated, Priced, Theory, Counted };

[[nodiscard]] std::string_view toText(Origin origin); ///< "measured", …

/// Did the style keep the overall limit?
struct LimitVerdict {
    double ratePerSecond = 0.0; ///< The wish.
    double burst = 0.0;
    std::size_t enforcingPoints =
        0; ///< Buckets that know nothing of each other; 0: nobody can limit.
    double offeredPerSecond = 0.0;
    double admittedPerSecond = 0.0;
    double idealPerSecond = 0.0; ///< One exact bucket over the same arrivals.
    bool isHeld = false;         ///< Admitted at most 1 % over the ideal.
    double factor = 0.0;         ///< admitted / ideal
};

/// One door as a row of the report.
struct DoorRow {
    std::string name;
    plan::DoorRole role = plan::DoorRole::LoadBalancer;
    plan::DoorMode mode = plan::DoorMode::Tcp;
    bool isDerived = false;
    std::size_t routes = 0;
    std::uint64_t requests = 0;
};

/// Everything said about one style.
struct StyleReport {
    plan::Style style = plan::Style::Ingress;
    std::size_t loadBalancers = 0;
    std::size_t certificates = 0;
    std::size_t controllers = 0;
    std::vector<DoorRow> doors;
    cost::Bill monthlyCost;
    std::optional<LimitVerdict> overallLimit; ///< None: the scenario sets no limit.
    measurement::Measurements measurements;
    Origin trafficOrigin = Origin::Measured; ///< Of `measurements`: Simulated by the virtual clock.
};

/// One line of `expect`, judged.
struct ExpectationResult {
    enum class Verdict { Passed, Failed, Inconclusive };
    std::string text; ///< "ingress certificates = 1"
    Verdict verdict = Verdict::Passed;
    bool isGate = false; ///< Failed gates alone exit with 5.
    std::string actual;  ///< "1"
    std::string because; ///< The scenario's own words, or why it is inconclusive.
    Place place;
};

/// The comparison of both styles: pure data that every renderer reads.
struct Report {
    std::string scenario; ///< metadata.name
    std::string title;
    std::string toolVersion;    ///< "0.1.0"; empty: not told.
    std::string clock = "live"; ///< "live" or "virtual"
    std::uint64_t seed = 0;
    std::string date; ///< "2026-11-25": of prices and expiry
    plan::Profile profile = plan::Profile::Spec;
    bool wasInterrupted = false;
    std::vector<StyleReport> styles; ///< Per-service first; one of them may be left out.
    std::vector<ExpectationResult> expectations;
    Findings findings;

    [[nodiscard]] bool passed() const; ///< No expectation failed.
    [[nodiscard]] const StyleReport* style(plan::Style style) const;
};

/// How a number of a report is read by `expect`: its value, unit and origin.
struct Measure {
    double value = 0.0;
    std::string unit; ///< "count", "1/s", "ms", "s", "bytes", "USD/month", "ratio", "bool"
    Origin origin = Origin::Measured;
    std::string book; ///< Date of the prices; Origin::Priced only.
};

/// The measure at a path into one style of the JSON report ("latency.p99", "monthlyCost",
/// "overallLimit.factor", "statusCounts.429"); nothing if there is no such number: no such path,
/// no limit set, or no request that was answered. Of `overallLimit.held`, 1 stands for yes.
[[nodiscard]] std::optional<Measure> measureAt(const StyleReport& style, std::string_view path);

/// All paths measureAt() knows (status counts as "statusCounts.NNN"), in the order of the report:
/// for suggestions and schema.
[[nodiscard]] const std::vector<std::string>& measurePaths();

} // namespace lab::report
