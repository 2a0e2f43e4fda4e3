#include "report/render.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

using Verdict = ExpectationResult::Verdict;

/// Text for an attribute or an element: XML 1.0 knows five names, and no control characters.
std::string escaped(std::string_view text)
{
    std::string clean;
    for (const char c : printable(text)) {
        switch (c) {
        case '&':
            clean += "&amp;";
            break;
        case '<':
            clean += "&lt;";
            break;
        case '>':
            clean += "&gt;";
            break;
        case '"':
            clean += "&quot;";
            break;
        default:
            clean += c;
        }
    }
    return clean;
}

std::string attribute(const char* name, std::string_view value)
{
    return std::string(" ") + name + "=\"" + escaped(value) + '"';
}

std::size_t countOf(const Report& report, Verdict verdict)
{
    return static_cast<std::size_t>(std::count_if(
        report.expectations.begin(), report.expectations.end(), [verdict](const auto& e) {
            return e.verdict == verdict;
        }));
}

std::string counts(const Report& report)
{
    return attribute("tests", std::to_string(report.expectations.size())) +
           attribute("failures", std::to_string(countOf(report, Verdict::Failed))) +
           attribute("errors", "0") +
           attribute("skipped", std::to_string(countOf(report, Verdict::Inconclusive)));
}

std::string resultOf(const ExpectationResult& result)
{
    if (result.verdict == Verdict::Failed) {
        return "      <failure" +
               attribute("message", "it is " + result.actual + (result.isGate ? " (gate)" : "")) +
               attribute("type", result.isGate ? "gate" : "expectation") + '>' +
               escaped(result.because) + "</failure>\n";
    }
    // Neither green nor red: too few samples, or a generator that was late.
    return "      <skipped" + attribute("message", "inconclusive: " + result.because) + "/>\n";
}

std::string testCase(const ExpectationResult& result, const std::string& suite)
{
    std::string text = "    <testcase" + attribute("name", result.text) +
                       attribute("classname", "ingresslab." + suite) + attribute("time", "0");
    if (result.place.isKnown()) {
        text += attribute("file", *result.place.file) +
                attribute("line", std::to_string(result.place.line));
    }
    if (result.verdict == Verdict::Passed) {
        return text + "/>\n";
    }
    return text + ">\n" + resultOf(result) + "    </testcase>\n";
}

} // namespace

std::string renderJUnit(const Report& report)
{
    const std::string suite = report.scenario.empty() ? "scenario" : report.scenario;
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += "<testsuites" + attribute("name", "ingresslab run") + counts(report) + ">\n";
    text += "  <testsuite" + attribute("name", suite) + counts(report) + ">\n";
    for (const ExpectationResult& result : report.expectations) {
        text += testCase(result, suite);
    }
    return text + "  </testsuite>\n</testsuites>\n";
}

} // namespace lab::report
