#pragma once

#include "base/finding.hpp"

#include <boost/json/fwd.hpp>

#include <string>

namespace lab::scenario {

/// Most bytes of findings that are printed; what is left out is counted.
inline constexpr std::size_t findingBytesMax = 60U << 10U;

/// Those that matter at least so much, in their order.
[[nodiscard]] Findings atLeast(Severity severity, const Findings& findings);

/// One line a finding, as compilers write them; ends in a newline, or is empty.
[[nodiscard]] std::string findingsAsText(const Findings& findings);

/// {"schemaVersion":1,"tool":…,"passed":…,"findings":[…]}; ends in a newline.
[[nodiscard]] std::string findingsAsJson(const Findings& findings, bool hasPassed);

/// Those in that format's "findings", as an array.
[[nodiscard]] boost::json::array findingArray(const Findings& findings);

/// A table for a pull request.
[[nodiscard]] std::string findingsAsMarkdown(const Findings& findings);

/// Workflow commands that GitHub shows beside the code: the nine most severe, then the count of
/// the others, since it shows ten a step.
[[nodiscard]] std::string findingsAsGithub(const Findings& findings);

/// "1 error, 2 warnings", "nothing found".
[[nodiscard]] std::string findingCounts(const Findings& findings);

} // namespace lab::scenario
