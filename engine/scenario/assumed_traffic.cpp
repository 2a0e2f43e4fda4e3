#include "scenario/assumed_traffic.hpp"

#include "base/decimal.hpp"
#include "base/quoted.hpp"
#include "scenario/service_names.hpp"

#include <charconv>
#include <optional>
#include <string_view>

namespace lab::scenario {
namespace {

std::optional<double> rateOf(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isRate = error == std::errc{} && end == text.data() + text.size() && value >= 0 &&
                        value <= TrafficAssumption::requestsMax;
    return isRate ? std::optional(value) : std::nullopt;
}

std::string number(double value)
{
    return groupThousands(toShortDecimal(value, 2));
}

} // namespace

Result<AssumedTraffic> AssumedTraffic::read(const TrafficAssumption& assumption,
                                            const model::Cluster& cluster)
{
    AssumedTraffic traffic;
    traffic.assumption_ = assumption;
    for (const std::string& text : assumption.requests) {
        const std::size_t equals = text.rfind('=');
        const std::optional<double> rate =
            rateOf(std::string_view(text).substr(equals == std::string::npos ? 0 : equals + 1));
        if (!rate) {
            return Error(ErrorKind::WrongUse,
                         "--requests takes a number a second, or SERVICE=NUMBER, not " +
                             quoted(text));
        }
        if (equals == std::string::npos) {
            traffic.requests_ = *rate;
            continue;
        }
        Findings findings;
        const auto service = fullServiceName(text.substr(0, equals), cluster, {}, findings);
        if (!service) {
            const Finding& why = findings.front();
            return Error(ErrorKind::WrongUse,
                         why.message + (why.remedy.empty() ? "" : "; " + why.remedy));
        }
        traffic.own_[*service] = *rate;
    }
    return traffic;
}

cost::BilledTraffic AssumedTraffic::of(const std::string& service) const
{
    const auto own = own_.find(service);
    return at(own == own_.end() ? requests_ : own->second);
}

cost::BilledTraffic AssumedTraffic::at(double requestsPerSecond) const
{
    cost::BilledTraffic traffic;
    traffic.requestsPerSecond = requestsPerSecond;
    traffic.inboundBytesPerSecond = requestsPerSecond * assumption_.requestBytes;
    traffic.bytesPerSecond =
        traffic.inboundBytesPerSecond + requestsPerSecond * assumption_.responseBytes;
    traffic.newConnectionsPerSecond = requestsPerSecond / assumption_.requestsPerConnection;
    traffic.activeConnections = traffic.newConnectionsPerSecond * assumption_.connectionSeconds;
    return traffic;
}

std::string AssumedTraffic::text() const
{
    std::string text = number(requests_) + " requests/s a service";
    for (const auto& [service, rate] : own_) {
        text += ", " + service + ' ' + number(rate);
    }
    return text + "; " + number(assumption_.requestBytes) + " + " +
           number(assumption_.responseBytes) + " bytes each, " +
           number(assumption_.requestsPerConnection) + " a connection of " +
           number(assumption_.connectionSeconds) + " s";
}

cost::BilledTraffic plus(const cost::BilledTraffic& a, const cost::BilledTraffic& b)
{
    cost::BilledTraffic sum = a;
    sum.requestsPerSecond += b.requestsPerSecond;
    sum.bytesPerSecond += b.bytesPerSecond;
    sum.newConnectionsPerSecond += b.newConnectionsPerSecond;
    sum.activeConnections += b.activeConnections;
    sum.inboundBytesPerSecond += b.inboundBytesPerSecond;
    return sum;
}

} // namespace lab::scenario
