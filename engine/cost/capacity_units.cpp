#include "base/decimal.hpp"
#include "cost/bill_writer.hpp"

#include <algorithm>
#include <cmath>

namespace lab::cost {
namespace {

/// One measure of use, and how much of it one capacity unit holds.
struct Dimension {
    const char* name;
    double usage = 0.0;
    double perUnit = 0.0; ///< 0: the book does not know; the dimension is left out.
};

/// A provider's capacity unit: what it is called, priced by, and what it measures.
struct UnitOf {
    std::string name; ///< "NLCU"
    const char* priceKey;
    bool isWhole; ///< Billed in whole units.
    std::vector<Dimension> (*dimensions)(const Product&, const BilledDoor&, const PricingOptions&);
};

double gigabytesPerHour(const BilledTraffic& traffic)
{
    return traffic.bytesPerSecond * BillWriter::secondsPerHour / BillWriter::bytesPerGb;
}

double megabitsPerSecond(const BilledTraffic& traffic)
{
    return traffic.bytesPerSecond * 8 / 1e6;
}

// https://aws.amazon.com/elasticloadbalancing/pricing/ : an NLCU, by protocol
std::vector<Dimension> networkUnits(const Product& p, const BilledDoor& d, const PricingOptions&)
{
    const std::string protocol = d.terminatesTls ? "nlcu_tls_" : "nlcu_tcp_";
    return {
        {"new connections",
         d.traffic.newConnectionsPerSecond,
         p.number(protocol + "new_connections", 0)},
        {"active connections",
         d.traffic.activeConnections,
         p.number(protocol + "active_connections", 0)},
        {"processed bytes", gigabytesPerHour(d.traffic), p.number(protocol + "processed", 0)},
    };
}

// The same page: an LCU. Rule evaluations = requests/s × (rules processed − the free ones).
std::vector<Dimension>
applicationUnits(const Product& p, const BilledDoor& d, const PricingOptions& options)
{
    const double processed = static_cast<double>(d.rules) * options.rulesProcessedShare;
    const double charged = std::max(0.0, processed - p.number("lcu_free_rules", 0));
    return {
        {"new connections", d.traffic.newConnectionsPerSecond, p.number("lcu_new_connections", 0)},
        {"active connections", d.traffic.activeConnections, p.number("lcu_active_connections", 0)},
        {"processed bytes", gigabytesPerHour(d.traffic), p.number("lcu_processed", 0)},
        {"rule evaluations",
         d.traffic.requestsPerSecond * charged,
         p.number("lcu_rule_evaluations", 0)},
    };
}

// https://learn.microsoft.com/azure/application-gateway/understanding-pricing
std::vector<Dimension> gatewayUnits(const Product& p, const BilledDoor& d, const PricingOptions&)
{
    return {
        {"connections", d.traffic.activeConnections, p.number("cu_connections", 0)},
        {"throughput", megabitsPerSecond(d.traffic), p.number("cu_throughput", 0)},
        {"TLS handshakes",
         d.terminatesTls ? d.traffic.newConnectionsPerSecond : 0.0,
         p.number("compute_unit_tls", 0)},
    };
}

/// The unit of that product; nothing for the Classic Load Balancer, which counts bytes alone.
const UnitOf* unitOf(std::string_view product)
{
    static const UnitOf network{"NLCU", "usage_unit_price", false, networkUnits};
    static const UnitOf application{"LCU", "usage_unit_price", false, applicationUnits};
    static const UnitOf gateway{"CU", "capacity_unit_standard", false, gatewayUnits};
    static const UnitOf containers{"CU", "capacity_unit", true, gatewayUnits};
    return product == "aws.nlb"     ? &network
           : product == "aws.alb"   ? &application
           : product == "azure.agw" ? &gateway
           : product == "azure.agc" ? &containers
                                    : nullptr;
}

/// The largest dimension makes the units. It is sub-additive: merging traffic never adds to it.
const Dimension& largestOf(const std::vector<Dimension>& dimensions)
{
    return *std::max_element(
        dimensions.begin(), dimensions.end(), [](const auto& a, const auto& b) {
            const auto units = [](const Dimension& d) {
                return d.perUnit > 0 ? d.usage / d.perUnit : 0.0;
            };
            return units(a) < units(b);
        });
}

void chargeUnits(BillWriter& writer, const BilledGroup& group, const UnitOf& unit)
{
    double units = 0.0;
    std::string by;
    for (const BilledDoor& door : group.doors) {
        const auto dimensions = unit.dimensions(*group.product, door, writer.options());
        const Dimension& largest = largestOf(dimensions);
        const double own = largest.perUnit > 0 ? largest.usage / largest.perUnit : 0.0;
        units += unit.isWhole ? std::ceil(own - 1e-9) : own;
        if (by.empty() || by == largest.name) {
            by = largest.name;
        } else {
            by = "the largest dimension of each";
        }
    }
    writer.charge(*group.product,
                  unit.priceKey,
                  {"capacity units",
                   units * writer.hours(),
                   unit.name + "-h",
                   groupThousands(toShortDecimal(units, 4)) + ' ' + unit.name + " × " +
                       hoursText(writer.hours()) + ", by " + by});
}

void chargeHours(BillWriter& writer, const BilledGroup& group)
{
    const auto count = static_cast<double>(group.doors.size());
    const auto charge = [&](const char* key, const char* what) {
        writer.charge(*group.product,
                      key,
                      {what, count * writer.hours(), "h", timesHoursText(count, writer.hours())});
    };
    if (group.product->id == "azure.agw") {
        charge("hourly_fixed_standard_v2", "application gateway hours");
    } else if (group.product->id == "azure.agc") {
        charge("hourly_resource", "application gateway hours");
        charge("hourly_frontend", "frontend hours");
        charge("hourly_association", "association hours");
    } else {
        charge("hourly_fixed", "load balancer hours");
    }
}

void chargeProcessedBytes(BillWriter& writer, const BilledGroup& group)
{
    const double gigabytes =
        writer.monthlyBytes(group.total().bytesPerSecond) / BillWriter::bytesPerGb;
    writer.charge(
        *group.product, "data_processed", {"processed bytes", gigabytes, "GB", "both directions"});
}

void chargePublicAddresses(BillWriter& writer, const BilledGroup& group)
{
    const auto doors = static_cast<double>(group.facingCount());
    const double zones = std::max(1, writer.options().zones);
    writer.charge(*group.product,
                  "public_ipv4_hourly",
                  {"public IPv4 addresses",
                   doors * zones * writer.hours(),
                   "address-h",
                   groupThousands(toShortDecimal(doors, 0)) + " × " + toShortDecimal(zones, 0) +
                       " zones × " + hoursText(writer.hours())});
}

} // namespace

void chargeCapacityUnits(BillWriter& writer, const BilledGroup& group)
{
    chargeHours(writer, group);
    if (const UnitOf* unit = unitOf(group.product->id)) {
        chargeUnits(writer, group, *unit);
    } else {
        chargeProcessedBytes(writer, group);
    }
    if (group.product->provider == "aws" && writer.options().isInternetFacing &&
        group.facingCount() > 0) {
        chargePublicAddresses(writer, group);
        const bool areAll = group.facingCount() == group.doors.size();
        writer.assume(
            std::string(areAll ? "AWS load balancers face the internet, with"
                               : "AWS load balancers that face the internet have") +
            " one public IPv4 address in each of " +
            countText(static_cast<std::size_t>(std::max(1, writer.options().zones)), "zone"));
    }
}

} // namespace lab::cost
