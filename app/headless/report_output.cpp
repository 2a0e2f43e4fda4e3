#include "headless/report_output.hpp"

#include "base/suggestion.hpp"
#include "report/render.hpp"
#include "scenario/file_text.hpp"

#include <algorithm>
#include <utility>

namespace lab::headless {
namespace {

constexpr std::string_view scenarioMark = "{scenario}";

} // namespace

Result<ReportFile> ReportFile::parse(const std::string& text)
{
    const std::pair<std::string, Format> kinds[] = {
        {"junit", Format::JUnit}, {"json", Format::Json}, {"md", Format::Markdown}};
    const std::size_t equals = text.find('=');
    const std::string kind = text.substr(0, equals);
    if (equals == text.npos || equals + 1 == text.size()) {
        return Error(ErrorKind::WrongUse,
                     "--report " + text + " names no file; write it as junit=report.xml");
    }
    std::vector<std::string> words;
    for (const auto& [word, format] : kinds) {
        if (word == kind) {
            return ReportFile{format, text.substr(equals + 1)};
        }
        words.push_back(word);
    }
    const std::string_view near = nearest(kind, words);
    return Error(ErrorKind::WrongUse,
                 "--report knows no kind \"" + kind + "\"; " +
                     (near.empty() ? "it writes junit, json and md"
                                   : "did you mean \"" + std::string(near) + "\"?"));
}

std::string ReportFile::pathFor(const std::string& scenario) const
{
    std::string name = scenario; // a name out of a file must not lead elsewhere
    std::replace(name.begin(), name.end(), '/', '-');
    std::string result = path;
    const std::size_t at = result.find(scenarioMark);
    if (at != result.npos) {
        result.replace(at, scenarioMark.size(), name);
    }
    return result;
}

bool ReportFile::isPerScenario() const
{
    return path.find(scenarioMark) != path.npos;
}

std::string rendered(const report::Report& report, Format format, bool usesColour)
{
    switch (format) {
    case Format::Text:
        return report::renderText(report, {usesColour});
    case Format::Json:
        return report::renderJson(report);
    case Format::Markdown:
        return report::renderMarkdown(report);
    case Format::JUnit:
        return report::renderJUnit(report);
    }
    return {};
}

Result<void> write(const report::Report& report, const ReportFile& file)
{
    return scenario::writeFile(file.pathFor(report.scenario), rendered(report, file.format));
}

} // namespace lab::headless
