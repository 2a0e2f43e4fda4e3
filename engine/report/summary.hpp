#pragma once

#include "report/ink.hpp"
#include "report/report.hpp"

#include <string>
#include <vector>

namespace lab::report {

/// One answer: a number with its unit, or a word.
struct SummaryCell {
    std::string number; ///< "57.24", "no", "–"
    std::string unit;   ///< "USD"; may be empty.
    Tone tone = Tone::Plain;
};

/// One question, and what each style answers.
struct SummaryRow {
    std::string question;
    Origin origin = Origin::Counted;
    std::vector<SummaryCell> cells; ///< One a style, in the report's order.
    std::string comparison;         ///< The ingress against per-service; may be empty.
    bool beginsGroup = false;       ///< A thin rule stands before it.
    bool isDetail = false;          ///< Belongs to the row before.
};

/// The comparison as people read it: one row a question. Text and Markdown show the same rows.
[[nodiscard]] std::vector<SummaryRow> summarise(const Report& report);

/// What a style is made of: "2 http doors", or "1 tcp door" and "→ 2 controllers".
[[nodiscard]] std::vector<std::string> describeDoors(const StyleReport& style);

/// "live clock · seed 1 · 2026-11-25 · …": how the numbers came about.
[[nodiscard]] std::vector<std::string> describeRun(const Report& report);

/// How many expectations held, failed and stayed undecided: "5 held, 1 failed".
[[nodiscard]] std::string countExpectations(const Report& report);

/// "1 error, 2 warnings"; empty when there are none.
[[nodiscard]] std::string countFindings(const Report& report);

} // namespace lab::report
