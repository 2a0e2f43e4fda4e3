#include "base/decimal.hpp"
#include "report/cost_report.hpp"
#include "report/markdown_text.hpp"
#include "report/text_layout.hpp"

namespace lab::report {
namespace {

std::string money(double amount, const std::string& currency)
{
    return groupThousands(toDecimal(amount, 2)) + ' ' + currency;
}

std::string star(bool isConfirmed)
{
    return isConfirmed ? "" : "\\*";
}

std::string billTable(const std::string& title, const cost::Bill& bill)
{
    std::string text = "\n### " + title + ": " + markdownText(money(bill.amount, bill.currency)) +
                       "\n\n| line | quantity | unit price | amount |\n|---|---:|---:|---:|\n";
    for (const cost::BillLine& line : bill.lines) {
        text += "| " + markdownText(line.what + " (" + line.detail + ")") + " | " +
                groupThousands(toDecimal(line.quantity, 2)) + ' ' + markdownText(line.unit) +
                " | " + toShortDecimal(line.unitPrice, 6) + " | " +
                groupThousands(toDecimal(line.amount, 2)) + star(line.isConfirmed) + " |\n";
    }
    return text;
}

std::string quotaTable(const CostReport& cost)
{
    if (cost.quotas.empty()) {
        return {};
    }
    std::string text =
        "\n### Which limit comes first\n\n| limit | used | of | full at | adjustable "
        "|\n|---|---:|---:|---:|---|\n";
    for (const cost::QuotaUse& quota : cost.quotas) {
        text += "| " + markdownText(quota.what) + " | " +
                groupThousands(toShortDecimal(quota.used, 1)) + " | " +
                groupThousands(toShortDecimal(quota.limit, 0)) + star(quota.isConfirmed) + " | " +
                groupThousands(toShortDecimal(quota.servicesAtLimit(), 0)) + " | " +
                (!quota.isAdjustable   ? "not known"
                 : *quota.isAdjustable ? "yes"
                                       : "no") +
                " |\n";
    }
    return text;
}

std::string certificateTable(const CostReport& cost)
{
    if (cost.names == 0) {
        return {};
    }
    std::string head = "| | certificates |";
    std::string rule = "|---|---:|";
    for (const cost::LifetimeRegime& regime : cost.regimes) {
        head += " a year at " + toShortDecimal(regime.days, 0) + " days" +
                star(regime.isConfirmed) + " |";
        rule += "---:|";
    }
    std::string text = "\n### Certificates and renewals\n\n" + head + '\n' + rule + '\n';
    for (const CertificateRow& row : cost.certificates) {
        text += "| " + markdownText(row.grouping) + " | " +
                groupThousands(std::to_string(row.certificates)) + " |";
        for (const double renewals : row.renewalsPerYear) {
            text += ' ' + groupThousands(toDecimal(renewals, renewals < 100 ? 1 : 0)) + " |";
        }
        text += '\n';
    }
    return text;
}

} // namespace

std::string costAsMarkdown(const CostReport& report)
{
    const cost::Bill& many = report.perService.bill;
    std::string text = "## What both styles cost a month\n\n" + markdownText(answerOf(report)) +
                       "\n\nPriced from the book of " + markdownText(many.bookDate) + " for " +
                       markdownText(report.traffic) + ".\n";
    text += billTable("A load balancer each", many);
    text += billTable("One ingress", report.ingress.bill);
    text += certificateTable(report) + quotaTable(report);
    const std::string limits = limitText(report);
    text += limits.empty() ? "" : "\n### How far a limit reaches\n\n" + markdownText(limits) + '\n';
    return text + "\n\\* recalled, not confirmed by a source.\n";
}

} // namespace lab::report
