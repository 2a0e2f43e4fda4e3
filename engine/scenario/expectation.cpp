#include "scenario/expectation.hpp"

#include "base/decimal.hpp"

#include <cmath>

namespace lab::scenario {
namespace {

using report::ExpectationResult;
using report::Measure;
using report::StyleReport;
using Verdict = ExpectationResult::Verdict;

/// A number with its unit, three decimals at most: "12.5 ms", "2".
std::string shown(double value, const std::string& unit)
{
    if (unit == "bool") {
        return value != 0.0 ? "true" : "false";
    }
    constexpr int decimals = 3;
    std::string text = toShortDecimal(value, decimals);
    if (unit == "1/s") {
        return text + "/s";
    }
    if (unit.empty() || unit == "count" || unit == "ratio") {
        return text;
    }
    return text + ' ' + unit;
}

bool holds(const Expectation& expectation, double value)
{
    const double bound = expectation.bound;
    switch (expectation.comparison) {
    case Comparison::Equal: {
        constexpr double roundingShare = 1e-9; // of sums of decimal fractions
        const double allowed = expectation.isTolerancePercent
                                   ? std::abs(bound) * expectation.tolerance
                                   : expectation.tolerance;
        return std::abs(value - bound) <= allowed + std::abs(bound) * roundingShare;
    }
    case Comparison::Below:
        return value < bound;
    case Comparison::Above:
        return value > bound;
    case Comparison::AtMost:
        return value <= bound;
    case Comparison::AtLeast:
        return value >= bound;
    }
    return false;
}

std::string boundText(const Expectation& expectation, const std::string& unit)
{
    std::string text(toText(expectation.comparison));
    text += ' ' + shown(expectation.bound, unit);
    if (expectation.tolerance > 0.0) {
        text += expectation.isTolerancePercent
                    ? " ± " + toShortDecimal(expectation.tolerance * 100, 3) + " %"
                    : " ± " + shown(expectation.tolerance, unit);
    }
    return text;
}

/// Latency and throughput are worth nothing once the generator could not keep up.
bool dependsOnGenerator(const std::string& metric)
{
    return metric.starts_with("latency.") ||
           (metric.ends_with("PerSecond") && !metric.starts_with("overallLimit."));
}

/// Why this style's number decides nothing; empty if it does.
std::string
inconclusiveBecause(const std::string& metric, const Measure& measure, const StyleReport& style)
{
    if (measure.origin != report::Origin::Measured) {
        return {};
    }
    const auto& outcomes = style.measurements.outcomeCounts;
    const auto answered = outcomes.find(measurement::Outcome::Answered);
    const std::uint64_t samples = answered == outcomes.end() ? 0 : answered->second;
    if (samples < samplesMin) {
        return "only " + std::to_string(samples) + " answers in the " +
               std::string(plan::toText(style.style)) + " style, fewer than " +
               std::to_string(samplesMin);
    }
    if (dependsOnGenerator(metric) && style.measurements.isGeneratorSaturated()) {
        return "the load generator was late: more than 1 % of its requests left over 1 ms after "
               "their time";
    }
    return {};
}

ExpectationResult begin(const Expectation& expectation, std::string text)
{
    ExpectationResult result;
    result.text = std::move(text);
    result.isGate = expectation.isGate;
    result.because = expectation.because;
    result.place = expectation.place;
    return result;
}

void makeInconclusive(ExpectationResult& result, std::string why)
{
    result.verdict = Verdict::Inconclusive;
    result.because = std::move(why);
}

ExpectationResult judgeStyle(const Expectation& expectation, const StyleReport& style)
{
    const std::string name =
        std::string(plan::toText(style.style)) + ' ' + expectation.metric + ' ';
    const std::optional<Measure> measure = report::measureAt(style, expectation.metric);
    if (!measure) {
        ExpectationResult result = begin(expectation, name + boundText(expectation, ""));
        result.actual = "none";
        makeInconclusive(result, "the report has no such number for this style");
        return result;
    }
    ExpectationResult result = begin(expectation, name + boundText(expectation, measure->unit));
    result.actual = shown(measure->value, measure->unit);
    std::string why = inconclusiveBecause(expectation.metric, *measure, style);
    if (!why.empty()) {
        makeInconclusive(result, std::move(why));
    } else if (!holds(expectation, measure->value)) {
        result.verdict = Verdict::Failed;
    }
    return result;
}

ExpectationResult judgeRatio(const Expectation& expectation, const report::Report& report)
{
    const plan::Style below = expectation.numerator == plan::Style::PerService
                                  ? plan::Style::Ingress
                                  : plan::Style::PerService;
    ExpectationResult result = begin(expectation,
                                     std::string(plan::toText(expectation.numerator)) + '/' +
                                         std::string(plan::toText(below)) + ' ' +
                                         expectation.metric + ' ' + boundText(expectation, ""));
    std::optional<Measure> measures[2];
    const plan::Style styles[2] = {expectation.numerator, below};
    for (int i = 0; i < 2; ++i) {
        if (const StyleReport* style = report.style(styles[i])) {
            measures[i] = report::measureAt(*style, expectation.metric);
            std::string why =
                measures[i] ? inconclusiveBecause(expectation.metric, *measures[i], *style) : "";
            if (!why.empty()) {
                makeInconclusive(result, std::move(why));
            }
        }
    }
    if (!measures[0] || !measures[1] || measures[1]->value == 0.0) {
        result.actual = "none";
        makeInconclusive(result, "the report lacks this number, or it is 0 below the line");
        return result;
    }
    const double ratio = measures[0]->value / measures[1]->value;
    result.actual = shown(ratio, "");
    if (result.verdict != Verdict::Inconclusive && !holds(expectation, ratio)) {
        result.verdict = Verdict::Failed;
    }
    return result;
}

} // namespace

std::vector<ExpectationResult> judge(const std::vector<Expectation>& expectations,
                                     const report::Report& report)
{
    std::vector<ExpectationResult> results;
    for (const Expectation& expectation : expectations) {
        if (expectation.isRatio) {
            results.push_back(judgeRatio(expectation, report));
            continue;
        }
        for (const StyleReport& style : report.styles) {
            if (!expectation.style || *expectation.style == style.style) {
                results.push_back(judgeStyle(expectation, style));
            }
        }
    }
    return results;
}

Findings asFindings(const std::vector<ExpectationResult>& results)
{
    Findings findings;
    for (const ExpectationResult& result : results) {
        if (result.verdict == Verdict::Passed) {
            continue;
        }
        const bool isFailed = result.verdict == Verdict::Failed;
        findings.push_back({isFailed ? Severity::Error : Severity::Warning,
                            isFailed ? "expectation-failed" : "expectation-inconclusive",
                            result.place,
                            result.text + (isFailed ? " does not hold: it is " + result.actual
                                                    : " is not decided: " + result.because),
                            ""});
    }
    return findings;
}

} // namespace lab::scenario
