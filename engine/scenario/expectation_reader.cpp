#include "scenario/expectation_reader.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"
#include "report/report.hpp"
#include "scenario/unsupported_keys.hpp"
#include "yaml/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace lab::scenario {
namespace {

/// What a bound of that metric is written in.
enum class BoundUnit { Plain, Milliseconds, PerSecond, YesNo };

BoundUnit unitOf(const Expectation& expectation)
{
    if (expectation.isRatio) {
        return BoundUnit::Plain;
    }
    if (expectation.metric.starts_with("latency.")) {
        return BoundUnit::Milliseconds;
    }
    if (expectation.metric == "overallLimit.held") {
        return BoundUnit::YesNo;
    }
    return expectation.metric.ends_with("PerSecond") ? BoundUnit::PerSecond : BoundUnit::Plain;
}

/// Gates are what depends on the machine: latency, throughput; and cost.
bool isGateByDefault(const Expectation& expectation)
{
    return expectation.metric.starts_with("latency.") ||
           expectation.metric.starts_with("monthlyCost") ||
           (expectation.metric.ends_with("PerSecond") &&
            !expectation.metric.starts_with("overallLimit."));
}

std::optional<double> parseNumber(std::string_view text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> parsePercent(std::string_view text)
{
    if (!text.ends_with('%')) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    const std::size_t end = text.find_last_not_of(' ');
    const std::optional<double> number =
        parseNumber(text.substr(0, end == text.npos ? 0 : end + 1));
    return number ? std::optional(*number / 100) : std::nullopt;
}

/// A bound in the metric's own unit, or nothing after a finding.
std::optional<double> readBound(yaml::MapReader& map, std::string_view key, BoundUnit unit)
{
    const std::optional<std::string> text = map.text(key);
    if (!text) {
        return std::nullopt;
    }
    if (unit == BoundUnit::Milliseconds) {
        const Result<Duration> duration = yaml::parseDuration(*text);
        if (!duration) {
            map.addWrong(key, "wrong-unit", quoted(*text) + " is no duration", "write it as 30ms");
            return std::nullopt;
        }
        return toSeconds(*duration) * 1e3;
    }
    if (unit == BoundUnit::PerSecond && text->find('/') != text->npos) {
        const Result<double> rate = yaml::parseRate(*text);
        if (rate) {
            return *rate;
        }
    } else if (unit == BoundUnit::YesNo && (*text == "true" || *text == "false")) {
        return *text == "true" ? 1.0 : 0.0;
    } else if (const std::optional<double> number = parseNumber(*text);
               number && unit != BoundUnit::YesNo) {
        return number;
    } else if (const std::optional<double> share = parsePercent(*text);
               share && unit == BoundUnit::Plain) {
        return share;
    }
    map.addWrong(key,
                 "wrong-unit",
                 quoted(*text) + " is not in the unit of this metric",
                 unit == BoundUnit::PerSecond ? "write it as 100/s"
                 : unit == BoundUnit::YesNo   ? "write true or false"
                                              : "write a plain number");
    return std::nullopt;
}

bool isKnownMetric(const std::string& metric)
{
    const std::vector<std::string>& known = report::measurePaths();
    if (std::find(known.begin(), known.end(), metric) != known.end()) {
        return true;
    }
    constexpr std::string_view statuses = "statusCounts.";
    return metric.starts_with(statuses) && metric.size() == statuses.size() + 3 &&
           metric.find_first_not_of("0123456789", statuses.size()) == metric.npos;
}

void readMetric(yaml::MapReader& map, Expectation& expectation)
{
    if (!map.require("metric")) {
        return;
    }
    expectation.metric = map.text("metric").value_or("");
    if (expectation.metric.empty() || isKnownMetric(expectation.metric)) {
        return;
    }
    const std::string_view near = nearest(expectation.metric, report::measurePaths());
    map.addWrong("metric",
                 "unknown-metric",
                 quoted(expectation.metric) + " is no metric of the report",
                 near.empty() ? "see scenarios/README.md for the list"
                              : "did you mean \"" + std::string(near) + "\"?");
}

Expectation readExpectation(yaml::MapReader& map)
{
    Expectation expectation;
    expectation.place = map.place();
    readSubject(map, expectation);
    readComparison(map, expectation);
    expectation.isGate = map.boolean("gate").value_or(isGateByDefault(expectation));
    expectation.because = map.text("because").value_or("");
    refuseUnsupported(map, {"of", "during"});
    map.finish();
    return expectation;
}

} // namespace

void readSubject(yaml::MapReader& map, Expectation& expectation)
{
    readMetric(map, expectation);
    expectation.style = map.choice<plan::Style>(
        "style", {{"per-service", plan::Style::PerService}, {"ingress", plan::Style::Ingress}});
    if (map.has("ratio")) {
        expectation.isRatio = true;
        expectation.numerator =
            map.choice<plan::Style>("ratio",
                                    {{"per-service/ingress", plan::Style::PerService},
                                     {"ingress/per-service", plan::Style::Ingress}})
                .value_or(plan::Style::PerService);
        if (expectation.style) {
            map.addWrong("style", "style-with-ratio", "a ratio is of both styles", "remove it");
        }
    }
}

void readComparison(yaml::MapReader& map, Expectation& expectation)
{
    using Word = std::pair<std::string_view, Comparison>;
    constexpr Word words[] = {{"equal", Comparison::Equal},
                              {"below", Comparison::Below},
                              {"above", Comparison::Above},
                              {"atMost", Comparison::AtMost},
                              {"atLeast", Comparison::AtLeast}};
    int count = 0;
    for (const auto& [key, comparison] : words) {
        if (!map.has(key)) {
            continue;
        }
        ++count;
        expectation.comparison = comparison;
        expectation.bound = readBound(map, key, unitOf(expectation)).value_or(0.0);
    }
    if (count != 1) {
        map.reading().addWrong(map.place(),
                               "no-bound",
                               map.path() + " needs exactly one of equal, below, above, "
                                            "atMost and atLeast");
    }
    if (map.has("tolerance")) {
        readTolerance(map, expectation);
        if (expectation.comparison != Comparison::Equal) {
            map.addWrong("tolerance", "bad-tolerance", "goes with equal only");
        }
    }
}

void readTolerance(yaml::MapReader& map, Expectation& expectation)
{
    if (!map.has("tolerance")) {
        return;
    }
    const std::string text = map.text("tolerance").value_or("");
    const std::optional<double> share = parsePercent(text);
    expectation.isTolerancePercent = share.has_value();
    expectation.tolerance =
        share ? *share : readBound(map, "tolerance", unitOf(expectation)).value_or(0.0);
    if (expectation.tolerance < 0.0) {
        map.addWrong("tolerance", "bad-tolerance", "must not be negative");
    }
}

std::vector<Expectation> readExpectations(yaml::MapReader& spec, std::string_view key)
{
    std::vector<Expectation> all;
    for (yaml::MapReader& map : spec.maps(key)) {
        all.push_back(readExpectation(map));
    }
    return all;
}

} // namespace lab::scenario
