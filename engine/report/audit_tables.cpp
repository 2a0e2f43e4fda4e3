#include "base/decimal.hpp"
#include "report/audit_report.hpp"
#include "report/markdown_text.hpp"
#include "report/text_layout.hpp"

namespace lab::report {
namespace {

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// What is said of it, the remedies too.
std::string reasonsOf(const AuditRow& row)
{
    std::string text;
    for (const auto* reasons : {&row.judgement.reasons, &row.judgement.notes}) {
        for (const audit::Reason& reason : *reasons) {
            text += (text.empty() ? "" : ". ") + (reason.sign.empty() ? "" : reason.sign + ": ") +
                    reason.text + (reason.remedy.empty() ? "" : "; " + reason.remedy);
        }
    }
    return text;
}

std::string idsOf(const AuditRow& row)
{
    std::vector<std::string> ids;
    for (const auto* reasons : {&row.judgement.reasons, &row.judgement.notes}) {
        for (const audit::Reason& reason : *reasons) {
            ids.push_back(reason.id);
        }
    }
    return joined(ids);
}

/// Quoted, and harmless: what begins like a formula gets an apostrophe before it.
std::string csvCell(const std::string& text)
{
    const std::string clean = printable(text);
    std::string quoted = "\"";
    if (!clean.empty() && std::string_view("=+-@\t\r").find(clean[0]) != std::string_view::npos) {
        quoted += '\'';
    }
    for (const char c : clean) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

std::string money(const cost::Bill& bill)
{
    return groupThousands(toDecimal(bill.amount, 2)) + ' ' + printable(bill.currency);
}

} // namespace

std::string auditAsMarkdown(const AuditReport& report)
{
    const auto line = [](const char* label, const std::string& a, const std::string& b) {
        return std::string("| ") + label + " | " + a + " | " + b + " |\n";
    };
    const auto number = [](std::size_t value) { return groupThousands(std::to_string(value)); };
    std::string text =
        "## Load balancers, audited\n\n" + markdownText(recommendationOf(report)) + "\n\n";
    text += "Priced from the book of " + markdownText(report.before.bill.bookDate) + " for " +
            markdownText(report.traffic) + ".\n\n";
    text += "| | now | consolidated |\n|---|---:|---:|\n";
    text += line(
        "load balancers", number(report.before.loadBalancers), number(report.after.loadBalancers));
    text += line("certificates to renew",
                 number(report.before.certificates),
                 number(report.after.certificates));
    text +=
        line("node ports taken", number(report.before.nodePorts), number(report.after.nodePorts));
    text += line("a month", money(report.before.bill), money(report.after.bill));
    text += report.outage.availability > 0 ? '\n' + markdownText(outageText(report)) + '\n' : "";
    text += "\n| Service | verdict | made as | why |\n|---|---|---|---|\n";
    for (const AuditRow& row : report.rows) {
        text += "| " + markdownText(row.service) + " | " +
                std::string(audit::toText(row.judgement.verdict)) + " | " +
                markdownText(row.product) + (row.isInternetFacing ? "" : ", internal") + " | " +
                markdownText(reasonsOf(row)) + " |\n";
    }
    if (!report.ingressYaml.empty()) {
        text += "\n<details><summary>The Ingresses</summary>\n\n```yaml\n" + report.ingressYaml +
                "```\n\n</details>\n";
    }
    return text;
}

std::string auditAsCsv(const AuditReport& report)
{
    std::string text = "service,verdict,product,scheme,addresses,hosts,reasons,text\r\n";
    for (const AuditRow& row : report.rows) {
        text += csvCell(row.service) + ',' + std::string(audit::toText(row.judgement.verdict)) +
                ',' + csvCell(row.product) + ',' +
                (row.isInternetFacing ? "internet-facing" : "internal") + ',' +
                csvCell(joined(row.addresses)) + ',' + csvCell(joined(row.hosts)) + ',' +
                csvCell(idsOf(row)) + ',' + csvCell(reasonsOf(row)) + "\r\n";
    }
    return text;
}

} // namespace lab::report
