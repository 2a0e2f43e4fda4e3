#pragma once

#include "measurement/statistics.hpp"
#include "report/result_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lab::report {

/// One number of one style, in two results.
struct DifferenceRow {
    enum class Verdict {
        Same,         ///< Counted or priced, and equal.
        Changed,      ///< Counted or priced, and not equal.
        Lower,        ///< B is lower, and chance does not explain it.
        Higher,       ///< B is higher, likewise.
        NoDifference, ///< The interval holds zero: no real difference.
        Unknown,      ///< Too few samples, or the generator was the bottleneck.
    };
    std::string style;
    std::string metric; ///< "latency.p99", as in the report.
    std::string unit;
    double a = 0.0;
    double b = 0.0;
    measurement::Interval difference; ///< Of b - a, 95 %; a point where nothing is by chance.
    Verdict verdict = Verdict::NoDifference;
    std::string because; ///< With Unknown: why.
};

[[nodiscard]] std::string_view toText(DifferenceRow::Verdict verdict); ///< "no real difference"

/// What is different between two runs, and what is chance?  Pure.
///
/// Means come from the results' batches, without those of the warming up (MSER), by Welch's
/// interval; shares by Agresti and Caffo; quantiles from the buckets by their ranks. Requests of
/// one run know of each other (they wait in the same lines): intervals of quantiles and shares are
/// wider by how much more the batches scatter than independent requests would. At fewer than
/// samplesMin answers nothing is said.
[[nodiscard]] std::vector<DifferenceRow> differencesOf(const ResultFile& a, const ResultFile& b);

inline constexpr std::uint64_t differenceSamplesMin = 100;

/// What the two have not in common, so that differences may come from it: the scenario, the clock,
/// the profile, an interruption. Sentences; empty where nothing is.
[[nodiscard]] std::vector<std::string> caveatsOf(const ResultFile& a, const ResultFile& b);

/// For people.
[[nodiscard]] std::string renderDifferenceText(const std::vector<DifferenceRow>& rows,
                                               const std::vector<std::string>& caveats,
                                               bool usesColour);
/// {"schemaVersion": 1, "differences": [...], "caveats": [...]}
[[nodiscard]] std::string renderDifferenceJson(const std::vector<DifferenceRow>& rows,
                                               const std::vector<std::string>& caveats);

} // namespace lab::report
