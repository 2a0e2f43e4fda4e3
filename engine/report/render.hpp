#pragma once

#include "report/report.hpp"

#include <string>

namespace lab::report {

struct TextOptions {
    bool usesColour = false; ///< ANSI; only where the terminal wants it.
};

/// For people: the comparison as a table, at most 100 columns.
[[nodiscard]] std::string renderText(const Report& report, const TextOptions& options);

/// schemaVersion 1 of assets/schema/report.v1.json; keys in camelCase, units in values; ends in a
/// newline.
[[nodiscard]] std::string renderJson(const Report& report);

/// The same tables for a pull request.
[[nodiscard]] std::string renderMarkdown(const Report& report);

/// JUnit XML: one test case an expectation.
[[nodiscard]] std::string renderJUnit(const Report& report);

} // namespace lab::report
