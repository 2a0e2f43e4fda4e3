#include "base/decimal.hpp"
#include "report/bill_table.hpp"
#include "report/bill_text.hpp"
#include "report/page.hpp"
#include "report/render.hpp"
#include "report/summary.hpp"
#include "report/text_layout.hpp"

#include <algorithm>
#include <set>

namespace lab::report {
namespace {

constexpr std::size_t questionWidth = 36;
constexpr std::size_t styleWidth = 24;
constexpr std::size_t unitWidth = 13;
/// Doors beyond these many a style are counted, not listed; JSON has them all.
constexpr std::size_t doorsMax = 12;

std::string joined(const std::vector<std::string>& parts, const char* separator)
{
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : separator) + part;
    }
    return text;
}

void writeTitle(const Report& report, Page& page)
{
    const std::string title = printable(!report.title.empty() ? report.title : report.scenario);
    page.line();
    page.wrapped(Tone::Strong, title.empty() ? "Comparison" : title);
    page.wrapped(Tone::Faint, printable(joined(describeRun(report), " · ")));
    if (report.wasInterrupted) {
        page.line(page.ink().paint(Tone::Unsure, "interrupted: the results are partial"));
    }
}

/// One letter for each origin, and the legend's words.
char letterOf(Origin origin)
{
    return toText(origin).front();
}

std::string legendOf(Origin origin, const std::string& bookDate)
{
    switch (origin) {
    case Origin::Measured:
        return "m measured on real sockets";
    case Origin::Simulated:
        return "s simulated in virtual time";
    case Origin::Priced:
        return "p priced (" + bookDate + ")";
    case Origin::Theory:
        return "t theory";
    case Origin::Counted:
        return "c counted in the plan";
    }
    return {};
}

/// The columns' names, and below them what each style is made of.
void writeTableHead(const Report& report, Page& page)
{
    const bool isCompared = report.styles.size() > 1;
    std::string names(questionWidth, ' ');
    std::vector<std::vector<std::string>> columns;
    std::size_t height = 1;
    for (const StyleReport& style : report.styles) {
        const std::string name(plan::toText(style.style));
        names += page.ink().paint(Tone::Strong, padRight(name, styleWidth));
        columns.push_back(describeDoors(style));
        height = std::max(height, columns.back().size());
    }
    page.line();
    page.line(names + page.ink().paint(Tone::Faint, isCompared ? "ingress" : ""));
    for (std::size_t i = 0; i < height; ++i) {
        std::string doors(questionWidth, ' ');
        for (const auto& column : columns) {
            doors += padRight(i < column.size() ? column[i] : "", styleWidth);
        }
        page.line(doors + page.ink().paint(Tone::Faint, isCompared && i == 0 ? "compared" : ""));
    }
    page.rule("━");
}

void writeRow(const SummaryRow& row, Page& page)
{
    const std::string question = (row.isDetail ? "  " : "") + row.question;
    std::string line = padRight(cutToWidth(question, questionWidth - 4), questionWidth - 3);
    line += page.ink().paint(Tone::Faint, std::string(1, letterOf(row.origin))) + "  ";
    for (const SummaryCell& cell : row.cells) {
        const std::string number = padLeft(cell.number, styleWidth - unitWidth - 1);
        line += page.ink().paint(cell.tone, number) + ' ' + padRight(cell.unit, unitWidth);
    }
    page.line(line + row.comparison);
}

void writeTable(const Report& report, Page& page)
{
    writeTableHead(report, page);
    std::set<Origin> origins;
    for (const SummaryRow& row : summarise(report)) {
        if (row.beginsGroup) {
            page.rule("─");
        }
        writeRow(row, page);
        origins.insert(row.origin);
    }
    page.rule("━");
    const std::string bookDate = printable(report.styles.front().monthlyCost.bookDate);
    std::string legend;
    for (const Origin origin : origins) {
        legend += (legend.empty() ? "" : " · ") + legendOf(origin, bookDate);
    }
    page.wrapped(Tone::Faint, legend);
    for (const StyleReport& style : report.styles) {
        if (style.measurements.isGeneratorSaturated()) {
            page.wrapped(Tone::Unsure,
                         std::string(plan::toText(style.style)) +
                             ": the load generator was late for more than 1 % of its requests; "
                             "latencies are inconclusive");
        }
    }
}

std::string roleText(const DoorRow& door)
{
    const bool isController = door.role == plan::DoorRole::Controller;
    return std::string(isController ? "controller" : "load balancer") +
           (door.isDerived ? ", derived" : "");
}

void writeDoors(const Report& report, Page& page)
{
    constexpr std::size_t nameWidth = 40;
    page.heading("Doors");
    page.line(page.ink().paint(Tone::Faint,
                               std::string(nameWidth, ' ') + padRight("", 26) + "mode  " +
                                   padLeft("routes", 8) + padLeft("requests", 12)));
    for (const StyleReport& style : report.styles) {
        page.line(std::string(plan::toText(style.style)));
        const std::size_t shown = std::min(style.doors.size(), doorsMax);
        for (std::size_t i = 0; i < shown; ++i) {
            const DoorRow& door = style.doors[i];
            const std::string name = cutToWidth(printable(door.name), nameWidth - 3);
            page.line(padRight("  " + name, nameWidth) + padRight(roleText(door), 26) +
                      padRight(std::string(plan::toText(door.mode)), 6) +
                      padLeft(door.routes == 0 ? "–" : std::to_string(door.routes), 8) +
                      padLeft(groupThousands(std::to_string(door.requests)), 12));
        }
        if (shown < style.doors.size()) {
            page.line("  … and " + groupThousands(std::to_string(style.doors.size() - shown)) +
                      " more; -o json lists them all");
        }
    }
}

struct VerdictText {
    const char* word;
    Tone tone;
};

VerdictText textOf(ExpectationResult::Verdict verdict)
{
    switch (verdict) {
    case ExpectationResult::Verdict::Passed:
        return {"PASS", Tone::Good};
    case ExpectationResult::Verdict::Failed:
        return {"FAIL", Tone::Bad};
    case ExpectationResult::Verdict::Inconclusive:
        return {"INCONCLUSIVE", Tone::Unsure};
    }
    return {"", Tone::Plain};
}

void writeExpectation(const ExpectationResult& expectation, Page& page)
{
    constexpr std::size_t verdictWidth = 14;
    const auto [word, tone] = textOf(expectation.verdict);
    const bool isHeld = expectation.verdict == ExpectationResult::Verdict::Passed;
    std::string text = printable(expectation.text) + (expectation.isGate ? "  (gate)" : "");
    if (!isHeld && !expectation.actual.empty()) {
        text += "; it is " + printable(expectation.actual);
    }
    const auto lines = wrapText(text, Page::width - 2 * Page::indent - verdictWidth);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string verdict = padRight(i == 0 ? word : "", verdictWidth);
        page.line(page.ink().paint(tone, verdict) + lines[i]);
    }
    if (isHeld) {
        return;
    }
    const std::string place = printable(lab::toText(expectation.place));
    for (const std::string& more : {printable(expectation.because), place}) {
        if (!more.empty()) {
            for (const std::string& line :
                 wrapText(more, Page::width - 2 * Page::indent - verdictWidth)) {
                page.line(std::string(verdictWidth, ' ') + page.ink().paint(Tone::Faint, line));
            }
        }
    }
}

void writeExpectations(const Report& report, Page& page)
{
    if (const std::string findings = countFindings(report); !findings.empty()) {
        page.heading("Findings", findings);
    }
    if (report.expectations.empty()) {
        return;
    }
    page.heading("Expectations", countExpectations(report));
    for (const ExpectationResult& expectation : report.expectations) {
        writeExpectation(expectation, page);
    }
}

} // namespace

std::string renderText(const Report& report, const TextOptions& options)
{
    Page page(options.usesColour);
    writeTitle(report, page);
    if (!report.styles.empty()) {
        writeTable(report, page);
        writeBills(billTables(report), page);
        writeDoors(report, page);
    }
    writeExpectations(report, page);
    page.line();
    return page.take();
}

} // namespace lab::report
