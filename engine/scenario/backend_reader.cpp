#include "scenario/backend_reader.hpp"

#include "base/quoted.hpp"

#include <boost/url/parse.hpp>

namespace lab::scenario {
namespace {

constexpr std::int64_t inFlightMax = 100'000;
constexpr Duration latencyMax = std::chrono::hours(1);
constexpr double variationMax = 20.0;

bool isSocketAddress(const std::string& text)
{
    const auto authority = boost::urls::parse_authority(text);
    return authority && authority->has_port() && authority->port_number() != 0 &&
           !authority->has_userinfo() &&
           (authority->host_type() == boost::urls::host_type::ipv4 ||
            authority->host_type() == boost::urls::host_type::ipv6);
}

/// Above zero, where it is there.
Duration mean(yaml::MapReader& latency, std::string_view key)
{
    const Duration time = latency.duration(key).value_or(std::chrono::milliseconds(1));
    if (time <= Duration::zero() || time > latencyMax) {
        latency.addWrong(key, "out-of-range", "must be above 0 and at most 1h");
        return std::chrono::milliseconds(1);
    }
    return time;
}

/// Exactly one of these words says how the times spread.
std::optional<workload::ServiceTime> readSpread(yaml::MapReader& latency)
{
    using workload::ServiceTime;
    const Duration base = latency.duration("base").value_or(Duration{});
    const bool isExponential = latency.has("exponential");
    const bool isLognormal = latency.has("lognormal");
    const bool isHyper = latency.has("hyperexponential");
    const bool isUniform = latency.has("from") || latency.has("to");
    if (int{isExponential} + int{isLognormal} + int{isHyper} + int{isUniform} != 1) {
        latency.reading().addWrong(latency.place(),
                                   "latency-unclear",
                                   latency.path() + " must say how long in one way",
                                   "write it as `5ms` or `{base: 5ms, exponential: 2ms}`");
        return std::nullopt;
    }
    const double least = isHyper ? 1.0 : 0.01;
    const double variation = isLognormal || isHyper
                                 ? latency.number("variation", least, variationMax).value_or(1.5)
                                 : 1.0;
    if (isExponential) {
        return ServiceTime::exponential(mean(latency, "exponential"), base);
    }
    if (isLognormal) {
        return ServiceTime::lognormal(mean(latency, "lognormal"), variation, base);
    }
    if (isHyper) {
        return ServiceTime::hyperexponential(mean(latency, "hyperexponential"), variation, base);
    }
    const Duration from = latency.duration("from").value_or(Duration{});
    const Duration to = mean(latency, "to");
    if (from > to) {
        latency.addWrong("from", "out-of-range", "must not be above `to`");
        return std::nullopt;
    }
    return ServiceTime::uniform(base + from, base + to);
}

/// `latency: 5ms`, `latency: {fixed: 5ms}`, or how it spreads.
void readLatency(yaml::MapReader& map, Backend& backend)
{
    const yaml::Node* node = map.find("latency");
    if (node == nullptr || !node->isMap()) {
        backend.latency = map.duration("latency");
        return;
    }
    yaml::MapReader latency = map.map("latency");
    backend.latency = latency.duration("fixed");
    if (!latency.has("fixed")) {
        backend.time = readSpread(latency);
    }
    latency.finish();
}

Backend readBackend(yaml::MapReader& map)
{
    Backend backend;
    backend.place = map.place();
    readLatency(map, backend);
    if (const auto count = map.integer("maxInFlight", 1, inFlightMax)) {
        backend.maxInFlight = static_cast<std::uint32_t>(*count);
    }
    if (const auto count = map.integer("queueMax", 0, inFlightMax)) {
        backend.queueMax = static_cast<std::uint32_t>(*count);
    }
    return backend;
}

void readAddresses(yaml::MapReader& map, Backend& backend)
{
    if (const std::optional<std::string> address = map.text("address")) {
        backend.addresses.push_back(*address);
    }
    for (std::string& address : map.texts("addresses")) {
        backend.addresses.push_back(std::move(address));
    }
    for (const std::string& address : backend.addresses) {
        if (!isSocketAddress(address)) {
            map.addWrong(map.has("address") ? "address" : "addresses",
                         "bad-address",
                         quoted(address) + " is no address with a port",
                         "write it as 127.0.0.1:3000");
        }
    }
}

} // namespace

void readBackends(yaml::MapReader& spec, Scenario& scenario)
{
    yaml::MapReader backends = spec.map("backends");
    for (const std::string& name : backends.keys()) {
        yaml::MapReader map = backends.map(name);
        Backend backend = readBackend(map);
        readAddresses(map, backend);
        map.finish();
        scenario.backends.emplace(name, std::move(backend));
    }
    yaml::MapReader defaults = spec.map("backendDefaults");
    scenario.backendDefaults = readBackend(defaults);
    defaults.finish();
}

} // namespace lab::scenario
