#include "base/decimal.hpp"
#include "report/audit_report.hpp"
#include "report/bill_text.hpp"
#include "report/page.hpp"
#include "report/report.hpp"
#include "report/text_layout.hpp"

#include <algorithm>
#include <map>

namespace lab::report {
namespace {

constexpr std::size_t quotasMax = 4;
constexpr std::size_t labelWidth = 34;
constexpr std::size_t valueWidth = 16;

std::string number(std::size_t value)
{
    return groupThousands(std::to_string(value));
}

std::string money(const cost::Bill& bill)
{
    return groupThousands(toDecimal(bill.amount, 2)) + ' ' + printable(bill.currency);
}

void writeSides(const AuditReport& report, Page& page)
{
    page.heading("Before and after");
    const auto line = [&](const std::string& label, const std::string& a, const std::string& b) {
        page.line(padRight(label, labelWidth) + padLeft(a, valueWidth) + padLeft(b, valueWidth));
    };
    line("", "now", "consolidated");
    line("load balancers", number(report.before.loadBalancers), number(report.after.loadBalancers));
    if (report.ingressAlbs > 0) {
        line("ALBs of Ingresses (not priced)",
             number(report.ingressAlbs),
             number(report.ingressAlbs));
    }
    line("certificates to renew",
         number(report.before.certificates),
         number(report.after.certificates));
    line("node ports taken", number(report.before.nodePorts), number(report.after.nodePorts));
    line("a month", money(report.before.bill), money(report.after.bill));
}

/// All reasons and notes of a row, the gravest first.
std::vector<const audit::Reason*> saidOf(const AuditRow& row)
{
    std::vector<const audit::Reason*> said;
    for (const auto* reasons : {&row.judgement.reasons, &row.judgement.notes}) {
        for (const audit::Reason& reason : *reasons) {
            said.push_back(&reason);
        }
    }
    return said;
}

std::string rowLine(const AuditRow& row)
{
    constexpr std::size_t nameWidth = 30;
    constexpr std::size_t productWidth = 18;
    std::string line =
        "  " + padRight(cutToWidth(printable(row.service), nameWidth), nameWidth + 1) +
        padRight(printable(row.product) + (row.isInternetFacing ? "" : " internal"), productWidth);
    const auto said = saidOf(row);
    line += said.empty() ? "" : printable(said.front()->sign);
    for (std::size_t i = 1; i < said.size(); ++i) {
        line += (i == 1 && said.front()->sign.empty() ? "" : ", ") + said[i]->id;
    }
    return cutToWidth(line, Page::width - Page::indent);
}

/// The rows of one verdict by what is said of them first; what it means is told once.
void writeRows(const AuditReport& report,
               audit::Verdict verdict,
               const std::string& title,
               const std::string& more,
               Page& page)
{
    std::vector<std::string> order;
    std::map<std::string, std::vector<const AuditRow*>> groups;
    for (const AuditRow& row : report.rows) {
        if (row.judgement.verdict != verdict) {
            continue;
        }
        const auto said = saidOf(row);
        const std::string id = said.empty() ? "" : said.front()->id;
        if (groups[id].empty()) {
            order.push_back(id);
        }
        groups[id].push_back(&row);
    }
    if (order.empty()) {
        return;
    }
    page.heading(title + ": " + number(report.count(verdict)), more);
    for (const std::string& id : order) {
        const auto said = saidOf(*groups[id].front());
        page.line();
        page.wrapped(Tone::Plain,
                     said.empty()
                         ? "nothing has to be minded"
                         : printable(id + ": " + said.front()->text) +
                               (said.front()->remedy.empty() ? "" : "; " + said.front()->remedy),
                     2);
        for (const AuditRow* row : groups[id]) {
            page.line(rowLine(*row));
        }
    }
}

void writeLoss(const AuditReport& report, Page& page)
{
    const std::string text = outageText(report);
    if (!text.empty()) {
        page.heading("What one failure hits");
        page.wrapped(Tone::Plain, printable(text));
    }
}

void writeQuotas(const AuditReport& report, Page& page)
{
    if (report.before.quotas.empty()) {
        return;
    }
    page.heading("Which wall comes first, as it is now");
    const std::size_t shown = std::min(report.before.quotas.size(), quotasMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const cost::QuotaUse& quota = report.before.quotas[i];
        page.line(
            padLeft(groupThousands(toDecimal(quota.used, 0)), 8) + " of " +
            padRight(groupThousands(toDecimal(quota.limit, 0)) + (quota.isConfirmed ? "" : "*"),
                     10) +
            cutToWidth(printable(quota.what) +
                           (quota.isAdjustable && !*quota.isAdjustable ? ", cannot be raised" : ""),
                       70));
    }
}

BillTables tablesOf(const AuditReport& audit)
{
    Report report;
    report.styles.resize(2);
    report.styles[0].style = plan::Style::PerService;
    report.styles[0].monthlyCost = audit.before.bill;
    report.styles[1].style = plan::Style::Ingress;
    report.styles[1].monthlyCost = audit.after.bill;
    BillTables tables = billTables(report);
    const char* const names[] = {"now", "consolidated"};
    for (std::size_t i = 0; i < tables.bills.size() && i < 2; ++i) {
        tables.bills[i].style = names[i];
    }
    return tables;
}

} // namespace

std::string auditAsText(const AuditReport& report, bool usesColour)
{
    Page page(usesColour);
    page.line();
    page.wrapped(Tone::Strong, recommendationOf(report));
    page.wrapped(Tone::Faint,
                 "Money is priced (book of " + printable(report.before.bill.bookDate) + ") for " +
                     printable(report.traffic) + '.');
    if (report.rows.empty()) {
        return page.take();
    }
    writeSides(report, page);
    writeRows(report,
              audit::Verdict::Move,
              "Move",
              "an Ingress sends their requests to the same pods",
              page);
    writeRows(report, audit::Verdict::Keep, "Keep", "they would lose something", page);
    writeRows(report, audit::Verdict::Cannot, "Cannot move", "", page);
    writeRows(report, audit::Verdict::IsIngress, "Already your ingress", "", page);
    writeLoss(report, page);
    writeQuotas(report, page);
    writeBills(tablesOf(report), page);
    if (!report.ingressYaml.empty()) {
        page.line();
        page.wrapped(
            Tone::Plain,
            "The Ingresses that do it: ingresslab audit … --yaml FILE. Apply them, let DNS "
            "point to the ingress, watch, and only then set those Services to ClusterIP.");
    }
    return page.take();
}

} // namespace lab::report
