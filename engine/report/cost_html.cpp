#include "base/decimal.hpp"
#include "report/bill_html.hpp"
#include "report/cost_report.hpp"
#include "report/html_text.hpp"

#include <algorithm>

namespace lab::report {
namespace {

std::string certificateSection(const CostReport& cost)
{
    if (cost.names == 0) {
        return {};
    }
    std::string head = "<h2>Certificates, and renewals a year</h2>\n<table><tr><th></th>"
                       "<th class=\"number\">certificates</th>";
    for (const cost::LifetimeRegime& regime : cost.regimes) {
        head += "<th class=\"number\">" + toShortDecimal(regime.days, 0) + " days" +
                (regime.isConfirmed ? "" : "*") + "</th>";
    }
    std::string markup = head + "</tr>\n";
    for (const CertificateRow& row : cost.certificates) {
        std::vector<std::string> texts{row.grouping,
                                       groupThousands(std::to_string(row.certificates))};
        for (const double renewals : row.renewalsPerYear) {
            texts.push_back(groupThousands(toDecimal(renewals, renewals < 100 ? 1 : 0)));
        }
        markup += htmlRow(texts);
    }
    return markup + "</table>\n";
}

std::string flipSection(const CostReport& cost)
{
    constexpr std::size_t flipsMax = 5;
    if (cost.flips.empty()) {
        return {};
    }
    std::string markup = "<h2>What would flip the answer</h2>\n<table><tr><th>one price alone</th>"
                         "<th class=\"number\">today</th><th class=\"number\">flips at</th></tr>\n";
    for (std::size_t i = 0; i < std::min(cost.flips.size(), flipsMax); ++i) {
        const cost::Flip& flip = cost.flips[i];
        markup += htmlRow({flip.priceKey,
                           toShortDecimal(flip.price, 6) + (flip.isConfirmed ? "" : "*"),
                           toShortDecimal(flip.flipPrice, 6) + '/' + flip.unit});
    }
    return markup + "</table>\n";
}

} // namespace

std::string costAsHtml(const CostReport& report)
{
    const std::string limits = limitText(report);
    return htmlPage(
        "What both styles cost",
        "<h1>" + htmlText(answerOf(report)) + "</h1>\n<figure>" +
            barChart({billBar("one each", report.perService.bill),
                      billBar("one ingress", report.ingress.bill)},
                     "monthly cost of both styles, by kind of charge") +
            "<figcaption>" +
            htmlText("Priced from the book of " + report.perService.bill.bookDate + " for " +
                     report.traffic + ".") +
            "</figcaption></figure>\n" + certificateSection(report) + quotaSection(report.quotas) +
            (limits.empty()
                 ? ""
                 : "<h2>How far a limit reaches</h2>\n<p>" + htmlText(limits) + "</p>\n") +
            flipSection(report) + billSection("A load balancer each", report.perService.bill) +
            billSection("One ingress", report.ingress.bill) +
            assumptionSection({&report.perService.bill, &report.ingress.bill}) + "<footer>" +
            htmlText("ingresslab " + report.toolVersion + ", certificates' rules of " +
                     report.date + ". An estimate, not an offer.") +
            "</footer>\n");
}

} // namespace lab::report
