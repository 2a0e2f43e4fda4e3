#pragma once

#include <QString>

#include "scenario/scenario_reader.hpp"

#include <string>

namespace lab::test {

/// A scenario around a few lines of `spec`, which begin at line 6, indented by two.
inline std::string scenarioWith(const std::string& specLines)
{
    return "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata:\n  name: t\nspec:\n" +
           specLines;
}

inline scenario::ReadScenario readSpec(const std::string& specLines)
{
    return scenario::readScenario(scenarioWith(specLines), "s.yaml", "");
}

/// All findings of a text, one a line.
inline QString findingsOf(const std::string& text)
{
    QString all;
    for (const Finding& finding : scenario::readScenario(text, "s.yaml", "").findings) {
        all += QString::fromStdString(toText(finding)) + '\n';
    }
    return all;
}

/// The only finding of a text, without "s.yaml:" and the severity; else all of them.
inline QString onlyFinding(const std::string& text)
{
    const QString all = findingsOf(text);
    if (all.count('\n') != 1) {
        return all;
    }
    return all.trimmed().replace("s.yaml:", "").replace(" unreadable:", "");
}

} // namespace lab::test
