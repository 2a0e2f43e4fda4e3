#pragma once

#include "base/place.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// How much a finding matters, in rising order: what a caller does about it depends on nothing
/// else.
enum class Severity {
    Note,       ///< Worth knowing: an assumption, something derived.
    Warning,    ///< Works, but probably not as meant; or is not honoured by the lab.
    Error,      ///< The manifests contradict themselves (a backend that does not exist).
    Refused,    ///< An API server would refuse this object: it is left out, all others work.
    Unreadable, ///< The text cannot be used at all: nothing starts (exit code 3).
};

/// One thing found in the user's input, ready to be shown: where, what, and what to do.
struct Finding {
    Severity severity = Severity::Warning;
    std::string id; ///< Stable, kebab-case, for filters and SARIF: "unknown-key".
    Place place;
    std::string message; ///< Lower-case fact without a full stop.
    std::string remedy;  ///< What to do, imperative; may be empty.
};

using Findings = std::vector<Finding>;

/// "error", "warning", …: the word shown to people and written to JSON.
[[nodiscard]] std::string_view toText(Severity severity);

/// "shop.yaml:12:5: error: service "crat" does not exist; did you mean "cart"?"
[[nodiscard]] std::string toText(const Finding& finding);

/// The highest severity among them; Note when there are none.
[[nodiscard]] Severity worstOf(const Findings& findings);

/// Moves all of `more` behind `findings`.
void append(Findings& findings, Findings more);

/// What one reading may say at most: people read the first page, and logs stay small.
inline constexpr std::size_t findingsTextBytesMax = 48U << 10U;

/// Keeps the first findings whose texts fit; a last one counts the rest at their worst severity.
void limitText(Findings& findings, std::size_t textBytesMax = findingsTextBytesMax);

} // namespace lab
