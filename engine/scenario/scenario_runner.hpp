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
    std::string clock;                 ///< "live" or "virtual"; empty: as the scenario says.
    std::optional<std::uint64_t> seed; ///< Instead of the scenario's.
    std::string date;      ///< Instead of the scenario's; empty: as it says, else today; by
                           ///< the virtual clock, else the day of the prices.
    bool isStrict = false; ///< Refused objects end the run (decision 17).
    const std::atomic<bool>* stop = nullptr; ///< Set it: the run ends with what it has.
    RunProgress progress;
};

/// Runs one scenario: the same traffic through both styles, priced and judged. Blocks.
///
/// By the live clock on loopback: opens free ports only and closes them all. By the virtual clock
/// nothing is opened or waited for, and the same seed gives the same report, byte for byte.
///
/// Findings that do not forbid the run are in the report.
/// \param named  a scenario's file or folder
/// \return BadInput with every finding; WrongUse where it is no scenario; Environment
[[nodiscard]] Result<report::Report> runScenario(const std::string& named,
                                                 const RunOptions& options);

} // namespace lab::scenario
