#include "base/decimal.hpp"
#include "cost/bill_writer.hpp"

#include <algorithm>

namespace lab::cost {
namespace {

/// One flat price for one to five rules together, not each; a price each beyond.
/// https://cloud.google.com/load-balancing/pricing
constexpr std::size_t rulesInBundle = 5;

struct RulePrices {
    const char* bundleKey;
    const char* additionalKey;
};

void chargeRules(BillWriter& writer,
                 const Product& product,
                 std::size_t rules,
                 const std::string& detail,
                 RulePrices prices)
{
    if (rules == 0) {
        return;
    }
    writer.charge(
        product,
        prices.bundleKey,
        {"first five rules", writer.hours(), "h", detail + " × " + hoursText(writer.hours())});
    if (rules > rulesInBundle) {
        const auto more = static_cast<double>(rules - rulesInBundle);
        writer.charge(product,
                      prices.additionalKey,
                      {"further rules",
                       more * writer.hours(),
                       "rule-h",
                       timesHoursText(more, writer.hours())});
    }
}

void chargeBytes(BillWriter& writer, const Product& product, const char* key, Charge charge)
{
    const PriceFact* fact = product.fact(key);
    if (fact != nullptr && fact->text.empty() && fact->value == 0.0) {
        return; // Free of charge is no line.
    }
    writer.charge(product, key, std::move(charge));
}

void chargeGoogle(BillWriter& writer, const BilledGroup& group)
{
    const bool isLayer4 = group.product->id == "gcp.l4";
    std::size_t rules = 0;
    for (const BilledDoor& door : group.doors) {
        // A passthrough rule takes up to five ports, or a range; a proxy needs a rule a port.
        rules += isLayer4 ? 1 : door.ports;
    }
    chargeRules(writer,
                *group.product,
                rules,
                countText(rules, "forwarding rule"),
                {"forwarding_rules_first_five", "forwarding_rule_additional"});

    const BilledTraffic total = group.total();
    double inbound = total.inboundBytesPerSecond;
    if (inbound == 0.0 && total.bytesPerSecond > 0.0) {
        inbound = total.bytesPerSecond;
        writer.assume("how many bytes come in is not known: all count as inbound");
    }
    const double outbound = std::max(0.0, total.bytesPerSecond - inbound);
    const auto gib = [&](double rate) {
        return writer.monthlyBytes(rate) / BillWriter::bytesPerGib;
    };
    chargeBytes(writer,
                *group.product,
                "data_processed_inbound",
                {"processed bytes, inbound", gib(inbound), "GiB", "from clients"});
    chargeBytes(writer,
                *group.product,
                "data_processed_outbound",
                {"processed bytes, outbound", gib(outbound), "GiB", "to clients"});
    if (isLayer4) {
        writer.assume("answers bypass a passthrough load balancer: outbound bytes are not billed");
    }
}

void chargeAzure(BillWriter& writer, const BilledGroup& group)
{
    std::size_t rules = 1; // The cluster's outbound rule counts, too.
    for (const BilledDoor& door : group.doors) {
        rules += door.ports;
    }
    chargeRules(writer,
                *group.product,
                rules,
                countText(rules - 1, "port") + " + 1 outbound rule, one shared load balancer",
                {"rules_first_five", "rule_additional"});
    chargeBytes(writer,
                *group.product,
                "data_processed",
                {"processed bytes",
                 writer.monthlyBytes(group.total().bytesPerSecond) / BillWriter::bytesPerGb,
                 "GB",
                 "both directions"});
    if (writer.options().isInternetFacing && group.facingCount() > 0) {
        const auto count = static_cast<double>(group.facingCount());
        writer.charge(*group.product,
                      "public_ipv4_hourly",
                      {"public IPv4 addresses",
                       count * writer.hours(),
                       "address-h",
                       timesHoursText(count, writer.hours())});
    }
    writer.assume(
        "AKS makes no load balancer for a Service: it adds an address and a rule a port to "
        "one shared load balancer");
}

} // namespace

void chargeForwardingRules(BillWriter& writer, const BilledGroup& group)
{
    if (group.product->provider == "azure") {
        chargeAzure(writer, group);
    } else {
        chargeGoogle(writer, group);
    }
}

} // namespace lab::cost
