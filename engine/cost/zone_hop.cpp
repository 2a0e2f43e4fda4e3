#include "base/decimal.hpp"
#include "cost/bill_writer.hpp"

#include <algorithm>
#include <iterator>

namespace lab::cost {
namespace {

/// What a provider takes for a byte that crosses zones.
struct ZonePrice {
    std::string_view provider;
    std::string_view product;
    std::string_view key;
    double sides; ///< AWS charges the sender and the receiver.
    bool isGib;
};

constexpr ZonePrice zonePrices[] = {
    {"aws", "aws.nlb", "cross_az_transfer_each_way", 2, false},
    {"gcp", "gcp.l4", "inter_zone_transfer", 1, true},
    {"azure", "azure.lb", "inter_zone_transfer", 1, false},
};

} // namespace

// A choice among pods that does not look at zones leaves its own zone (Z − 1)/Z of the time.
void chargeZoneHop(BillWriter& writer, const std::string& what, double bytesPerSecond)
{
    const auto* const price =
        std::find_if(std::begin(zonePrices), std::end(zonePrices), [&](const ZonePrice& p) {
            return p.provider == writer.provider();
        });
    const int zones = std::max(1, writer.options().zones);
    if (price == std::end(zonePrices) || zones == 1) {
        return;
    }
    const Product* product = writer.book().product(price->product);
    if (product == nullptr || product->number(price->key, 0) == 0) {
        return; // Free of charge there.
    }
    const double unitBytes = price->isGib ? BillWriter::bytesPerGib : BillWriter::bytesPerGb;
    const std::string unit = price->isGib ? "GiB" : "GB";
    const double volume = writer.monthlyBytes(bytesPerSecond) / unitBytes;
    const double crossing = volume * (zones - 1) / zones;
    std::string detail = std::to_string(zones - 1) + '/' + std::to_string(zones) + " of " +
                         groupThousands(toShortDecimal(volume, 1)) + ' ' + unit;
    if (price->sides > 1) {
        detail += ", billed on both sides";
    }
    writer.charge(*product, price->key, {what, crossing * price->sides, unit, detail});
}

} // namespace lab::cost
