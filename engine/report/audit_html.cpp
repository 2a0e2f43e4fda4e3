#include "base/decimal.hpp"
#include "report/audit_report.hpp"
#include "report/html_text.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

constexpr std::size_t quotasMax = 5;

std::string number(std::size_t value)
{
    return groupThousands(std::to_string(value));
}

std::string money(double amount, const std::string& currency)
{
    return groupThousands(toDecimal(amount, 2)) + ' ' + currency;
}

std::string cells(const std::vector<std::string>& texts)
{
    std::string row = "<tr><td>" + htmlText(texts.front()) + "</td>";
    for (std::size_t i = 1; i < texts.size(); ++i) {
        row += "<td class=\"number\">" + htmlText(texts[i]) + "</td>";
    }
    return row + "</tr>\n";
}

Bar billBar(const std::string& name, const cost::Bill& bill)
{
    Bar bar{name, money(bill.amount, bill.currency), {}};
    for (const cost::BillLine& line : bill.lines) {
        const auto known = std::find_if(bar.parts.begin(), bar.parts.end(), [&line](const auto& p) {
            return p.name == line.what;
        });
        BarPart& part =
            known != bar.parts.end() ? *known : bar.parts.emplace_back(BarPart{line.what, 0, ""});
        part.value += std::max(line.amount, 0.0);
        part.text = money(part.value, bill.currency);
    }
    return bar;
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
           cells({"load balancers",
                  number(report.before.loadBalancers),
                  number(report.after.loadBalancers)}) +
           cells({"certificates to renew",
                  number(report.before.certificates),
                  number(report.after.certificates)}) +
           cells({"node ports taken",
                  number(report.before.nodePorts),
                  number(report.after.nodePorts)}) +
           cells({"a month",
                  money(report.before.bill.amount, report.before.bill.currency),
                  money(report.after.bill.amount, report.after.bill.currency)}) +
           "</table>\n";
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

std::string quotaSection(const AuditReport& report)
{
    if (report.before.quotas.empty()) {
        return {};
    }
    std::string markup = "<h2>Which wall comes first</h2>\n<table><tr><th>limit</th>"
                         "<th class=\"number\">used now</th><th class=\"number\">of</th></tr>\n";
    const std::size_t shown = std::min(report.before.quotas.size(), quotasMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const cost::QuotaUse& quota = report.before.quotas[i];
        markup +=
            cells({quota.what,
                   groupThousands(toDecimal(quota.used, 0)),
                   groupThousands(toDecimal(quota.limit, 0)) + (quota.isConfirmed ? "" : "*")});
    }
    return markup + "</table>\n";
}

std::string billSection(const std::string& title, const cost::Bill& bill)
{
    std::string markup =
        "<h2>" + htmlText(title) +
        "</h2>\n<table><tr><th>line</th><th class=\"number\">quantity</th>"
        "<th class=\"number\">unit price</th><th class=\"number\">amount</th></tr>\n";
    for (const cost::BillLine& line : bill.lines) {
        markup += cells({line.what + " (" + line.detail + ")",
                         groupThousands(toDecimal(line.quantity, 2)) + ' ' + line.unit,
                         toDecimal(line.unitPrice, 6),
                         money(line.amount, bill.currency) + (line.isConfirmed ? "" : "*")});
    }
    return markup + "</table>\n";
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

std::string assumptionsSection(const AuditReport& report)
{
    std::string markup = "<h2>Assumed</h2>\n<ul>\n";
    for (const cost::Bill* bill : {&report.before.bill, &report.after.bill}) {
        for (const std::string& assumption : bill->assumptions) {
            const bool isSaid = bill == &report.after.bill &&
                                std::find(report.before.bill.assumptions.begin(),
                                          report.before.bill.assumptions.end(),
                                          assumption) != report.before.bill.assumptions.end();
            markup += isSaid ? "" : "<li>" + htmlText(assumption) + "</li>\n";
        }
    }
    return markup + "<li>a price with a * is recalled, not confirmed by a source</li>\n</ul>\n";
}

} // namespace

std::string auditAsHtml(const AuditReport& report)
{
    const std::string advice = recommendationOf(report);
    return htmlPage("Load balancers, audited",
                    "<h1>" + htmlText(advice) + "</h1>\n" + costSection(report) +
                        servicesSection(report) + outageSection(report) + quotaSection(report) +
                        billSection("The bill now", report.before.bill) +
                        billSection("The bill, consolidated", report.after.bill) +
                        assumptionsSection(report) + yamlSection(report) + "<footer>" +
                        htmlText("ingresslab " + report.toolVersion + ", certificates' rules of " +
                                 report.date + ". An estimate, not an offer.") +
                        "</footer>\n");
}

} // namespace lab::report
