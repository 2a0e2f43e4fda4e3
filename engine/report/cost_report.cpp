#include "report/cost_report.hpp"

#include "base/decimal.hpp"
#include "report/text_layout.hpp"

#include <cmath>

namespace lab::report {
namespace {

std::string money(double amount, const std::string& currency)
{
    return groupThousands(toDecimal(amount, 2)) + ' ' + printable(currency);
}

std::string times(std::size_t points)
{
    return groupThousands(std::to_string(points)) + (points == 1 ? " time" : " times");
}

} // namespace

std::string answerOf(const CostReport& cost)
{
    constexpr double cent = 0.005; // less is no difference
    const cost::Bill& many = cost.perService.bill;
    const cost::Bill& one = cost.ingress.bill;
    const double difference = one.amount - many.amount;
    std::string answer;
    if (many.currency != one.currency && !many.currency.empty() && !one.currency.empty()) {
        answer = "The two are in different currencies and are not compared.";
    } else if (std::abs(difference) < cent) {
        answer = "Both cost the same.";
    } else {
        answer = std::string("The ingress costs ") + money(std::abs(difference), many.currency) +
                 (difference < 0 ? " less" : " more") + " a month.";
    }
    if (cost.breakEvenServices) {
        answer += " It is cheaper from " + std::to_string(*cost.breakEvenServices) +
                  (*cost.breakEvenServices == 1 ? " service on." : " services on.");
    } else if (cost.servicesMax > 0) {
        answer += " With this traffic it is not cheaper for any number of services up to " +
                  std::to_string(cost.servicesMax) + '.';
    }
    return answer;
}

std::string limitText(const CostReport& cost)
{
    const LimitReach& limits = cost.limits;
    if (limits.perServicePoints == 0 || limits.ingressPoints == 0) {
        return {};
    }
    std::string text = "A limit at each load balancer admits " + times(limits.perServicePoints) +
                       " as much in all, at each controller replica " +
                       times(limits.ingressPoints) + " (theory: every point counts for itself).";
    if (limits.firewallMonth) {
        text += " AWS WAF before ALBs, one web ACL with one rate rule for all these requests, is " +
                money(*limits.firewallMonth, cost.perService.bill.currency) +
                " a month; whether it counts over several ALBs together is not documented.";
    }
    return text;
}

} // namespace lab::report
