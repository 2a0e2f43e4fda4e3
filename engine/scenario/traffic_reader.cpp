#include "scenario/traffic_reader.hpp"

#include "base/quoted.hpp"
#include "scenario/unsupported_keys.hpp"
#include "workload/url_ranges.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>

namespace lab::scenario {
namespace {

constexpr std::int64_t clientsMax = 250;
constexpr std::int64_t bodyBytesMax = 16 * 1024 * 1024;
constexpr std::int64_t burstSizeMax = 100'000;
constexpr Duration burstIntervalMin = std::chrono::milliseconds(1);
constexpr double weightMin = 1e-6;
constexpr double weightMax = 1e6;
constexpr std::size_t urlBytesMax = 8192;

/// Why this is no URL that a client can ask for; empty when it is one.
std::string urlProblem(const std::string& text)
{
    if (text.size() > urlBytesMax) {
        return "is longer than 8192 characters";
    }
    const auto url = boost::urls::parse_uri(text);
    if (!url) {
        return "is no absolute URL";
    }
    if (url->scheme() != "http" && url->scheme() != "https") {
        return "must start with http:// or https://";
    }
    if (url->host().empty()) {
        return "names no host";
    }
    if (url->has_userinfo() || url->has_fragment()) {
        return "must hold neither a user name nor a fragment";
    }
    return {};
}

using Method = std::pair<std::string_view, std::string_view>;
constexpr Method methods[] = {{"get", "GET"},
                              {"head", "HEAD"},
                              {"post", "POST"},
                              {"put", "PUT"},
                              {"patch", "PATCH"},
                              {"delete", "DELETE"},
                              {"options", "OPTIONS"}};

/// Where an entry's URL stands.
Place urlPlace(yaml::MapReader& map)
{
    for (const Method& method : methods) {
        if (map.has(method.first)) {
            return map.place(method.first);
        }
    }
    return map.place();
}

/// The method key of a mix entry: `get: URL`, `post: URL`, …
void readRequest(yaml::MapReader& map, workload::MixEntry& entry)
{
    bool isFound = false;
    for (const auto& [key, method] : methods) {
        if (!map.has(key)) {
            continue;
        }
        const std::optional<std::string> url = map.text(key);
        if (isFound) {
            map.addWrong(key,
                         "several-methods",
                         "an entry of a mix is one request",
                         "make it an entry of its own");
        } else if (url) {
            entry.method = method;
            entry.url = *url;
        }
        isFound = true;
    }
    if (!isFound) {
        map.reading().addWrong(map.place(),
                               "no-request",
                               map.path() + " names no request",
                               "write it as `get: https://shop.example.com/`");
    }
}

std::vector<workload::MixEntry> expanded(yaml::MapReader& map, const workload::MixEntry& entry)
{
    Result<std::vector<workload::MixEntry>> entries = workload::withoutRanges(entry);
    if (!entries) {
        map.reading().addWrong(
            map.place(), "bad-range", map.path() + ": " + entries.error().message());
        return {entry};
    }
    const std::string problem = entry.url.empty() ? "" : urlProblem(entries->front().url);
    if (!problem.empty()) {
        map.reading().addWrong(urlPlace(map),
                               "bad-url",
                               map.path() + ": " + quoted(entry.url) + ' ' + problem,
                               "write it as https://shop.example.com/cart");
    }
    return std::move(*entries);
}

/// One entry, or as many as the ranges in its URL stand for.
std::vector<workload::MixEntry> readEntry(yaml::MapReader& map)
{
    workload::MixEntry entry;
    readRequest(map, entry);
    entry.weight = map.number("weight", weightMin, weightMax).value_or(1.0);
    entry.service = map.text("service").value_or("");
    if (map.has("body")) {
        const std::optional<std::int64_t> bytes = map.quantity("body");
        if (bytes && (*bytes < 0 || *bytes > bodyBytesMax)) {
            map.addWrong("body", "out-of-range", "must be at most 16Mi");
        }
        entry.bodyBytes = static_cast<std::uint64_t>(bytes.value_or(0));
    }
    refuseUnsupported(map, {"headers"});
    map.finish();
    return expanded(map, entry);
}

void readSteady(yaml::MapReader& arrivals, std::string_view key, workload::Traffic& traffic)
{
    const std::optional<double> rate = arrivals.rate(key);
    if (rate && (*rate <= 0.0 || *rate > trafficRateMax)) {
        arrivals.addWrong(key, "out-of-range", "must be above 0 and at most 1000000/s");
    }
    traffic.ratePerSecond = rate.value_or(1.0);
}

/// `ramp: {from: 10/s, to: 200/s}`
void readRamp(yaml::MapReader& arrivals, workload::Traffic& traffic)
{
    traffic.process = workload::ArrivalProcess::Ramp;
    traffic.ratePerSecond = 1.0;
    yaml::MapReader ramp = arrivals.map("ramp");
    if (ramp.isPresent() && ramp.require("from") && ramp.require("to")) {
        const double from = ramp.rate("from").value_or(1.0);
        const double to = ramp.rate("to").value_or(1.0);
        if (from > trafficRateMax || to > trafficRateMax || std::max(from, to) <= 0.0) {
            ramp.addWrong(
                "to", "out-of-range", "must be at most 1000000/s, and one of them above 0");
        } else {
            traffic.ratePerSecond = from;
            traffic.rateAtEnd = to;
        }
    }
    ramp.finish();
}

/// `burst: {size: 50, every: 2s}`
void readBurst(yaml::MapReader& arrivals, workload::Traffic& traffic)
{
    traffic.process = workload::ArrivalProcess::Burst;
    traffic.burstInterval = std::chrono::seconds(1);
    yaml::MapReader burst = arrivals.map("burst");
    if (burst.isPresent() && burst.require("size") && burst.require("every")) {
        traffic.burstSize =
            static_cast<std::uint32_t>(burst.integer("size", 1, burstSizeMax).value_or(1));
        const Duration every = burst.duration("every").value_or(traffic.burstInterval);
        if (every < burstIntervalMin) {
            burst.addWrong("every", "out-of-range", "must be at least 1ms");
        } else {
            traffic.burstInterval = every;
        }
    }
    traffic.ratePerSecond = traffic.burstSize / toSeconds(traffic.burstInterval);
    burst.finish();
}

void readArrivals(yaml::MapReader& source, workload::Traffic& traffic)
{
    if (!source.require("arrivals")) {
        return;
    }
    yaml::MapReader arrivals = source.map("arrivals");
    if (!arrivals.isPresent()) {
        return;
    }
    constexpr std::array<std::string_view, 4> kinds{"poisson", "constant", "ramp", "burst"};
    const auto named =
        std::ranges::count_if(kinds, [&](std::string_view kind) { return arrivals.has(kind); });
    if (named != 1) {
        source.addWrong("arrivals",
                        "no-arrivals",
                        "must hold one of poisson, constant, ramp and burst",
                        "write it as `{ poisson: 100/s }`");
    } else if (arrivals.has("ramp")) {
        readRamp(arrivals, traffic);
    } else if (arrivals.has("burst")) {
        readBurst(arrivals, traffic);
    } else {
        const bool isConstant = arrivals.has("constant");
        traffic.process =
            isConstant ? workload::ArrivalProcess::Constant : workload::ArrivalProcess::Poisson;
        readSteady(arrivals, isConstant ? "constant" : "poisson", traffic);
    }
    arrivals.finish();
}

workload::Traffic readSource(yaml::MapReader& source, std::vector<Place>& mixPlaces)
{
    workload::Traffic traffic;
    if (source.require("name")) {
        traffic.name = source.text("name").value_or("");
    }
    if (const std::optional<std::string> model = source.text("model")) {
        if (*model == "closed") {
            refuseUnsupportedValue(source, "model", "closed");
        } else if (*model != "open") {
            source.addWrong("model", "unknown-word", "must be open", "leave the key out");
        }
    }
    readArrivals(source, traffic);
    traffic.clients =
        static_cast<std::uint32_t>(source.integer("clients", 1, clientsMax).value_or(1));
    if (source.require("mix")) {
        for (yaml::MapReader& map : source.maps("mix")) {
            for (workload::MixEntry& entry : readEntry(map)) {
                traffic.mix.push_back(std::move(entry));
                mixPlaces.push_back(map.place("service"));
            }
        }
        if (traffic.mix.empty()) {
            source.addWrong("mix",
                            "empty-mix",
                            "must hold at least one request",
                            "write it as `[ { get: \"https://shop.example.com/\" } ]`");
        }
    }
    source.finish();
    return traffic;
}

} // namespace

void readTraffic(yaml::MapReader& spec, Scenario& scenario)
{
    std::vector<workload::Traffic>& all = scenario.traffic;
    for (yaml::MapReader& source : spec.maps("traffic")) {
        std::vector<Place> mixPlaces;
        workload::Traffic traffic = readSource(source, mixPlaces);
        const bool isTaken = std::any_of(
            all.begin(), all.end(), [&](const auto& other) { return other.name == traffic.name; });
        if (isTaken) {
            source.addWrong("name",
                            "name-taken",
                            quoted(traffic.name) + " is the name of an earlier source",
                            "choose another");
        }
        all.push_back(std::move(traffic));
        scenario.mixPlaces.push_back(std::move(mixPlaces));
    }
}

} // namespace lab::scenario
