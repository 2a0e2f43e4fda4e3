#pragma once

#include "base/result.hpp"
#include "scenario/exit_code.hpp"

#include <string>
#include <vector>

namespace lab::scenario {

/// What `lint` is asked to look at.
struct LintOptions {
    std::vector<std::string> inputs; ///< As openInput() takes them.
    bool assumesClasses = true;      ///< No: `--no-assumed-class`
    bool failsOnWarning = false;     ///< `--fail-on warning`
};

/// Everything found in the input, by reading it and by planning both styles from it; and in the
/// lessons that are named or stand beside a scenario.
struct LintResult {
    Findings findings;
    ExitCode code = ExitCode::Held; ///< 3: unreadable or refused, 1: errors (decision 21).
};

/// \return Environment or WrongUse where nothing could be read at all
[[nodiscard]] Result<LintResult> lint(const LintOptions& options);

} // namespace lab::scenario
