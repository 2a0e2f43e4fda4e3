#pragma once

#include "base/result.hpp"
#include "report/report.hpp"

namespace lab::scenario {

/// How did it end?  What the process says to its caller, the same for every output format.
///
/// Stable: scripts depend on the numbers (decision 21; listed in `ingresslab help`).
enum class ExitCode {
    Held = 0,              ///< Everything held.
    ExpectationFailed = 1, ///< An expectation failed, or lint found errors.
    WrongUse = 2,          ///< Of the command line.
    BadInput = 3,          ///< Invalid input, each mistake as file:line:col.
    Environment = 4,       ///< Port taken, file unreadable, report not written.
    GateFailed = 5,        ///< Only gates failed: latency, throughput, cost.
    Inconclusive = 6,      ///< Too few samples, or the generator was the bottleneck.
    Fault = 70,            ///< A bug of ours.
    Interrupted = 130,     ///< SIGINT; partial results were written.
    Terminated = 143,      ///< SIGTERM; partial results were written.
};

/// The one to exit with when both apply: 4 before 3, 1, 5, 6 and 0; the others before all.
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

/// What the expectations of a finished run come to.
[[nodiscard]] ExitCode exitCodeOf(const report::Report& report);

[[nodiscard]] ExitCode exitCodeOf(const Error& error);

} // namespace lab::scenario
