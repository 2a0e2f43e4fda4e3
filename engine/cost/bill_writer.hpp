#pragma once

#include "cost/bill.hpp"
#include "cost/price_book.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab::cost {

/// One load balancer, as a provider counts it.
struct BilledDoor {
    BilledTraffic traffic;
    std::size_t ports = 1;
    std::size_t rules = 0;        ///< Routes that a request may have to pass.
    bool terminatesTls = false;   ///< The certificate is on the load balancer.
    bool isInternetFacing = true; ///< No: it has no public address, whatever the options say.
};

/// All load balancers of one product in one plan: they may share bundles and free amounts.
struct BilledGroup {
    const Product* product = nullptr;
    std::vector<BilledDoor> doors;

    [[nodiscard]] BilledTraffic total() const;     ///< The sum of their traffic.
    [[nodiscard]] std::size_t facingCount() const; ///< Those that face the internet.
};

/// What is to be paid for, before the price is looked up.
struct Charge {
    std::string what;
    double quantity = 0.0;
    std::string unit;
    std::string detail;
    double unitsPerPrice = 1.0; ///< The fact prices that many units at once: 2 vCPU of a node.
};

/// Writes a bill line by line from the price book; keeps its sum.  One bill each.
class BillWriter {
public:
    static constexpr double secondsPerHour = 3600;
    static constexpr double bytesPerGb = 1e9;
    static constexpr double bytesPerGib = 1024.0 * 1024.0 * 1024.0;

    BillWriter(const PriceBook& book, const PricingOptions& options, std::string provider);

    [[nodiscard]] const PriceBook& book() const { return book_; }
    [[nodiscard]] const PricingOptions& options() const { return options_; }
    [[nodiscard]] const std::string& provider() const { return bill_.provider; }
    [[nodiscard]] double hours() const { return book_.hoursPerMonth; }
    /// A month's bytes of that rate.
    [[nodiscard]] double monthlyBytes(double bytesPerSecond) const;

    /// Adds a line at the price `key` of that product. A fact that is missing, or that is words,
    /// counts as 0 and is named among the assumptions.
    void charge(const Product& product, std::string_view key, Charge charge);

    /// Adds a sentence, once.
    void assume(std::string sentence);

    /// Names the region and currency of the bill: those of the first product that says so.
    void setMarket(const Product& product);

    [[nodiscard]] std::size_t lineCount() const { return bill_.lines.size(); }
    [[nodiscard]] Bill takeBill() { return std::move(bill_); }

private:
    const PriceBook& book_;
    const PricingOptions& options_;
    Bill bill_;
};

/// "730 h", and how `count` things make hours: "2 × 730 h".
[[nodiscard]] std::string hoursText(double hours);
[[nodiscard]] std::string timesHoursText(double count, double hours);

/// "1 load balancer", "12 load balancers".
[[nodiscard]] std::string countText(std::size_t count, std::string_view singular);

// One function a family of products; each knows the rules of its providers.

/// AWS and Azure's application gateways: hours, and capacity units by the largest dimension.
void chargeCapacityUnits(BillWriter& writer, const BilledGroup& group);
/// Google Cloud and Azure's load balancer: rules in a bundle of five, and bytes.
void chargeForwardingRules(BillWriter& writer, const BilledGroup& group);
/// Everybody else: a price a load balancer, more of them where one is too small.
void chargeFlatPrice(BillWriter& writer, const BilledGroup& group);

/// The pods of the ingress controller, by the price of the nodes they run on.
/// \param replicas  of the plan; the bill never has fewer
void chargeControllerPods(BillWriter& writer, std::size_t replicas, double requestsPerSecond);
/// Bytes that cross zones on a hop which does not look at zones.
/// \param what  which hop: "hop across zones"
void chargeZoneHop(BillWriter& writer, const std::string& what, double bytesPerSecond);

} // namespace lab::cost
