#include "report/measure_table.hpp"

#include "base/instant.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace lab::report {
namespace {

using measurement::Measurements;
using measurement::Outcome;
using Read = std::optional<Measure>;

// Units that template arguments can name.
constexpr char count[] = "count";
constexpr char rate[] = "1/s";
constexpr char bytes[] = "bytes";
constexpr char ratio[] = "ratio";

double milliseconds(Duration duration)
{
    return toSeconds(duration) * 1e3;
}

Measure seen(const StyleReport& style, double value, const char* unit)
{
    return {value, unit, style.trafficOrigin, {}};
}

/// A size of the plan.
template <std::size_t StyleReport::*member>
Read planned(const StyleReport& style)
{
    return Measure{static_cast<double>(style.*member), count, Origin::Counted, {}};
}

/// A counter of the traffic.
template <std::uint64_t Measurements::*member, const char* unit = count>
Read total(const StyleReport& style)
{
    return seen(style, static_cast<double>(style.measurements.*member), unit);
}

/// The same, a second.
template <std::uint64_t Measurements::*member>
Read perSecond(const StyleReport& style)
{
    return seen(style, style.measurements.perSecond(style.measurements.*member), rate);
}

/// Requests that ended so.
template <Outcome outcome>
std::uint64_t countOf(const StyleReport& style)
{
    const auto found = style.measurements.outcomeCounts.find(outcome);
    return found == style.measurements.outcomeCounts.end() ? 0 : found->second;
}

template <Outcome outcome>
Read ended(const StyleReport& style)
{
    return seen(style, static_cast<double>(countOf<outcome>(style)), count);
}

/// A number of the limit's verdict, which only a scenario with a limit has.
template <auto member, const char* unit, Origin origin>
Read ofLimit(const StyleReport& style)
{
    if (!style.overallLimit) {
        return std::nullopt;
    }
    const auto value = static_cast<double>((*style.overallLimit).*member);
    const bool isOfTraffic = origin == Origin::Measured;
    return Measure{value, unit, isOfTraffic ? style.trafficOrigin : origin, {}};
}

template <int perMille>
Read quantile(const StyleReport& style)
{
    const auto& latency = style.measurements.latency;
    return latency.count() == 0
               ? Read()
               : seen(style, milliseconds(latency.quantile(perMille / 1000.0)), "ms");
}

Read latencyMax(const StyleReport& style)
{
    const auto& latency = style.measurements.latency;
    return latency.count() == 0 ? Read() : seen(style, milliseconds(latency.max()), "ms");
}

Read latencyMean(const StyleReport& style)
{
    const auto& latency = style.measurements.latency;
    return latency.count() == 0 ? Read() : seen(style, milliseconds(latency.mean()), "ms");
}

Read monthlyCost(const StyleReport& style)
{
    const cost::Bill& bill = style.monthlyCost;
    return Measure{bill.amount, bill.currency + "/month", Origin::Priced, bill.bookDate};
}

Read answeredPerSecond(const StyleReport& style)
{
    const std::uint64_t answered = countOf<Outcome::Answered>(style);
    return seen(style, style.measurements.perSecond(answered), rate);
}

Read measuredSeconds(const StyleReport& style)
{
    return seen(style, toSeconds(style.measurements.measured), "s");
}

Read errorCount(const StyleReport& style)
{
    return seen(style, static_cast<double>(style.measurements.errorCount()), count);
}

Read errorRatio(const StyleReport& style)
{
    const auto offered = static_cast<double>(style.measurements.offered);
    const auto errors = static_cast<double>(style.measurements.errorCount());
    return seen(style, offered > 0 ? errors / offered : 0.0, ratio);
}

using L = LimitVerdict;
using M = Measurements;
constexpr char yesNo[] = "bool";

constexpr MeasureRow table[] = {
    {"loadBalancers", planned<&StyleReport::loadBalancers>},
    {"certificates", planned<&StyleReport::certificates>},
    {"controllers", planned<&StyleReport::controllers>},
    {"monthlyCost", monthlyCost},
    {"overallLimit.ratePerSecond", ofLimit<&L::ratePerSecond, rate, Origin::Counted>},
    {"overallLimit.burst", ofLimit<&L::burst, count, Origin::Counted>},
    {"overallLimit.enforcingPoints", ofLimit<&L::enforcingPoints, count, Origin::Counted>},
    {"overallLimit.held", ofLimit<&L::isHeld, yesNo, Origin::Measured>},
    {"overallLimit.offeredPerSecond", ofLimit<&L::offeredPerSecond, rate, Origin::Measured>},
    {"overallLimit.admittedPerSecond", ofLimit<&L::admittedPerSecond, rate, Origin::Measured>},
    {"overallLimit.idealPerSecond", ofLimit<&L::idealPerSecond, rate, Origin::Theory>},
    {"overallLimit.factor", ofLimit<&L::factor, ratio, Origin::Measured>},
    {"offeredPerSecond", perSecond<&M::offered>},
    {"admittedPerSecond", perSecond<&M::admitted>},
    {"requestsPerSecond", answeredPerSecond},
    {"measuredSeconds", measuredSeconds},
    {"offered", total<&M::offered>},
    {"admitted", total<&M::admitted>},
    {"refused", total<&M::refused>},
    {"noDoor", ended<Outcome::NoDoor>},
    {"errors.count", errorCount},
    {"errors.ratio", errorRatio},
    {"lateSends", total<&M::lateSends>},
    {"connectionsOpened", total<&M::connectionsOpened>},
    {"requestBytes", total<&M::requestBytes, bytes>},
    {"responseBytes", total<&M::responseBytes, bytes>},
    {"outcomeCounts.answered", ended<Outcome::Answered>},
    {"outcomeCounts.noDoor", ended<Outcome::NoDoor>},
    {"outcomeCounts.notConnected", ended<Outcome::NotConnected>},
    {"outcomeCounts.tlsFailed", ended<Outcome::TlsFailed>},
    {"outcomeCounts.broken", ended<Outcome::Broken>},
    {"outcomeCounts.timedOut", ended<Outcome::TimedOut>},
    {"latency.p50", quantile<500>},
    {"latency.p90", quantile<900>},
    {"latency.p99", quantile<990>},
    {"latency.p999", quantile<999>},
    {"latency.max", latencyMax},
    {"latency.mean", latencyMean},
};

} // namespace

std::span<const MeasureRow> measureTable()
{
    return table;
}

std::optional<Measure> statusCount(const StyleReport& style, std::string_view status)
{
    std::uint16_t code = 0;
    const char* const end = status.data() + status.size();
    const auto read = std::from_chars(status.data(), end, code);
    if (read.ec != std::errc{} || read.ptr != end || code < 100 || code > 599) {
        return std::nullopt;
    }
    const auto found = style.measurements.statusCounts.find(code);
    const bool isSeen = found != style.measurements.statusCounts.end();
    return seen(style, isSeen ? static_cast<double>(found->second) : 0.0, count);
}

} // namespace lab::report
