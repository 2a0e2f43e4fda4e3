#pragma once

#include "cost/price_book.hpp"
#include "plan/front_door_plan.hpp"

#include <string>
#include <vector>

namespace lab::cost {

/// One line of a bill: quantity × unit price = amount, with where the price is from.
struct BillLine {
    std::string what;   ///< "load balancer hours"
    std::string detail; ///< "2 × 730 h", for people
    double quantity = 0.0;
    std::string unit; ///< Of the quantity: "h", "NLCU-h", "address-h", "vCPU-h", "GB"
    double unitPrice = 0.0;
    double amount = 0.0;
    std::string priceKey; ///< "aws.nlb.hourly_fixed"
    std::string source;   ///< Title of the source
    bool isConfirmed = true;
};

/// What one style costs a month.
struct Bill {
    std::string currency;
    std::string provider;
    std::string region;
    std::string bookDate;
    double amount = 0.0; ///< Sum of the lines.
    std::vector<BillLine> lines;
    std::vector<std::string> assumptions; ///< Sentences: what was assumed and can be set.
};

/// The traffic that a month is extrapolated from.
struct BilledTraffic {
    double requestsPerSecond = 0.0;
    double bytesPerSecond = 0.0; ///< Both directions.
    double newConnectionsPerSecond = 0.0;
    double activeConnections = 0.0;
};

/// Whose prices, and what the cluster looks like there.
struct PricingOptions {
    std::string provider = "aws";
    std::string perServiceProduct; ///< "aws.nlb"; empty: what `type: LoadBalancer` makes there.
    std::string ingressProduct;    ///< Product of the load balancer in front of the ingress; empty: the same.
    int zones = 3;
    bool isZoneAware = false; ///< No: the ingress's hop to a pod crosses zones (Z−1)/Z of the time.
};

/// What a month of this plan costs with this traffic.  Pure.
///
/// \param doorTraffic  one entry a door of the plan (load balancers), in order of plan.doors;
///                     controllers' entries are not looked at
[[nodiscard]] Bill monthlyBill(const plan::FrontDoorPlan& plan,
                               const std::vector<BilledTraffic>& doorTraffic,
                               const PriceBook& book,
                               const PricingOptions& options);

} // namespace lab::cost
