#include "report/audit_report.hpp"

#include "base/decimal.hpp"
#include "report/text_layout.hpp"

#include <algorithm>
#include <cmath>

namespace lab::report {
namespace {

constexpr double cent = 0.005; ///< Less is no difference.

std::string services(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " Service" : " Services");
}

std::string money(double amount, const std::string& currency)
{
    return groupThousands(toDecimal(std::abs(amount), 2)) + ' ' + printable(currency);
}

} // namespace

std::size_t AuditReport::count(audit::Verdict verdict) const
{
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [verdict](const AuditRow& row) {
            return row.judgement.verdict == verdict;
        }));
}

bool AuditReport::isWorthwhile() const
{
    return count(audit::Verdict::Move) > 0 && areComparable() && saving() > cent;
}

std::string recommendationOf(const AuditReport& report)
{
    const std::size_t movable = report.count(audit::Verdict::Move);
    const std::size_t all = report.rows.size();
    if (all == 0) {
        return "No Service of type LoadBalancer is in the input: there is nothing to consolidate.";
    }
    if (movable == 0) {
        return "None of " + services(all) +
               " can move without losing something: keep your load "
               "balancers.";
    }
    const std::string who = std::to_string(movable) + " of " + services(all);
    if (!report.areComparable()) {
        return who + " can move; the prices are in different currencies and are not compared.";
    }
    if (report.isWorthwhile()) {
        return "Move " + who + " behind one ingress: that saves " +
               money(report.saving(), report.before.bill.currency) + " a month.";
    }
    if (std::abs(report.saving()) <= cent) {
        return who +
               " can move, and nothing is gained: it costs the same. Keep your load balancers.";
    }
    return who + " can move, but it would cost " +
           money(report.saving(), report.before.bill.currency) +
           " more a month: keep your load balancers, unless one place for certificates and limits "
           "is worth it.";
}

std::string outageText(const AuditReport& report)
{
    const AuditOutage& outage = report.outage;
    if (outage.availability <= 0) {
        return {};
    }
    const auto minutes = [](double value) {
        return value < 0.01 ? std::string("less than 0.01") : toShortDecimal(value, 2);
    };
    return "Now one failure hits one of the " + services(report.count(audit::Verdict::Move)) +
           " that can move, and something is down " + minutes(outage.anyMinutesNow) +
           " minutes a month, everything " + minutes(outage.allMinutesNow) +
           "; behind one load balancer one failure hits all of them, " +
           minutes(outage.minutesThen) + " minutes a month (theory: independent doors, each up " +
           toShortDecimal(outage.availability * 100, 4) + " % of the time, " + outage.source + ").";
}

} // namespace lab::report
