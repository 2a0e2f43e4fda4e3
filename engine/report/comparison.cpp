#include "report/comparison.hpp"

#include "base/decimal.hpp"

#include <algorithm>
#include <cmath>

namespace lab::report {
namespace {

/// How a difference is put into words: what it is of, and how it is counted.
struct Wording {
    enum class Kind { Share, Count, Latency, Factor };
    std::string_view metric;
    Kind kind;
    std::string_view verb; ///< What the ingress does: "costs"
    std::string_view what; ///< "a month"
};

using Kind = Wording::Kind;

constexpr const char* same = "the same";
constexpr double largeRatio = 3; ///< From here on "3.4 times" says more than "240 % more".

constexpr Wording wordings[] = {
    {"monthlyCost", Kind::Share, "costs", "a month"},
    {"loadBalancers", Kind::Count, "needs", "load balancer"},
    {"certificates", Kind::Count, "needs", "certificate"},
    {"controllers", Kind::Count, "runs", "controller pod"},
    {"overallLimit.admittedPerSecond", Kind::Share, "admitted", "a second"},
    {"overallLimit.factor", Kind::Factor, "admitted", "what one exact limit would have"},
    {"requestsPerSecond", Kind::Share, "answered", "a second"},
    {"latency.p50", Kind::Latency, "takes", "median"},
    {"latency.p99", Kind::Latency, "takes", "99th percentile"},
    {"errors.ratio", Kind::Factor, "failed", "of all requests"},
};

std::string percent(double share)
{
    const double value = std::abs(share) * 100;
    return toDecimal(value, value < 10 ? 1 : 0) + " %";
}

bool isSame(double share)
{
    return std::abs(share) < 0.0005;
}

std::string shareText(const ComparisonRow& row)
{
    if (!row.ratio) {
        return row.difference == 0 ? same : "none before";
    }
    const double share = *row.ratio - 1;
    if (isSame(share)) {
        return same;
    }
    if (*row.ratio >= largeRatio) {
        return toDecimal(*row.ratio, 1) + " times";
    }
    return percent(share) + (share < 0 ? " less" : " more");
}

std::string countText(const ComparisonRow& row)
{
    if (row.difference == 0) {
        return same;
    }
    return groupThousands(toDecimal(std::abs(row.difference), 0)) +
           (row.difference < 0 ? " fewer" : " more");
}

std::string latencyText(const ComparisonRow& row)
{
    const std::string text = toDecimal(std::abs(row.difference), 2);
    if (text == "0.00") {
        return same;
    }
    return text + (row.difference < 0 ? " ms less" : " ms more");
}

std::string quantityText(double value, std::string_view singular)
{
    std::string text = groupThousands(toDecimal(value, 0)) + ' ';
    text += singular;
    return value == 1 ? text : text + 's';
}

std::string factorSentence(const Wording& wording, const ComparisonRow& row)
{
    const bool isShare = row.metric == "errors.ratio";
    const auto value = [isShare](double factor) {
        return isShare ? percent(factor) : toDecimal(factor, 2) + " times";
    };
    std::string text = "per-service ";
    text += wording.verb;
    text += (isShare ? " for " : " ") + value(row.perService.value) + ' ';
    text += wording.what;
    return text + ", the ingress " + (isShare ? "for " : "") + value(row.ingress.value);
}

std::string shareSentence(const Wording& wording, const ComparisonRow& row)
{
    std::string text = "the ingress ";
    text += wording.verb;
    text += ' ';
    if (row.ratio && *row.ratio >= largeRatio) {
        text += toDecimal(*row.ratio, 1) + " times as much ";
        text += wording.what;
        return text + " as per-service";
    }
    const bool isEqual = row.shortText == same;
    text += row.shortText + ' ';
    text += wording.what;
    return text + (isEqual ? " as per-service" : " than per-service");
}

std::string latencySentence(const Wording& wording, const ComparisonRow& row)
{
    std::string text = "at the ";
    text += wording.what;
    return text + " the ingress takes " +
           (row.shortText == same ? "the same time as per-service"
                                  : row.shortText + " than per-service");
}

std::string countSentence(const Wording& wording, const ComparisonRow& row)
{
    std::string text = "the ingress ";
    text += wording.verb;
    return text + ' ' + quantityText(row.ingress.value, wording.what) + ", per-service " +
           groupThousands(toDecimal(row.perService.value, 0));
}

ComparisonRow compare(const Wording& wording, const Measure& perService, const Measure& ingress)
{
    ComparisonRow row;
    row.metric = wording.metric;
    row.perService = perService;
    row.ingress = ingress;
    row.difference = ingress.value - perService.value;
    if (perService.value != 0) {
        row.ratio = ingress.value / perService.value;
    }
    switch (wording.kind) {
    case Kind::Share:
        row.shortText = shareText(row);
        row.sentence = shareSentence(wording, row);
        break;
    case Kind::Count:
        row.shortText = countText(row);
        row.sentence = countSentence(wording, row);
        break;
    case Kind::Latency:
        row.shortText = latencyText(row);
        row.sentence = latencySentence(wording, row);
        break;
    case Kind::Factor:
        row.sentence = factorSentence(wording, row);
        break;
    }
    return row;
}

/// Numbers that a late generator spoils are not held against each other in silence.
bool isSpoilt(std::string_view metric, const StyleReport& style)
{
    return metric.starts_with("latency.") && style.measurements.isGeneratorSaturated();
}

} // namespace

std::vector<ComparisonRow> compareStyles(const Report& report)
{
    const StyleReport* perService = report.style(plan::Style::PerService);
    const StyleReport* ingress = report.style(plan::Style::Ingress);
    std::vector<ComparisonRow> rows;
    if (perService == nullptr || ingress == nullptr) {
        return rows;
    }
    for (const Wording& wording : wordings) {
        const auto first = measureAt(*perService, wording.metric);
        const auto second = measureAt(*ingress, wording.metric);
        if (!first || !second || first->unit != second->unit) {
            continue; // Not measured, or two currencies, which are never converted.
        }
        rows.push_back(compare(wording, *first, *second));
        if (isSpoilt(wording.metric, *perService) || isSpoilt(wording.metric, *ingress)) {
            rows.back().sentence += "; inconclusive, since the generator was late";
            rows.back().shortText = "inconclusive";
        }
    }
    return rows;
}

const ComparisonRow* comparisonOf(const std::vector<ComparisonRow>& rows, std::string_view metric)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [metric](const ComparisonRow& row) {
        return row.metric == metric;
    });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace lab::report
