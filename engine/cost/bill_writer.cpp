#include "cost/bill_writer.hpp"

#include "base/decimal.hpp"

#include <algorithm>

namespace lab::cost {
namespace {

/// Regions that name no place: the price holds everywhere.
bool isAnywhere(std::string_view region)
{
    return region.empty() || region == "any" || region == "-";
}

} // namespace

BilledTraffic BilledGroup::total() const
{
    BilledTraffic sum;
    for (const BilledDoor& door : doors) {
        sum.requestsPerSecond += door.traffic.requestsPerSecond;
        sum.bytesPerSecond += door.traffic.bytesPerSecond;
        sum.newConnectionsPerSecond += door.traffic.newConnectionsPerSecond;
        sum.activeConnections += door.traffic.activeConnections;
        sum.inboundBytesPerSecond += door.traffic.inboundBytesPerSecond;
    }
    return sum;
}

std::size_t BilledGroup::facingCount() const
{
    return static_cast<std::size_t>(std::count_if(
        doors.begin(), doors.end(), [](const BilledDoor& door) { return door.isInternetFacing; }));
}

BillWriter::BillWriter(const PriceBook& book, const PricingOptions& options, std::string provider)
    : book_(book)
    , options_(options)
{
    bill_.provider = std::move(provider);
    bill_.bookDate = book.asOf;
}

double BillWriter::monthlyBytes(double bytesPerSecond) const
{
    return bytesPerSecond * secondsPerHour * hours();
}

void BillWriter::charge(const Product& product, std::string_view key, Charge charge)
{
    BillLine line;
    line.what = std::move(charge.what);
    line.detail = std::move(charge.detail);
    line.quantity = charge.quantity;
    line.unit = std::move(charge.unit);
    line.priceKey = product.id + '.' + std::string(key);
    const PriceFact* fact = product.fact(key);
    if (fact == nullptr || !fact->text.empty()) {
        line.isConfirmed = false;
        line.source = "not in the price book";
        assume("the price book has no number for " + line.priceKey + ": counted as 0");
    } else {
        line.unitPrice = fact->value / charge.unitsPerPrice;
        line.isConfirmed = fact->isConfirmed;
        const auto source = book_.sources.find(fact->source);
        if (source != book_.sources.end()) {
            line.source = source->second.title;
            line.sourceAsOf = source->second.asOf;
        } else {
            line.source = fact->source;
        }
    }
    line.amount = line.quantity * line.unitPrice;
    bill_.amount += line.amount;
    bill_.lines.push_back(std::move(line));
}

void BillWriter::assume(std::string sentence)
{
    auto& all = bill_.assumptions;
    if (std::find(all.begin(), all.end(), sentence) == all.end()) {
        all.push_back(std::move(sentence));
    }
}

void BillWriter::setMarket(const Product& product)
{
    if (bill_.currency.empty()) {
        bill_.currency = product.currency;
    }
    if (isAnywhere(bill_.region) && !isAnywhere(product.region)) {
        bill_.region = product.region;
    }
    if (!options_.region.empty() && !isAnywhere(product.region) &&
        options_.region != product.region) {
        assume("the price book knows " + product.id + " in " + product.region +
               " only: " + options_.region + " is priced as that");
    }
}

std::string hoursText(double hours)
{
    return groupThousands(toShortDecimal(hours, 1)) + " h";
}

std::string timesHoursText(double count, double hours)
{
    return groupThousands(toShortDecimal(count, 2)) + " × " + hoursText(hours);
}

std::string countText(std::size_t count, std::string_view singular)
{
    std::string text = groupThousands(std::to_string(count)) + ' ';
    text += singular;
    return count == 1 ? text : text + 's';
}

} // namespace lab::cost
