#include "base/decimal.hpp"
#include "report/bill_table.hpp"
#include "report/ink.hpp"
#include "report/render.hpp"
#include "report/summary.hpp"
#include "report/text_layout.hpp"

#include <algorithm>
#include <set>

namespace lab::report {
namespace {

constexpr std::size_t pageWidth = 100;
constexpr std::size_t indent = 2;
constexpr std::size_t questionWidth = 36;
constexpr std::size_t styleWidth = 24;
constexpr std::size_t unitWidth = 13;
/// Doors beyond these many a style are counted, not listed; JSON has them all.
constexpr std::size_t doorsMax = 12;

/// The page while it is written: lines of at most 100 columns.
class Page {
public:
    explicit Page(const TextOptions& options)
        : ink_(options.usesColour)
    {
    }

    [[nodiscard]] const Ink& ink() const { return ink_; }

    void line(const std::string& painted = {})
    {
        if (!painted.empty()) {
            text_ += std::string(indent, ' ') + painted;
        }
        // Spaces at the end are nobody's.
        text_.erase(text_.find_last_not_of(' ') + 1);
        text_ += '\n';
    }

    /// Text of any length, later lines indented by `hang` columns.
    void wrapped(Tone tone, const std::string& text, std::size_t hang = 0)
    {
        const auto lines = wrapText(text, pageWidth - 2 * indent - hang);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            line((i == 0 ? "" : std::string(hang, ' ')) + ink_.paint(tone, lines[i]));
        }
    }

    void rule(std::string_view glyph)
    {
        line(ink_.paint(Tone::Faint, repeated(glyph, pageWidth - 2 * indent)));
    }

    void heading(const std::string& text, const std::string& more = {})
    {
        line();
        line(ink_.paint(Tone::Strong, text) +
             (more.empty() ? "" : ink_.paint(Tone::Faint, "  " + more)));
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    Ink ink_;
    std::string text_;
};

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

/// Widths of the columns of all bills, so that they stand below one another.
struct BillWidths {
    std::size_t what = 0;
    std::size_t price = 0;
    std::size_t unit = 0;
    std::size_t amount = 0;

    void take(const BillTable& bill)
    {
        amount = std::max(amount, displayWidth(bill.total));
        for (const BillRow& row : bill.rows) {
            what = std::max(what, displayWidth(row.what));
            price = std::max(price, displayWidth(row.unitPrice));
            unit = std::max(unit, displayWidth(row.unit));
            amount = std::max(amount, displayWidth(row.amount));
        }
    }

    /// What is left for the detail.
    [[nodiscard]] std::size_t detail() const
    {
        const std::size_t taken =
            indent + 2 + what + 2 + 2 + price + unit + 2 + amount + 6 + indent;
        return taken + 10 < pageWidth ? pageWidth - taken : 10;
    }
};

void writeBillRow(const BillRow& row, const BillWidths& widths, Page& page)
{
    const auto detail = wrapText(row.detail, widths.detail());
    for (std::size_t i = 0; i < detail.size(); ++i) {
        std::string line = "  " + padRight(i == 0 ? row.what : "", widths.what) + "  " +
                           page.ink().paint(Tone::Faint, padRight(detail[i], widths.detail()));
        if (i == 0) {
            line += "  " + padLeft(row.unitPrice, widths.price) +
                    page.ink().paint(Tone::Faint, padRight(row.unit, widths.unit)) + "  " +
                    padLeft(row.amount, widths.amount) + (row.isConfirmed ? ' ' : '*') +
                    page.ink().paint(Tone::Faint,
                                     padLeft('[' + std::to_string(row.reference) + ']', 5));
        }
        page.line(line);
    }
}

void writeBills(const Report& report, Page& page)
{
    const BillTables tables = billTables(report);
    BillWidths widths;
    for (const BillTable& bill : tables.bills) {
        widths.take(bill);
    }
    page.heading("What it costs a month", tables.market);
    for (const BillTable& bill : tables.bills) {
        const std::size_t numbers =
            2 + widths.what + 2 + widths.detail() + 2 + widths.price + widths.unit + 2;
        page.line();
        page.line(padRight(bill.style, numbers) +
                  page.ink().paint(Tone::Strong, padLeft(bill.total, widths.amount)) + ' ' +
                  bill.currency);
        for (const BillRow& row : bill.rows) {
            writeBillRow(row, widths, page);
        }
    }
    page.line();
    for (std::size_t i = 0; i < tables.sources.size(); ++i) {
        page.wrapped(Tone::Faint, '[' + std::to_string(i + 1) + "] " + tables.sources[i], 4);
    }
    if (tables.hasRecalled) {
        page.wrapped(Tone::Faint,
                     "*   recalled, not confirmed by a source: check it before you rely on it",
                     4);
    }
    if (!tables.assumptions.empty()) {
        page.heading("Assumed");
        for (const std::string& assumption : tables.assumptions) {
            page.wrapped(Tone::Plain, "· " + assumption, 2);
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
    const auto lines = wrapText(text, pageWidth - 2 * indent - verdictWidth);
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
            for (const std::string& line : wrapText(more, pageWidth - 2 * indent - verdictWidth)) {
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
    Page page(options);
    writeTitle(report, page);
    if (!report.styles.empty()) {
        writeTable(report, page);
        writeBills(report, page);
        writeDoors(report, page);
    }
    writeExpectations(report, page);
    page.line();
    return page.take();
}

} // namespace lab::report
