#include "base/finding.hpp"

#include <algorithm>
#include <iterator>

namespace lab {

std::string_view toText(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    case Severity::Refused:
        return "refused";
    case Severity::Unreadable:
        return "unreadable";
    }
    return "";
}

std::string toText(const Finding& finding)
{
    std::string text = toText(finding.place);
    if (!text.empty()) {
        text += ": ";
    }
    text += toText(finding.severity);
    text += ": " + finding.message;
    if (!finding.remedy.empty()) {
        text += "; " + finding.remedy;
    }
    return text;
}

Severity worstOf(const Findings& findings)
{
    Severity worst = Severity::Note;
    for (const Finding& finding : findings) {
        worst = std::max(worst, finding.severity);
    }
    return worst;
}

void append(Findings& findings, Findings more)
{
    findings.insert(
        findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void limitText(Findings& findings, std::size_t textBytesMax)
{
    std::size_t bytes = 0;
    std::size_t kept = 0;
    while (kept < findings.size()) {
        bytes += toText(findings[kept]).size() + 1;
        if (bytes > textBytesMax) {
            break;
        }
        ++kept;
    }
    if (kept == findings.size()) {
        return;
    }
    const Findings rest(findings.begin() + static_cast<std::ptrdiff_t>(kept), findings.end());
    findings.resize(kept);
    findings.push_back({worstOf(rest),
                        "more-findings",
                        rest.front().place,
                        std::to_string(rest.size()) + " more findings from here on",
                        "correct those above first"});
}

} // namespace lab
