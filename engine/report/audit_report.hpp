#pragma once

#include "audit/verdict.hpp"
#include "base/finding.hpp"
#include "cost/bill.hpp"
#include "cost/quotas.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lab::report {

/// One Service of type LoadBalancer, and what becomes of it.
struct AuditRow {
    std::string service; ///< "shop/cart"
    audit::Judgement judgement;
    std::string product; ///< "aws.nlb"; empty: not priced.
    std::string why;     ///< What makes it that.
    bool isInternetFacing = true;
    std::vector<std::string> addresses; ///< Of its load balancer, as the cluster tells.
    std::vector<std::string> hosts;     ///< Under which its Ingress answers; where it moves.
    std::string place;                  ///< "dump.yaml:12:3"
};

/// A way to hold the doors, and what it takes.
struct AuditSide {
    std::size_t loadBalancers = 0;
    std::size_t certificates = 0; ///< Distinct ones that somebody must renew; clouds' own too.
    std::size_t nodePorts = 0;
    cost::Bill bill;
    std::vector<cost::QuotaUse> quotas; ///< The nearest first.
};

/// What failures of load balancers hit, of the Services that move: one each now, all at once then.
/// Doors of one cloud are not independent in truth; the shares are theory.
struct AuditOutage {
    double availability = 0;  ///< Of one load balancer; 0: nothing moves, nothing is said.
    std::string source;       ///< Of that number: a price key, or "assumed".
    double anyMinutesNow = 0; ///< A month, in which at least one of them is down.
    double allMinutesNow = 0; ///< In which all are.
    double minutesThen = 0;   ///< In which all of them are down, behind one load balancer.
};

/// Everything that `audit` says: pure data that every renderer reads.
struct AuditReport {
    std::string toolVersion;
    std::string date;
    std::string traffic; ///< What each Service is assumed to carry, in words.
    std::vector<AuditRow> rows;
    AuditSide before;
    AuditSide after; ///< With those that move behind one ingress, the rest as it is.
    AuditOutage outage;
    std::size_t ingressAlbs = 0;    ///< Made by Ingresses of class alb; in neither bill.
    bool hasIngressAlready = false; ///< Controllers are in the input.
    std::string ingressYaml;        ///< What makes the moved ones reachable again.
    Findings findings;              ///< Of the input.

    [[nodiscard]] std::size_t count(audit::Verdict verdict) const;
    /// What the move saves a month; below 0: what it costs.
    [[nodiscard]] double saving() const { return before.bill.amount - after.bill.amount; }
    [[nodiscard]] bool areComparable() const
    {
        return before.bill.currency == after.bill.currency || before.bill.currency.empty() ||
               after.bill.currency.empty();
    }
    /// Is moving worth recommending: does something move, and does it cost less?
    [[nodiscard]] bool isWorthwhile() const;
};

/// The recommendation in a sentence or two: what moves and saves how much, or that nothing is
/// gained.
[[nodiscard]] std::string recommendationOf(const AuditReport& report);

/// What one failure hits, now and then, in two sentences; empty where nothing moves.
[[nodiscard]] std::string outageText(const AuditReport& report);

/// For people: at most 100 columns; unconfirmed prices are marked with *.
[[nodiscard]] std::string auditAsText(const AuditReport& report, bool usesColour);

/// For programs: camelCase, {schemaVersion, tool, recommendation, services: […], before, after, …}
[[nodiscard]] std::string auditAsJson(const AuditReport& report);

/// For tickets: GitHub's Markdown.
[[nodiscard]] std::string auditAsMarkdown(const AuditReport& report);

/// For tickets as an attachment: one page with charts that needs nothing besides itself.
[[nodiscard]] std::string auditAsHtml(const AuditReport& report);

/// For spreadsheets: one line a Service; RFC 4180, and no cell that a spreadsheet would compute.
[[nodiscard]] std::string auditAsCsv(const AuditReport& report);

} // namespace lab::report
