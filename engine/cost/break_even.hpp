#pragma once

#include "cost/bill.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lab::cost {

/// What merging one AWS network load balancer into another saves a month: its hours and its public
/// addresses, never its capacity units.  H · (P_hour + Z · P_ipv4)
[[nodiscard]] double
savingPerMergedBalancer(const PriceBook& book, int zones, bool isInternetFacing);

/// The traffic of one service, in GB a month, above which a zone-blind ingress costs more than a
/// load balancer of its own.  saving ÷ (P_cross · (Z − 1)/Z); nothing where no byte crosses zones.
[[nodiscard]] std::optional<double>
breakEvenGigabytes(const PriceBook& book, int zones, bool isInternetFacing);

/// Above how many rules processed do rule evaluations overtake bytes on an ALB?
/// R > 10 + 0.0036 · bytes a request, by the book's numbers.
[[nodiscard]] double rulesThatOvertakeBytes(const PriceBook& book, double bytesPerRequest);

/// A month of AWS WAF: 5 · web ACLs + 1 · rules + 0.60 · millions of requests, by the book's.
[[nodiscard]] double
firewallMonth(const PriceBook& book, double webAcls, double rules, double requests);

/// The fewest services for which the ingress costs less, or nothing up to `servicesMax`.
/// \param perService, ingress  what that many services cost in each style
[[nodiscard]] std::optional<std::size_t>
breakEvenServices(const std::function<double(std::size_t services)>& perService,
                  const std::function<double(std::size_t services)>& ingress,
                  std::size_t servicesMax);

/// One price that would flip the answer, all others being as they are.
struct Flip {
    std::string priceKey; ///< "aws.nlb.cross_az_transfer_each_way"
    std::string unit;     ///< Of the quantity: "GB"
    double price = 0;     ///< Today's.
    double flipPrice = 0; ///< At this one both styles cost the same; at least 0.
    bool isConfirmed = true;
};

/// What would flip the answer?  Bills are linear in each price: p' = p − (A₁ − A₂)/(Q₁ − Q₂).
/// Nearest first, by the factor between the two prices; prices that cannot flip it are left out.
[[nodiscard]] std::vector<Flip> flipsOf(const Bill& perService, const Bill& ingress);

/// Splits an amount into cents by weights so that the parts add up to the rounded whole (largest
/// remainders first, then in order).  Without any weight above 0: equally.
[[nodiscard]] std::vector<std::int64_t> splitCents(double amount,
                                                   const std::vector<double>& weights);

} // namespace lab::cost
