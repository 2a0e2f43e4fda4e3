#include "report/summary.hpp"

#include "base/decimal.hpp"
#include "report/comparison.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace lab::report {
namespace {

/// Statuses beyond these many are summed up in one row.
constexpr std::size_t statusRowsMax = 8;

constexpr const char* none = "–";

std::string grouped(double value, int decimals)
{
    return groupThousands(toDecimal(value, decimals));
}

/// A latency in three figures: 0.412, 41.2, 412.
std::string milliseconds(double value)
{
    return grouped(value, value < 10 ? 2 : value < 100 ? 1 : 0);
}

std::string withUnit(const Measure& measure, std::string& unit)
{
    if (measure.unit == "ms") {
        unit = "ms";
        return milliseconds(measure.value);
    }
    if (measure.unit == "1/s") {
        unit = "/s";
        return grouped(measure.value, 1);
    }
    if (measure.unit == "ratio") {
        unit = "×";
        return grouped(measure.value, 2);
    }
    if (measure.unit == "bool") {
        return measure.value != 0 ? "yes" : "no";
    }
    const std::size_t slash = measure.unit.find("/month");
    if (slash != std::string::npos) {
        unit = measure.unit.substr(0, slash);
        return grouped(measure.value, 2);
    }
    return grouped(measure.value, 0);
}

/// Writes the rows one after the other.
class Rows {
public:
    explicit Rows(const Report& report)
        : report_(report)
        , comparisons_(compareStyles(report))
    {
    }

    /// The row of a measure; left out where no style has it.
    SummaryRow* add(std::string question, std::string_view metric)
    {
        SummaryRow row;
        row.question = std::move(question);
        bool isThere = false;
        for (const StyleReport& style : report_.styles) {
            const std::optional<Measure> measure = measureAt(style, metric);
            SummaryCell cell;
            if (measure) {
                cell.number = withUnit(*measure, cell.unit);
                row.origin = measure->origin;
                isThere = true;
            } else {
                cell.number = none;
            }
            row.cells.push_back(std::move(cell));
        }
        if (!isThere) {
            return nullptr;
        }
        if (const ComparisonRow* compared = comparisonOf(comparisons_, metric)) {
            row.comparison = compared->shortText;
        }
        rows_.push_back(std::move(row));
        return &rows_.back();
    }

    SummaryRow* addGroup(std::string question, std::string_view metric)
    {
        SummaryRow* row = add(std::move(question), metric);
        if (row != nullptr) {
            row->beginsGroup = true;
        }
        return row;
    }

    void addDetail(std::string question, std::string_view metric)
    {
        if (SummaryRow* row = add(std::move(question), metric)) {
            row->isDetail = true;
        }
    }

    void push(SummaryRow row) { rows_.push_back(std::move(row)); }
    std::vector<SummaryRow> take() { return std::move(rows_); }

private:
    const Report& report_;
    std::vector<ComparisonRow> comparisons_;
    std::vector<SummaryRow> rows_;
};

/// No: the scenario sets no limit.
bool addLimit(const Report& report, Rows& rows)
{
    const auto limited = std::find_if(report.styles.begin(),
                                      report.styles.end(),
                                      [](const StyleReport& s) { return s.overallLimit; });
    if (limited == report.styles.end()) {
        return false;
    }
    const LimitVerdict& wish = *limited->overallLimit;
    SummaryRow* held = rows.addGroup("Limit of " + grouped(wish.ratePerSecond, 0) + "/s, burst " +
                                         grouped(wish.burst, 0) + ", held?",
                                     "overallLimit.held");
    for (std::size_t i = 0; i < report.styles.size(); ++i) {
        const auto& limit = report.styles[i].overallLimit;
        SummaryCell& cell = held->cells[i];
        if (!limit) {
            continue;
        }
        if (limit->enforcingPoints == 0) {
            cell.number = limit->isHeld ? "yes" : "no";
            cell.unit = "cannot limit";
        }
        cell.tone = limit->isHeld ? Tone::Good : Tone::Bad;
    }
    rows.addDetail("places that enforce it", "overallLimit.enforcingPoints");
    rows.addDetail("offered", "overallLimit.offeredPerSecond");
    rows.addDetail("admitted", "overallLimit.admittedPerSecond");
    rows.addDetail("one exact limit admits", "overallLimit.idealPerSecond");
    rows.addDetail("admitted / exact", "overallLimit.factor");
    return true;
}

void addStatuses(const Report& report, Rows& rows)
{
    std::set<std::uint16_t> statuses;
    for (const StyleReport& style : report.styles) {
        for (const auto& [status, count] : style.measurements.statusCounts) {
            statuses.insert(status);
        }
    }
    SummaryRow others;
    others.question = "Other statuses";
    std::vector<std::uint64_t> rest(report.styles.size(), 0);
    std::size_t shown = 0;
    for (const std::uint16_t status : statuses) {
        const std::string text = std::to_string(status);
        if (shown++ < statusRowsMax) {
            SummaryRow* row = rows.add("Answers " + text, "statusCounts." + text);
            row->beginsGroup = shown == 1;
            continue;
        }
        for (std::size_t i = 0; i < report.styles.size(); ++i) {
            const auto& counts = report.styles[i].measurements.statusCounts;
            const auto found = counts.find(status);
            rest[i] += found == counts.end() ? 0 : found->second;
        }
    }
    if (shown > statusRowsMax) {
        others.origin = report.styles.front().trafficOrigin;
        for (const std::uint64_t count : rest) {
            others.cells.push_back({grouped(static_cast<double>(count), 0), "", Tone::Plain});
        }
        rows.push(std::move(others));
    }
}

/// A bill with a price that no source confirms says so in every place.
void markRecalled(const Report& report, SummaryRow* row)
{
    for (std::size_t i = 0; row != nullptr && i < report.styles.size(); ++i) {
        const auto& lines = report.styles[i].monthlyCost.lines;
        if (std::any_of(lines.begin(), lines.end(), [](const auto& l) { return !l.isConfirmed; })) {
            row->cells[i].unit += " *";
        }
    }
}

void paintFailures(SummaryRow* row)
{
    if (row == nullptr) {
        return;
    }
    for (SummaryCell& cell : row->cells) {
        if (cell.number != "0") {
            cell.tone = Tone::Bad;
        }
    }
}

void paintLatency(const Report& report, SummaryRow* row)
{
    for (std::size_t i = 0; row != nullptr && i < report.styles.size(); ++i) {
        if (report.styles[i].measurements.isGeneratorSaturated()) {
            row->cells[i].tone = Tone::Unsure;
        }
    }
}

std::string pluralOf(std::size_t count, const std::string& word)
{
    return groupThousands(std::to_string(count)) + ' ' + word + (count == 1 ? "" : "s");
}

} // namespace

std::vector<SummaryRow> summarise(const Report& report)
{
    Rows rows(report);
    markRecalled(report, rows.add("Monthly cost", "monthlyCost"));
    rows.add("Load balancers", "loadBalancers");
    rows.add("Certificates to renew", "certificates");
    rows.add("Controller pods in the run", "controllers");
    if (addLimit(report, rows)) {
        rows.addGroup("Requests answered", "requestsPerSecond");
    } else {
        rows.addGroup("Requests offered", "offeredPerSecond");
        rows.add("Requests answered", "requestsPerSecond");
    }
    paintLatency(report, rows.add("Latency p50", "latency.p50"));
    paintLatency(report, rows.add("Latency p99", "latency.p99"));
    addStatuses(report, rows);
    paintFailures(rows.add("Errors", "errors.count"));
    rows.add("Requests without a door", "noDoor");
    return rows.take();
}

std::vector<std::string> describeDoors(const StyleReport& style)
{
    std::map<plan::DoorMode, std::size_t> modes;
    std::size_t controllers = 0;
    for (const DoorRow& door : style.doors) {
        if (door.role == plan::DoorRole::Controller) {
            ++controllers;
        } else {
            ++modes[door.mode];
        }
    }
    std::vector<std::string> parts;
    parts.reserve(modes.size() + 1);
    for (const auto& [mode, count] : modes) {
        parts.push_back(pluralOf(count, std::string(plan::toText(mode)) + " door"));
    }
    if (parts.empty()) {
        parts.emplace_back("no door");
    }
    if (controllers > 0) {
        parts.push_back("→ " + pluralOf(controllers, "controller"));
    }
    return parts;
}

std::vector<std::string> describeRun(const Report& report)
{
    std::vector<std::string> parts;
    if (!report.scenario.empty() && !report.title.empty()) {
        parts.push_back(report.scenario);
    }
    parts.push_back(report.clock + " clock");
    parts.push_back("seed " + std::to_string(report.seed));
    if (!report.date.empty()) {
        parts.push_back(report.date);
    }
    parts.push_back("profile " + std::string(plan::toText(report.profile)));
    if (!report.styles.empty()) {
        const double seconds = toSeconds(report.styles.front().measurements.measured);
        const bool isSimulated = report.styles.front().trafficOrigin == Origin::Simulated;
        parts.push_back(toDecimal(seconds, 1) +
                        (isSimulated ? " s simulated a style" : " s measured a style"));
    }
    return parts;
}

std::string countExpectations(const Report& report)
{
    std::array<std::size_t, 3> counts{};
    for (const ExpectationResult& expectation : report.expectations) {
        ++counts[static_cast<std::size_t>(expectation.verdict)];
    }
    std::string text = std::to_string(counts[0]) + " held";
    if (counts[1] > 0) {
        text += ", " + std::to_string(counts[1]) + " failed";
    }
    if (counts[2] > 0) {
        text += ", " + std::to_string(counts[2]) + " inconclusive";
    }
    return text;
}

std::string countFindings(const Report& report)
{
    std::map<Severity, std::size_t, std::greater<>> counts; // The worst first.
    for (const Finding& finding : report.findings) {
        ++counts[finding.severity];
    }
    std::string text;
    for (const auto& [severity, count] : counts) {
        const bool hasPlural = severity <= Severity::Error; // "2 refused" has none.
        const std::string word(toText(severity));
        text += text.empty() ? "" : ", ";
        text += hasPlural ? pluralOf(count, word) : std::to_string(count) + ' ' + word;
    }
    return text;
}

} // namespace lab::report
