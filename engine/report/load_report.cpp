#include "report/load_report.hpp"

#include "base/decimal.hpp"
#include "report/json_text.hpp"
#include "report/page.hpp"
#include "report/text_layout.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>

namespace lab::report {
namespace {

namespace json = boost::json;
using measurement::LatencyHistogram;
using measurement::Measurements;
using measurement::Outcome;

constexpr int decimals = 6;

struct Point {
    const char* name;
    const char* shown;
    double q;
};
constexpr std::array points{Point{"p50", "50 %", 0.5},
                            Point{"p75", "75 %", 0.75},
                            Point{"p90", "90 %", 0.9},
                            Point{"p99", "99 %", 0.99},
                            Point{"p999", "99.9 %", 0.999},
                            Point{"p9999", "99.99 %", 0.9999}};

std::string grouped(std::uint64_t count)
{
    return groupThousands(std::to_string(count));
}

double milliseconds(Duration duration)
{
    return toSeconds(duration) * 1e3;
}

std::string shownMs(Duration duration)
{
    const double value = milliseconds(duration);
    return groupThousands(toDecimal(value, value < 10 ? 3 : value < 100 ? 2 : 1)) + " ms";
}

std::uint64_t countOf(const Measurements& sums, Outcome outcome)
{
    const auto found = sums.outcomeCounts.find(outcome);
    return found == sums.outcomeCounts.end() ? 0 : found->second;
}

/// A quantile means something where at least one answer lies beyond it.
bool isKnown(const LatencyHistogram& latency, double q)
{
    return static_cast<double>(latency.count()) * (1.0 - q) >= 1.0 || q <= 0.5;
}

void writeCounts(const LoadReport& report, Page& page)
{
    constexpr std::size_t nameWidth = 14;
    const Measurements& sums = report.measurements;
    const auto line = [&](const std::string& name, const std::string& text, Tone tone) {
        page.line(padRight(name, nameWidth) + page.ink().paint(tone, text));
    };
    const std::uint64_t answered = countOf(sums, Outcome::Answered);
    line("asked", grouped(sums.offered), Tone::Plain);
    line("answered",
         grouped(answered) + ", " + toDecimal(sums.perSecond(answered), 1) + " a second",
         Tone::Plain);
    for (const auto& [status, count] : sums.statusCounts) {
        line("  " + std::to_string(status), grouped(count), status < 400 ? Tone::Plain : Tone::Bad);
    }
    for (const auto& [outcome, count] : sums.outcomeCounts) {
        if (outcome != Outcome::Answered) {
            line(std::string(toText(outcome)), grouped(count), Tone::Bad);
        }
    }
    line("connections", grouped(sums.connectionsOpened), Tone::Plain);
}

void writeLatency(const LoadReport& report, Page& page)
{
    constexpr std::size_t nameWidth = 14;
    constexpr std::size_t numberWidth = 14;
    const LatencyHistogram& latency = report.measurements.latency;
    page.heading("latency", "from the intended time; within 0.8 %");
    if (latency.count() == 0) {
        page.line("no answer that counts");
        return;
    }
    const auto line = [&](const std::string& name, const std::string& number) {
        page.line(padRight(name, nameWidth) + padLeft(number, numberWidth));
    };
    for (const Point& point : points) {
        if (isKnown(latency, point.q)) {
            line(point.shown, shownMs(latency.quantile(point.q)));
        }
    }
    line("max", shownMs(latency.max()));
    line("mean", shownMs(latency.mean()));
}

json::object latencyObject(const LoadReport& report)
{
    const LatencyHistogram& latency = report.measurements.latency;
    json::object object;
    object["unit"] = "ms";
    object["origin"] = "measured";
    object["conclusive"] = report.isConclusive();
    object["count"] = latency.count();
    for (const Point& point : points) {
        object[point.name] = latency.count() > 0 && isKnown(latency, point.q)
                                 ? toJsonNumber(milliseconds(latency.quantile(point.q)), decimals)
                                 : json::value();
    }
    object["max"] = toJsonNumber(milliseconds(latency.max()), decimals);
    object["mean"] = toJsonNumber(milliseconds(latency.mean()), decimals);
    object["relativeError"] = toJsonNumber(LatencyHistogram::relativeError, decimals);
    json::array bounds;
    json::array counts;
    for (const LatencyHistogram::Bucket& bucket : latency.buckets()) {
        bounds.push_back(toJsonNumber(milliseconds(bucket.upperBound), decimals));
        counts.emplace_back(bucket.count);
    }
    object["buckets"] =
        json::object{{"upperBound", std::move(bounds)}, {"count", std::move(counts)}};
    return object;
}

} // namespace

std::string renderLoadText(const LoadReport& report, bool usesColour)
{
    Page page(usesColour);
    page.line(page.ink().paint(Tone::Strong, report.method + ' ' + printable(report.url)));
    page.wrapped(Tone::Faint,
                 toShortDecimal(report.ratePerSecond, 3) + " a second for " +
                     toShortDecimal(toSeconds(report.duration), 3) + " s, " +
                     (report.isPoisson ? "independent of each other" : "evenly spaced") + ", " +
                     std::to_string(report.clients) +
                     (report.clients == 1 ? " client" : " clients") +
                     "; nobody waits for an answer before the next request leaves");
    page.line();
    writeCounts(report, page);
    writeLatency(report, page);
    page.line();
    if (!report.isConclusive()) {
        page.wrapped(Tone::Unsure,
                     "Inconclusive: the generator was the bottleneck. " +
                         grouped(report.measurements.lateSends) + " of " +
                         grouped(report.measurements.offered) +
                         " requests left over 1 ms after their time; lower the rate, or give it a "
                         "CPU of its own.");
    } else {
        page.wrapped(
            Tone::Faint,
            "The generator kept to its schedule: " + grouped(report.measurements.lateSends) +
                " requests left over 1 ms after their time.");
    }
    if (report.wasInterrupted) {
        page.wrapped(Tone::Unsure, "Interrupted: what was measured until then.");
    }
    return page.take();
}

std::string renderLoadJson(const LoadReport& report)
{
    const Measurements& sums = report.measurements;
    json::object root;
    root["schemaVersion"] = 1;
    root["url"] = toJsonString(report.url);
    root["method"] = toJsonString(report.method);
    root["ratePerSecond"] = toJsonNumber(report.ratePerSecond, decimals);
    root["arrivals"] = report.isPoisson ? "poisson" : "constant";
    root["durationSeconds"] = toJsonNumber(toSeconds(report.duration), decimals);
    root["measuredSeconds"] = toJsonNumber(toSeconds(sums.measured), decimals);
    root["clients"] = report.clients;
    root["seed"] = report.seed;
    root["interrupted"] = report.wasInterrupted;
    root["conclusive"] = report.isConclusive();
    root["offered"] = sums.offered;
    root["lateSends"] = sums.lateSends;
    root["connectionsOpened"] = sums.connectionsOpened;
    root["requestBytes"] = sums.requestBytes;
    root["responseBytes"] = sums.responseBytes;
    root["errors"] = sums.errorCount();
    json::object outcomes;
    for (const auto& [outcome, count] : sums.outcomeCounts) {
        outcomes[toText(outcome)] = count;
    }
    root["outcomeCounts"] = std::move(outcomes);
    json::object statuses;
    for (const auto& [status, count] : sums.statusCounts) {
        statuses[std::to_string(status)] = count;
    }
    root["statusCounts"] = std::move(statuses);
    root["latency"] = latencyObject(report);
    return toJsonText(root);
}

std::string loadProgressLine(const Measurements& soFar)
{
    std::string line = grouped(soFar.offered) + " asked, " +
                       grouped(countOf(soFar, Outcome::Answered)) + " answered";
    if (soFar.latency.count() > 0) {
        line += ", p50 " + shownMs(soFar.latency.quantile(0.5)) + ", p99 " +
                shownMs(soFar.latency.quantile(0.99)) + ", max " + shownMs(soFar.latency.max());
    }
    if (const std::uint64_t errors = soFar.errorCount(); errors > 0) {
        line += ", " + grouped(errors) + " errors";
    }
    return line;
}

} // namespace lab::report
