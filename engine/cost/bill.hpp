#pragma once

#include "cost/made_balancer.hpp"
#include "cost/price_book.hpp"
#include "plan/front_door_plan.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab::cost {

/// One line of a bill: quantity × unit price = amount, with where the price is from.
struct BillLine {
    std::string what;   ///< "load balancer hours"
    std::string detail; ///< "2 × 730 h", for people
    double quantity = 0.0;
    std::string unit; ///< Of the quantity: "h", "NLCU-h", "address-h", "vCPU-h", "GB", "month"
    double unitPrice = 0.0;
    double amount = 0.0;
    std::string priceKey;   ///< "aws.nlb.hourly_fixed"
    std::string source;     ///< Title of the source
    std::string sourceAsOf; ///< Age of the price, in the source's words: "2024-02-01"
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
    double inboundBytesPerSecond = 0.0; ///< Of those bytes, the clients' own; 0: not known.
};

/// Whose prices, and what the cluster looks like there.
struct PricingOptions {
    std::string provider;          ///< "gcp"; empty: aws, and the bill says that it is assumed.
    std::string region;            ///< As the user names it; the book knows one region a product.
    std::string perServiceProduct; ///< "aws.nlb"; empty: what the doors' mode needs there.
    std::string
        ingressProduct; ///< Product of the load balancer in front of the ingress; empty: likewise.
    int zones = 3;      ///< At least 1.
    bool isZoneAware = false; ///< No: the ingress's hop to a pod crosses zones (Z−1)/Z of the time.
    bool isIngressManaged =
        false; ///< The ingress's product routes by itself (an ALB): no controllers.
    bool isInternetFacing = true;     ///< No: internal load balancers, without public addresses.
    bool usesInstanceTargets = false; ///< Per-service doors send to any node, which sends on.
    bool followsPaths = false; ///< A door's way over a node that may send on to another zone is
                               ///< charged to that door (Door::path), in both styles.
    std::map<std::string, MadeBalancer> made; ///< By Service, "ns/name": what the manifests say of
                                              ///< its load balancer; perServiceProduct goes first.
    std::string controllerService; ///< The Service in front of the ingress, if the manifests have
                                   ///< it; also looked up in `made`.
    double rulesProcessedShare = 1.0; ///< Of a door's rules, how many an average request passes.
};

/// The providers whose load balancers can be priced, by name: "aws", "gcp", …
[[nodiscard]] const std::vector<std::string>& pricedProviders();

/// The products that perServiceProduct and ingressProduct may name: "aws.nlb", "aws.alb", …
[[nodiscard]] const std::vector<std::string>& pricedProducts();

/// What a month of this plan costs with this traffic.  Pure, total.
///
/// The formulae stand with the functions that use them. A price that the book lacks counts as 0 and
/// is named among the assumptions; so is a provider or product that nobody can price here. \param
/// doorTraffic  one entry a door of the plan (load balancers), in order of plan.doors;
///                     controllers' entries are not looked at; what is missing has no traffic
[[nodiscard]] Bill monthlyBill(const plan::FrontDoorPlan& plan,
                               const std::vector<BilledTraffic>& doorTraffic,
                               const PriceBook& book,
                               const PricingOptions& options);

} // namespace lab::cost
