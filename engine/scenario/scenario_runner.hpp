#pragma once

#include "base/result.hpp"
#include "report/report.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace lab::scenario {

/// How far a run is, from 0 to 1, and what goes on: ten times a second, on the caller's thread.
using RunProgress = std::function<void(double share, const std::string& what)>;

/// What the caller of a run settles, besides the scenario itself.
struct RunOptions {
    std::optional<std::uint64_t> seed; ///< Instead of the scenario's.
    std::string date;                  ///< Instead of the scenario's; empty: as it says, or today.
    bool isStrict = false;             ///< Refused objects end the run (decision 17).
    const std::atomic<bool>* stop = nullptr; ///< Set it: the run ends with what it has.
    RunProgress progress;
};

/// Runs one scenario: both styles live on loopback, the same traffic through both, priced and
/// judged. Blocks; opens free ports only and closes them all.
///
/// Findings that do not forbid the run are in the report.
/// \param named  a scenario's file or folder
/// \return BadInput with every finding; WrongUse where it is no scenario; Environment
[[nodiscard]] Result<report::Report> runScenario(const std::string& named,
                                                 const RunOptions& options);

} // namespace lab::scenario
