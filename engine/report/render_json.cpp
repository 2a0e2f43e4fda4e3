#include "report/bill_json.hpp"
#include "report/comparison.hpp"
#include "report/finding_json.hpp"
#include "report/json_text.hpp"
#include "report/measure_table.hpp"
#include "report/render.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace lab::report {
namespace {

namespace json = boost::json;

// Decimals of each kind of figure: enough for people, few enough to be the same everywhere.
constexpr int moneyDecimals = 2;
constexpr int latencyDecimals = 6;
constexpr int measureDecimals = 6;

json::value count(std::size_t value)
{
    return static_cast<std::uint64_t>(value);
}

int decimalsOf(const Measure& measure)
{
    return measure.origin == Origin::Priced ? moneyDecimals : measureDecimals;
}

json::value valueOf(const Measure& measure)
{
    if (measure.unit == "bool") {
        return measure.value != 0;
    }
    if (measure.unit == "count" || measure.unit == "bytes") {
        return toJsonNumber(measure.value,
                            measure.value ==
                                    static_cast<double>(static_cast<std::int64_t>(measure.value))
                                ? 0
                                : measureDecimals);
    }
    return toJsonNumber(measure.value, decimalsOf(measure));
}

json::object measureObject(const Measure& measure)
{
    json::object object;
    object["value"] = valueOf(measure);
    object["unit"] = toJsonString(measure.unit);
    object["origin"] = toText(measure.origin);
    if (measure.origin == Origin::Priced) {
        object["book"] = toJsonString(measure.book);
    }
    return object;
}

json::object bucketsObject(const measurement::LatencyHistogram& histogram)
{
    json::array bounds;
    json::array counts;
    for (const measurement::LatencyHistogram::Bucket& bucket : histogram.buckets()) {
        bounds.push_back(toJsonNumber(toSeconds(bucket.upperBound) * 1e3, latencyDecimals));
        counts.push_back(count(bucket.count));
    }
    json::object object;
    object["upperBound"] = std::move(bounds);
    object["count"] = std::move(counts);
    return object;
}

/// All latencies in one object, with one unit and one origin.
json::object latencyObject(const StyleReport& style)
{
    const measurement::Measurements& measured = style.measurements;
    json::object object;
    object["unit"] = "ms";
    object["origin"] = toText(style.trafficOrigin);
    object["conclusive"] = !measured.isGeneratorSaturated();
    object["count"] = count(measured.latency.count());
    for (const char* name : {"p50", "p90", "p99", "p999", "max", "mean"}) {
        const auto measure = measureAt(style, std::string("latency.") + name);
        object[name] = measure ? toJsonNumber(measure->value, latencyDecimals) : json::value();
    }
    object["relativeError"] =
        toJsonNumber(measurement::LatencyHistogram::relativeError, measureDecimals);
    object["buckets"] = bucketsObject(measured.latency);
    json::array batches;
    for (const measurement::Batch& batch : measured.batches) {
        json::object each;
        each["count"] = count(batch.count);
        each["mean"] = toJsonNumber(batch.latencyMsMean, latencyDecimals);
        batches.push_back(std::move(each));
    }
    object["batches"] = std::move(batches);
    return object;
}

json::array doorsArray(const StyleReport& style)
{
    json::array doors;
    for (const DoorRow& door : style.doors) {
        json::object object;
        object["name"] = toJsonString(door.name);
        object["role"] = door.role == plan::DoorRole::Controller ? "controller" : "load-balancer";
        object["mode"] = plan::toText(door.mode);
        object["derived"] = door.isDerived;
        object["routes"] =
            measureObject({static_cast<double>(door.routes), "count", Origin::Counted, {}});
        object["requests"] =
            measureObject({static_cast<double>(door.requests), "count", style.trafficOrigin, {}});
        doors.push_back(std::move(object));
    }
    return doors;
}

json::object servicesObject(const StyleReport& style)
{
    json::object services;
    for (const auto& [name, counts] : style.measurements.services) {
        const auto measure = [&style](std::uint64_t value, const char* unit) {
            return measureObject({static_cast<double>(value), unit, style.trafficOrigin, {}});
        };
        json::object object;
        object["requests"] = measure(counts.requests, "count");
        object["admitted"] = measure(counts.admitted, "count");
        object["requestBytes"] = measure(counts.requestBytes, "bytes");
        object["responseBytes"] = measure(counts.responseBytes, "bytes");
        services[name] = std::move(object);
    }
    return services;
}

json::object statusCountsObject(const StyleReport& style)
{
    json::object counts;
    for (const auto& [status, number] : style.measurements.statusCounts) {
        counts[std::to_string(status)] =
            measureObject({static_cast<double>(number), "count", style.trafficOrigin, {}});
    }
    return counts;
}

/// Every measure at its path; what is not there (no limit was set) is left out.
json::object styleObject(const StyleReport& style)
{
    json::object object;
    for (const MeasureRow& row : measureTable()) {
        if (row.path == "monthlyCost") {
            object["monthlyCost"] = billJson(style.monthlyCost);
            continue;
        }
        const std::size_t point = row.path.find('.');
        const std::string_view key = row.path.substr(0, point);
        const std::optional<Measure> measure = row.read(style);
        if (key == "latency" || !measure) {
            continue; // One object with one unit: below.
        }
        if (point == std::string_view::npos) {
            object[key] = measureObject(*measure);
            continue;
        }
        if (!object.contains(key)) {
            object[key] = json::object();
        }
        object[key].as_object()[row.path.substr(point + 1)] = measureObject(*measure);
    }
    object["statusCounts"] = statusCountsObject(style);
    object["latency"] = latencyObject(style);
    object["services"] = servicesObject(style);
    object["doors"] = doorsArray(style);
    return object;
}

json::array comparisonArray(const Report& report)
{
    json::array rows;
    for (const ComparisonRow& row : compareStyles(report)) {
        const int decimals = decimalsOf(row.ingress);
        json::object object;
        object["metric"] = toJsonString(row.metric);
        object["unit"] = toJsonString(row.ingress.unit);
        object["origin"] = toText(row.ingress.origin);
        object["per-service"] = toJsonNumber(row.perService.value, decimals);
        object["ingress"] = toJsonNumber(row.ingress.value, decimals);
        object["difference"] = toJsonNumber(row.difference, decimals);
        object["ratio"] = row.ratio ? toJsonNumber(*row.ratio, measureDecimals) : json::value();
        object["sentence"] = toJsonString(row.sentence);
        rows.push_back(std::move(object));
    }
    return rows;
}

std::string_view verdictText(ExpectationResult::Verdict verdict)
{
    switch (verdict) {
    case ExpectationResult::Verdict::Passed:
        return "passed";
    case ExpectationResult::Verdict::Failed:
        return "failed";
    case ExpectationResult::Verdict::Inconclusive:
        return "inconclusive";
    }
    return "";
}

json::array expectationsArray(const Report& report)
{
    json::array expectations;
    for (const ExpectationResult& result : report.expectations) {
        json::object object;
        object["text"] = toJsonString(result.text);
        object["verdict"] = verdictText(result.verdict);
        object["gate"] = result.isGate;
        object["actual"] = toJsonString(result.actual);
        object["because"] = toJsonString(result.because);
        object["place"] = placeJson(result.place);
        expectations.push_back(std::move(object));
    }
    return expectations;
}

} // namespace

std::string renderJson(const Report& report)
{
    json::object root;
    root["schemaVersion"] = 1;
    root["tool"] =
        json::object{{"name", "ingresslab"}, {"version", toJsonString(report.toolVersion)}};
    root["scenario"] = toJsonString(report.scenario);
    root["title"] = toJsonString(report.title);
    root["clock"] = toJsonString(report.clock);
    root["seed"] = report.seed;
    root["date"] = toJsonString(report.date);
    root["profile"] = plan::toText(report.profile);
    root["interrupted"] = report.wasInterrupted;
    root["passed"] = report.passed();
    json::object styles;
    for (const StyleReport& style : report.styles) {
        styles[plan::toText(style.style)] = styleObject(style);
    }
    root["styles"] = std::move(styles);
    root["comparison"] = comparisonArray(report);
    root["expectations"] = expectationsArray(report);
    root["findings"] = findingsJson(report.findings);
    return toJsonText(root);
}

} // namespace lab::report
