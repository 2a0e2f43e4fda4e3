#include "scenario/finding_text.hpp"

#include "scenario/version.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace lab::scenario {
namespace {

/// How many findings of each severity there are.
std::array<std::size_t, 5> counts(const Findings& findings)
{
    std::array<std::size_t, 5> count{};
    for (const Finding& finding : findings) {
        ++count[static_cast<std::size_t>(finding.severity)];
    }
    return count;
}

std::string withRemedy(const Finding& finding)
{
    return finding.remedy.empty() ? finding.message : finding.message + "; " + finding.remedy;
}

std::string leftOut(std::size_t count)
{
    return "… and " + std::to_string(count) + " more\n";
}

boost::json::value asJson(const Place& place)
{
    if (!place.isKnown()) {
        return nullptr;
    }
    boost::json::object json{{"file", *place.file}};
    if (place.line > 0) {
        json["line"] = place.line;
    }
    if (place.column > 0) {
        json["column"] = place.column;
    }
    return json;
}

boost::json::object asJson(const Finding& finding)
{
    boost::json::object json;
    json["severity"] = std::string(toText(finding.severity));
    json["id"] = finding.id;
    json["message"] = finding.message;
    json["remedy"] = finding.remedy;
    json["place"] = asJson(finding.place);
    return json;
}

std::string replaced(std::string text, std::string_view what, std::string_view by)
{
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
    return text;
}

/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
std::string githubEscaped(std::string text)
{
    text = replaced(std::move(text), "%", "%25");
    text = replaced(std::move(text), "\r", "%0D");
    return replaced(std::move(text), "\n", "%0A");
}

std::string githubProperty(std::string text)
{
    text = replaced(githubEscaped(std::move(text)), ":", "%3A");
    return replaced(std::move(text), ",", "%2C");
}

std::string asGithub(const Finding& finding)
{
    std::string line = finding.severity >= Severity::Error     ? "::error"
                       : finding.severity == Severity::Warning ? "::warning"
                                                               : "::notice";
    if (finding.place.isKnown()) {
        line += " file=" + githubProperty(*finding.place.file);
        if (finding.place.line > 0) {
            line += ",line=" + std::to_string(finding.place.line);
        }
        if (finding.place.column > 0) {
            line += ",col=" + std::to_string(finding.place.column);
        }
    }
    return line + "::" + githubEscaped(withRemedy(finding)) + '\n';
}

} // namespace

Findings atLeast(Severity severity, const Findings& findings)
{
    Findings chosen;
    for (const Finding& finding : findings) {
        if (finding.severity >= severity) {
            chosen.push_back(finding);
        }
    }
    return chosen;
}

std::string findingsAsText(const Findings& findings)
{
    std::string text;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const std::string line = toText(findings[i]) + '\n';
        if (text.size() + line.size() > findingBytesMax) {
            return text + leftOut(findings.size() - i);
        }
        text += line;
    }
    return text;
}

boost::json::array findingArray(const Findings& findings)
{
    boost::json::array all;
    for (const Finding& finding : findings) {
        all.push_back(asJson(finding));
    }
    return all;
}

std::string findingsAsJson(const Findings& findings, bool hasPassed)
{
    boost::json::object root;
    root["schemaVersion"] = 1;
    root["tool"] = boost::json::object{{"name", "ingresslab"}, {"version", version()}};
    root["passed"] = hasPassed;
    root["findings"] = findingArray(findings);
    return boost::json::serialize(root) + '\n';
}

std::string findingsAsMarkdown(const Findings& findings)
{
    std::string text = "| severity | where | what |\n|---|---|---|\n";
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Finding& finding = findings[i];
        const std::string line = "| " + std::string(toText(finding.severity)) + " | " +
                                 toText(finding.place) + " | " +
                                 replaced(withRemedy(finding), "|", "\\|") + " |\n";
        if (text.size() + line.size() > findingBytesMax) {
            return text + '\n' + leftOut(findings.size() - i);
        }
        text += line;
    }
    return text;
}

std::string findingsAsGithub(const Findings& findings)
{
    constexpr std::size_t shownMax = 9;
    Findings sorted = findings;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Finding& a, const Finding& b) {
        return a.severity > b.severity;
    });
    std::string text;
    for (std::size_t i = 0; i < sorted.size() && i < shownMax; ++i) {
        text += asGithub(sorted[i]);
    }
    if (sorted.size() > shownMax) {
        text += "::notice::" + std::to_string(sorted.size() - shownMax) + " more findings\n";
    }
    return text;
}

std::string findingCounts(const Findings& findings)
{
    constexpr std::array<std::string_view, 5> one{
        "note", "warning", "error", "refused object", "unreadable place"};
    const std::array<std::size_t, 5> count = counts(findings);
    std::string text;
    for (std::size_t i = count.size(); i-- > 0;) {
        if (count[i] == 0) {
            continue;
        }
        text += text.empty() ? "" : ", ";
        text += std::to_string(count[i]) + ' ' + std::string(one[i]);
        text += count[i] == 1 ? "" : "s";
    }
    return text.empty() ? "nothing found" : text;
}

} // namespace lab::scenario
