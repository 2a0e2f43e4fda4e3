#pragma once

#include "base/finding.hpp"
#include "scenario/scenario.hpp"

#include <string>
#include <string_view>

namespace lab::scenario {

/// A scenario with everything noticed while reading it.
struct ReadScenario {
    Scenario scenario;
    Findings findings; ///< Any of severity Unreadable: the scenario cannot be used.

    [[nodiscard]] bool isReadable() const { return worstOf(findings) < Severity::Unreadable; }
};

/// A scenario's text → values, with every mistake at once.  Pure; format: scenarios/README.md
///
/// Unknown keys are mistakes, with the nearest known one; keys of the format that this version
/// does not honour yet are mistakes too, and say so. At most 8 MiB.
/// \param fileName  how findings call the text: the path as the user named it
/// \param folder    where its manifests are looked for
[[nodiscard]] ReadScenario
readScenario(std::string_view text, const std::string& fileName, const std::string& folder);

/// Is this one of our own files (a scenario, route tests, a lesson) and no manifest?  Judged by
/// its first lines: apiVersion of the lab, or a kind of ours.
[[nodiscard]] bool isLabFile(std::string_view text);

} // namespace lab::scenario
