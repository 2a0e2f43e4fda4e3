#include "base/decimal.hpp"
#include "cost/bill_writer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <span>

namespace lab::cost {
namespace {

/// One size of a load balancer: its price, and what one holds. Keys of facts; empty: no such bound.
struct Size {
    const char* name = "";
    const char* priceKey = "";
    const char* connectionsKey = "";
    const char* bandwidthKey = "";
    const char* requestsKey = "";
    const char* handshakesKey = "";
};

std::span<const Size> sizesOf(std::string_view product)
{
    static constexpr Size digitalocean[] = {
        {"node", "monthly_fixed_per_node", "node_connections", "", "node_rps", "node_new_tls"}};
    static constexpr Size linode[] = {{"NodeBalancer", "monthly_fixed", "connections"}};
    static constexpr Size hetzner[] = {{"LB11", "monthly_fixed", "connections_lb11"},
                                       {"LB21", "monthly_fixed_lb21", "connections_lb21"}};
    static constexpr Size ovh[] = {{"size S", "monthly_fixed_s", "", "bandwidth_s"},
                                   {"size L", "monthly_fixed_l", "", "bandwidth_l"},
                                   {"size XL", "monthly_fixed_xl", "", "bandwidth_xl"}};
    static constexpr Size scaleway[] = {{"LB-S", "hourly_fixed", "connections_s", "bandwidth_s"},
                                        {"LB-GP-M", "hourly_fixed_gp_m", "", "bandwidth_gp_m"},
                                        {"LB-GP-L", "hourly_fixed_gp_l", "", "bandwidth_gp_l"}};
    return product == "digitalocean.lb"       ? std::span<const Size>(digitalocean)
           : product == "linode.nodebalancer" ? std::span<const Size>(linode)
           : product == "hetzner.lb"          ? std::span<const Size>(hetzner)
           : product == "ovh.lb"              ? std::span<const Size>(ovh)
           : product == "scaleway.lb"         ? std::span<const Size>(scaleway)
                                              : std::span<const Size>();
}

double wholeUnits(double share)
{
    return std::ceil(share - 1e-9);
}

/// How many of that size the traffic needs: the tightest bound decides.
double instancesNeeded(const Product& product, const Size& size, const BilledDoor& door)
{
    const BilledTraffic& traffic = door.traffic;
    const std::pair<const char*, double> bounds[] = {
        {size.connectionsKey, traffic.activeConnections},
        {size.bandwidthKey, traffic.bytesPerSecond * 8 / 1e6},
        {size.requestsKey, traffic.requestsPerSecond},
        {size.handshakesKey, door.terminatesTls ? traffic.newConnectionsPerSecond : 0.0},
    };
    double needed = 1;
    for (const auto& [key, usage] : bounds) {
        const double capacity = product.number(key, 0.0);
        if (capacity > 0) {
            needed = std::max(needed, wholeUnits(usage / capacity));
        }
    }
    return needed;
}

/// The size that needs the fewest load balancers; of equal ones the cheapest.
std::size_t bestSize(const Product& product, std::span<const Size> sizes, const BilledDoor& door)
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < sizes.size(); ++i) {
        const double mine = instancesNeeded(product, sizes[i], door);
        const double others = instancesNeeded(product, sizes[best], door);
        if (mine < others || (mine == others && product.number(sizes[i].priceKey, 0) <
                                                    product.number(sizes[best].priceKey, 0))) {
            best = i;
        }
    }
    return best;
}

void chargeSize(BillWriter& writer, const Product& product, const Size& size, double count)
{
    const PriceFact* fact = product.fact(size.priceKey);
    const bool isMonthly = fact != nullptr && fact->unit.find("/month") != std::string::npos;
    const std::string number = groupThousands(toShortDecimal(count, 0));
    writer.charge(product,
                  size.priceKey,
                  {"load balancers",
                   isMonthly ? count : count * writer.hours(),
                   isMonthly ? "month" : "h",
                   number + " × " + size.name +
                       (isMonthly ? std::string() : " × " + hoursText(writer.hours()))});
    if (product.fact("public_ipv4_hourly") != nullptr &&
        product.number("public_ipv4_hourly", 0) > 0 && writer.options().isInternetFacing) {
        writer.charge(product,
                      "public_ipv4_hourly",
                      {"public IPv4 addresses",
                       count * writer.hours(),
                       "address-h",
                       timesHoursText(count, writer.hours())});
    }
}

/// Hours beyond the free ones, and bandwidth in steps beyond the free ones.
void chargeOracle(BillWriter& writer, const BilledGroup& group)
{
    const Product& product = *group.product;
    const auto count = static_cast<double>(group.doors.size());
    const double freeHours = product.number("free_hours", 0);
    const double hours = std::max(0.0, count * writer.hours() - freeHours);
    writer.charge(product,
                  "hourly_fixed",
                  {"load balancer hours",
                   hours,
                   "h",
                   timesHoursText(count, writer.hours()) + ", " + hoursText(freeHours) + " free"});

    const double step = std::max(1.0, product.number("bandwidth_step", 1));
    double megabits = 0;
    for (const BilledDoor& door : group.doors) {
        megabits += step * std::max(1.0, wholeUnits(door.traffic.bytesPerSecond * 8 / 1e6 / step));
    }
    const double freeMegabits = product.number("bandwidth_free", 0);
    writer.charge(product,
                  "bandwidth",
                  {"bandwidth",
                   std::max(0.0, megabits - freeMegabits) * writer.hours(),
                   "Mbit/s-h",
                   groupThousands(toShortDecimal(megabits, 0)) + " Mbit/s × " +
                       hoursText(writer.hours()) + ", " + toShortDecimal(freeMegabits, 0) +
                       " free"});
}

/// Nothing but addresses of a pool: the software is free.
void chargeAddresses(BillWriter& writer, const BilledGroup& group)
{
    const auto count =
        static_cast<double>(group.doors.size()) * group.product->number("ip_per_service", 1);
    writer.charge(*group.product,
                  "hourly_fixed",
                  {"addresses of the pool",
                   count * writer.hours(),
                   "address-h",
                   timesHoursText(count, writer.hours())});
    writer.assume("load balancers of your own cost addresses, switches and people, which no price "
                  "book knows");
}

} // namespace

void chargeFlatPrice(BillWriter& writer, const BilledGroup& group)
{
    const Product& product = *group.product;
    if (product.id == "oci.lb") {
        return chargeOracle(writer, group);
    }
    const std::span<const Size> sizes = sizesOf(product.id);
    if (sizes.empty()) {
        return chargeAddresses(writer, group);
    }
    std::map<std::size_t, double> counts;
    for (const BilledDoor& door : group.doors) {
        const std::size_t size = bestSize(product, sizes, door);
        counts[size] += instancesNeeded(product, sizes[size], door);
    }
    for (const auto& [size, count] : counts) {
        chargeSize(writer, product, sizes[size], count);
    }
}

} // namespace lab::cost
