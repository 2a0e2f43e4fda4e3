#pragma once

#include "base/finding.hpp"
#include "cost/bill.hpp"
#include "cost/break_even.hpp"
#include "cost/certificate_need.hpp"
#include "cost/quotas.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab::report {

/// The part of a bill that one Service stands for, split three ways; in cents.
struct ServiceShare {
    std::string service; ///< "shop/cart"
    std::int64_t equalCents = 0;
    std::int64_t requestsCents = 0;
    std::int64_t bytesCents = 0;
};

/// One style: what it is made of, and what that costs.
struct StyleCost {
    std::size_t loadBalancers = 0;
    std::size_t controllers = 0;
    cost::Bill bill;
    std::vector<ServiceShare> shares; ///< Of this style's bill, in the order of the Services.
};

/// What the manifests make a provider make, and why.
struct MadeRow {
    std::string service; ///< "shop/cart"
    std::string product; ///< "aws.nlb"
    std::string why;
    bool isInternetFacing = true;
    bool isDerived = false; ///< Made for the comparison: no manifest asks for it.
};

/// One way to put the host names on certificates.
struct CertificateRow {
    std::string grouping; ///< "one a service", "shared", "wildcard"
    std::size_t certificates = 0;
    std::vector<double> renewalsPerYear; ///< Under each regime, in their order.
    std::size_t issuedAtOnce = 0; ///< Within the first day, by the authority's limits; theory.
    std::int64_t lastIssuedSeconds = 0; ///< When the last one is there.
};

/// What a limit that stands at each enforcing point admits of all clients together, as a multiple
/// of the limit (theory: every point has a bucket of its own), and what a central one is sold for.
struct LimitReach {
    std::size_t perServicePoints = 0; ///< Load balancers, each with the limit.
    std::size_t ingressPoints = 0;    ///< Controller replicas, likewise.
    /// AWS WAF with one rate rule over all of these requests a month; none with other providers.
    /// It stands before ALBs, not before NLBs.
    std::optional<double> firewallMonth;
};

/// Everything that `cost` says: pure data that every renderer reads.
struct CostReport {
    std::string toolVersion;
    std::string date;    ///< Of the regimes: "2026-11-25"
    std::string traffic; ///< What each Service is assumed to carry, in words.
    StyleCost perService;
    StyleCost ingress;
    std::vector<MadeRow> made;
    std::vector<cost::LifetimeRegime> regimes; ///< The one that holds, and those to come.
    std::size_t names = 0;                     ///< Host names that need a certificate.
    std::vector<CertificateRow> certificates;
    double services = 0; ///< With a load balancer of their own: what the quotas count.
    std::vector<cost::QuotaUse> quotas;
    std::optional<std::size_t> breakEvenServices; ///< None: not up to servicesMax.
    std::size_t servicesMax = 0;
    std::vector<cost::Flip> flips;
    LimitReach limits;
    Findings findings;
};

/// For people: at most 100 columns; unconfirmed numbers are marked with *.
[[nodiscard]] std::string costAsText(const CostReport& report, bool usesColour);

/// How far a limit reaches in both styles, in a sentence or two.
[[nodiscard]] std::string limitText(const CostReport& report);

/// The answer in a sentence or two: which style costs less, and from how many services on.
[[nodiscard]] std::string answerOf(const CostReport& report);

/// For tickets: GitHub's Markdown.
[[nodiscard]] std::string costAsMarkdown(const CostReport& report);

/// For tickets as an attachment: one page with charts that needs nothing besides itself.
[[nodiscard]] std::string costAsHtml(const CostReport& report);

/// For programs: camelCase, {schemaVersion, tool, date, styles: {…}, comparison, …}; money with
/// its lines, each price with its key, source and confirmation.
[[nodiscard]] std::string costAsJson(const CostReport& report);

} // namespace lab::report
