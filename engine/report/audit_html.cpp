#include "base/decimal.hpp"
#include "report/audit_report.hpp"
#include "report/bill_html.hpp"
#include "report/html_text.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

std::string money(const cost::Bill& bill)
{
    return groupThousands(toDecimal(bill.amount, 2)) + ' ' + bill.currency;
}

std::string number(std::size_t value)
{
    return groupThousands(std::to_string(value));
}

std::string costSection(const AuditReport& report)
{
    return "<h2>What it costs a month</h2>\n<figure>" +
           barChart(
               {billBar("now", report.before.bill), billBar("consolidated", report.after.bill)},
               "monthly cost now and consolidated, by kind of charge") +
           "<figcaption>" +
           htmlText("Priced from the book of " + report.before.bill.bookDate + " for " +
                    report.traffic + ".") +
           "</figcaption></figure>\n<table><tr><th></th><th class=\"number\">now</th>"
           "<th class=\"number\">consolidated</th></tr>\n" +
           htmlRow({"load balancers",
                    number(report.before.loadBalancers),
                    number(report.after.loadBalancers)}) +
           htmlRow({"certificates to renew",
                    number(report.before.certificates),
                    number(report.after.certificates)}) +
           htmlRow({"node ports taken",
                    number(report.before.nodePorts),
                    number(report.after.nodePorts)}) +
           htmlRow({"a month", money(report.before.bill), money(report.after.bill)}) + "</table>\n";
}

std::string reasonsMarkup(const AuditRow& row)
{
    std::string markup;
    for (const auto* reasons : {&row.judgement.reasons, &row.judgement.notes}) {
        for (const audit::Reason& reason : *reasons) {
            markup += markup.empty() ? "" : "<br>";
            markup += reason.sign.empty() ? "" : "<code>" + htmlText(reason.sign) + "</code> ";
            markup += htmlText(reason.text + (reason.remedy.empty() ? "" : "; " + reason.remedy));
        }
    }
    return markup;
}

std::string servicesSection(const AuditReport& report)
{
    Bar verdicts{"Services", number(report.rows.size()), {}};
    for (const auto verdict : {audit::Verdict::Move,
                               audit::Verdict::Keep,
                               audit::Verdict::Cannot,
                               audit::Verdict::IsIngress}) {
        const std::size_t count = report.count(verdict);
        if (count > 0) {
            const std::string name = std::string(audit::toText(verdict)) + ": " + number(count);
            verdicts.parts.push_back({name, static_cast<double>(count), number(count)});
        }
    }
    std::string markup = "<h2>Service by Service</h2>\n<figure>" +
                         barChart({verdicts}, "Services by verdict") +
                         "</figure>\n<table><tr><th>Service</th><th>verdict</th><th>made as</th>"
                         "<th>why</th></tr>\n";
    for (const AuditRow& row : report.rows) {
        const std::string verdict(audit::toText(row.judgement.verdict));
        markup += "<tr><td>" + htmlText(row.service) + "</td><td><span class=\"verdict " + verdict +
                  "\">" + verdict + "</span></td><td>" + htmlText(row.product) +
                  (row.isInternetFacing ? "" : ", internal") + "</td><td class=\"soft\">" +
                  reasonsMarkup(row) + "</td></tr>\n";
    }
    return markup + "</table>\n";
}

std::string outageSection(const AuditReport& report)
{
    const std::string text = outageText(report);
    return text.empty() ? text : "<h2>What one failure hits</h2>\n<p>" + htmlText(text) + "</p>\n";
}

/// Lines keep their breaks, which htmlText() would not.
std::string yamlSection(const AuditReport& report)
{
    if (report.ingressYaml.empty()) {
        return {};
    }
    std::string markup = "<details><summary>The Ingresses that do it</summary>\n<pre>";
    std::size_t begin = 0;
    while (begin < report.ingressYaml.size()) {
        const std::size_t end =
            std::min(report.ingressYaml.find('\n', begin), report.ingressYaml.size());
        markup += htmlText(std::string_view(report.ingressYaml).substr(begin, end - begin)) + '\n';
        begin = end + 1;
    }
    return markup + "</pre></details>\n";
}

} // namespace

std::string auditAsHtml(const AuditReport& report)
{
    const std::string advice = recommendationOf(report);
    return htmlPage("Load balancers, audited",
                    "<h1>" + htmlText(advice) + "</h1>\n" + costSection(report) +
                        servicesSection(report) + outageSection(report) +
                        quotaSection(report.before.quotas) +
                        billSection("The bill now", report.before.bill) +
                        billSection("The bill, consolidated", report.after.bill) +
                        assumptionSection({&report.before.bill, &report.after.bill}) +
                        yamlSection(report) + "<footer>" +
                        htmlText("ingresslab " + report.toolVersion + ", certificates' rules of " +
                                 report.date + ". An estimate, not an offer.") +
                        "</footer>\n");
}

} // namespace lab::report
