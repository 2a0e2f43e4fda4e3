#include "base/decimal.hpp"
#include "report/json_text.hpp"
#include "report/page.hpp"
#include "report/run_difference.hpp"
#include "report/text_layout.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cmath>

namespace lab::report {
namespace {

namespace json = boost::json;
using Verdict = DifferenceRow::Verdict;

constexpr int decimals = 6;

std::string shown(double value, const std::string& unit)
{
    if (unit == "ratio") {
        return toDecimal(value * 100, 2) + " %";
    }
    const bool isMoney = unit.find("/month") != std::string::npos;
    const int places = unit == "count" ? 0 : isMoney ? 2 : std::abs(value) < 10 ? 3 : 1;
    return groupThousands(toDecimal(value, places));
}

/// "2.1 to 3.4", signed; what is not known on one side is left open.
std::string between(const measurement::Interval& interval, const std::string& unit)
{
    const auto side = [&unit](double value) {
        const std::string sign = value > 0 ? "+" : "";
        return std::isfinite(value) ? sign + shown(value, unit) : std::string("?");
    };
    return side(interval.low) + " to " + side(interval.high);
}

Tone toneOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Lower:
    case Verdict::Higher:
    case Verdict::Changed:
        return Tone::Strong;
    case Verdict::Unknown:
        return Tone::Unsure;
    case Verdict::Same:
    case Verdict::NoDifference:
        break;
    }
    return Tone::Faint;
}

std::string sentence(const DifferenceRow& row)
{
    std::string text(toText(row.verdict));
    if (row.verdict == Verdict::Unknown) {
        return text + ": " + row.because;
    }
    if (row.verdict == Verdict::Lower || row.verdict == Verdict::Higher) {
        text += " (" + between(row.difference, row.unit) + ')';
    }
    return text;
}

json::value bound(double value)
{
    return std::isfinite(value) ? toJsonNumber(value, decimals) : json::value();
}

std::string verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Same:
        return "same";
    case Verdict::Changed:
        return "changed";
    case Verdict::Lower:
        return "lower";
    case Verdict::Higher:
        return "higher";
    case Verdict::NoDifference:
        return "no-difference";
    case Verdict::Unknown:
        return "unknown";
    }
    return "";
}

} // namespace

std::string renderDifferenceText(const std::vector<DifferenceRow>& rows,
                                 const std::vector<std::string>& caveats,
                                 bool usesColour)
{
    constexpr std::size_t nameWidth = 20;
    constexpr std::size_t numberWidth = 14;
    Page page(usesColour);
    std::string style;
    for (const DifferenceRow& row : rows) {
        if (row.style != style) {
            page.heading(row.style, "A, B, and what is more than chance (95 %)");
            style = row.style;
        }
        const std::string unit = row.unit == "count" || row.unit == "ratio" ? "" : row.unit;
        page.line(padRight(row.metric, nameWidth) + padLeft(shown(row.a, row.unit), numberWidth) +
                  padLeft(shown(row.b, row.unit), numberWidth) + ' ' +
                  padRight(printable(unit), 10) +
                  page.ink().paint(toneOf(row.verdict), sentence(row)));
    }
    for (const std::string& caveat : caveats) {
        page.line();
        page.wrapped(Tone::Unsure, "Mind: " + printable(caveat));
    }
    return page.take();
}

std::string renderDifferenceJson(const std::vector<DifferenceRow>& rows,
                                 const std::vector<std::string>& caveats)
{
    json::array differences;
    for (const DifferenceRow& row : rows) {
        json::object object;
        object["style"] = toJsonString(row.style);
        object["metric"] = toJsonString(row.metric);
        object["unit"] = toJsonString(row.unit);
        object["a"] = toJsonNumber(row.a, decimals);
        object["b"] = toJsonNumber(row.b, decimals);
        object["low"] = bound(row.difference.low);
        object["high"] = bound(row.difference.high);
        object["verdict"] = verdictWord(row.verdict);
        object["because"] = toJsonString(row.because);
        differences.push_back(std::move(object));
    }
    json::object root;
    root["schemaVersion"] = 1;
    root["differences"] = std::move(differences);
    json::array sentences;
    for (const std::string& caveat : caveats) {
        sentences.push_back(toJsonString(caveat));
    }
    root["caveats"] = std::move(sentences);
    return toJsonText(root);
}

} // namespace lab::report
