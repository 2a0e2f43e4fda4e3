#include "report/bill_table.hpp"
#include "report/render.hpp"
#include "report/summary.hpp"
#include "report/text_layout.hpp"

namespace lab::report {
namespace {

/// Text for a table cell: what Markdown and HTML would take for their own is escaped.
std::string escaped(std::string_view text)
{
    std::string clean;
    for (const char c : printable(text)) {
        if (c == '<') {
            clean += "&lt;";
        } else if (c == '>') {
            clean += "&gt;";
        } else if (c == '&') {
            clean += "&amp;";
        } else {
            if (c == '|' || c == '*' || c == '_' || c == '`' || c == '[' || c == '\\') {
                clean += '\\';
            }
            clean += c;
        }
    }
    return clean;
}

std::string row(const std::vector<std::string>& cells)
{
    std::string text = "|";
    for (const std::string& cell : cells) {
        text += ' ' + cell + " |";
    }
    return text + '\n';
}

void writeTitle(const Report& report, std::string& text)
{
    text += "## " + escaped(!report.title.empty() ? report.title : report.scenario) + "\n\n";
    std::string run;
    for (const std::string& part : describeRun(report)) {
        run += (run.empty() ? "" : " · ") + escaped(part);
    }
    text += run + "\n\n";
    if (report.wasInterrupted) {
        text += "**Interrupted: the results are partial.**\n\n";
    }
}

void writeSummary(const Report& report, std::string& text)
{
    std::vector<std::string> names{""};
    std::vector<std::string> rules{"---"};
    std::vector<std::string> doors{"Doors"};
    for (const StyleReport& style : report.styles) {
        names.emplace_back(plan::toText(style.style));
        rules.emplace_back("---:");
        std::string parts;
        for (const std::string& part : describeDoors(style)) {
            parts += (parts.empty() ? "" : " ") + part;
        }
        doors.push_back(std::move(parts));
    }
    names.insert(names.end(), {"ingress compared", "origin"});
    rules.insert(rules.end(), {"---", "---"});
    doors.insert(doors.end(), {"", std::string(toText(Origin::Counted))});
    text += row(names) + row(rules) + row(doors);
    for (const SummaryRow& summary : summarise(report)) {
        std::vector<std::string> cells{(summary.isDetail ? "&nbsp;&nbsp;" : "") +
                                       escaped(summary.question)};
        for (const SummaryCell& cell : summary.cells) {
            const std::string value = cell.number + (cell.unit.empty() ? "" : ' ' + cell.unit);
            const bool isMarked = cell.tone == Tone::Bad || cell.tone == Tone::Good;
            cells.push_back(isMarked ? "**" + escaped(value) + "**" : escaped(value));
        }
        cells.push_back(escaped(summary.comparison));
        cells.emplace_back(toText(summary.origin));
        text += row(cells);
    }
    text += '\n';
}

void writeBills(const Report& report, std::string& text)
{
    const BillTables tables = billTables(report);
    text += "### What it costs a month\n\n" + escaped(tables.market) + "\n\n";
    for (const BillTable& bill : tables.bills) {
        text += "<details><summary>" + bill.style + ": " + bill.total + ' ' +
                escaped(bill.currency) + "</summary>\n\n";
        text += row({"for", "how much", "unit price", "amount", "source"});
        text += row({"---", "---", "---:", "---:", "---"});
        for (const BillRow& line : bill.rows) {
            text += row({escaped(line.what),
                         escaped(line.detail),
                         line.unitPrice + escaped(line.unit),
                         line.amount + (line.isConfirmed ? "" : " \\*"),
                         std::to_string(line.reference)});
        }
        text += "\n</details>\n\n";
    }
    text += "<details><summary>Sources and assumptions</summary>\n\n";
    for (std::size_t i = 0; i < tables.sources.size(); ++i) {
        text += std::to_string(i + 1) + ". " + escaped(tables.sources[i]) + '\n';
    }
    text += '\n';
    if (tables.hasRecalled) {
        text += "\\* recalled, not confirmed by a source: check it before you rely on it\n\n";
    }
    for (const std::string& assumption : tables.assumptions) {
        text += "- " + escaped(assumption) + '\n';
    }
    text += "\n</details>\n\n";
}

std::string verdictText(const ExpectationResult& result)
{
    switch (result.verdict) {
    case ExpectationResult::Verdict::Passed:
        return "✅ passed";
    case ExpectationResult::Verdict::Failed:
        return "❌ failed";
    case ExpectationResult::Verdict::Inconclusive:
        return "❔ inconclusive";
    }
    return {};
}

void writeExpectations(const Report& report, std::string& text)
{
    if (report.expectations.empty()) {
        return;
    }
    text += "### Expectations: " + countExpectations(report) + "\n\n";
    text += row({"", "expected", "actual", "because", "where"});
    text += row({"---", "---", "---", "---", "---"});
    for (const ExpectationResult& result : report.expectations) {
        text += row({verdictText(result),
                     escaped(result.text) + (result.isGate ? " (gate)" : ""),
                     escaped(result.actual),
                     escaped(result.because),
                     escaped(lab::toText(result.place))});
    }
    text += '\n';
}

} // namespace

std::string renderMarkdown(const Report& report)
{
    std::string text;
    writeTitle(report, text);
    if (!report.styles.empty()) {
        writeSummary(report, text);
        writeBills(report, text);
    }
    writeExpectations(report, text);
    if (const std::string findings = countFindings(report); !findings.empty()) {
        text += "Findings: " + findings + "\n";
    }
    while (text.ends_with("\n\n")) {
        text.pop_back();
    }
    return text;
}

} // namespace lab::report
