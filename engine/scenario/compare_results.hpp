#pragma once

#include "base/result.hpp"
#include "report/run_difference.hpp"
#include "scenario/exit_code.hpp"

#include <string>
#include <vector>

namespace lab::scenario {

/// What `compare A B` found.
struct ComparedResults {
    std::vector<report::DifferenceRow> rows;
    std::vector<std::string> caveats;

    /// Held, whatever is different; Inconclusive where nothing could be told of the traffic.
    [[nodiscard]] ExitCode code() const;
};

/// Largest result that is read.
inline constexpr std::size_t resultBytesMax = 64U << 20U;

/// Reads two results of `run -o json` and says what is different, and what may be chance.
/// \return Environment where a file cannot be read; BadInput, with its name, where it is no result
[[nodiscard]] Result<ComparedResults> compareResults(const std::string& a, const std::string& b);

} // namespace lab::scenario
