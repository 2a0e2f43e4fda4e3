#pragma once

#include "base/result.hpp"
#include "report/report.hpp"

#include <string>
#include <vector>

namespace lab::headless {

/// How a result is written.
enum class Format { Text, Json, Markdown, JUnit };

/// One `--report KIND=FILE`.
struct ReportFile {
    Format format = Format::Json;
    std::string path; ///< "{scenario}" in it stands for the scenario's name.

    /// "junit=out.xml" → values.  WrongUse where it is none.
    [[nodiscard]] static Result<ReportFile> parse(const std::string& text);

    /// The path for that scenario's report.
    [[nodiscard]] std::string pathFor(const std::string& scenario) const;
    [[nodiscard]] bool isPerScenario() const;
};

[[nodiscard]] std::string
rendered(const report::Report& report, Format format, bool usesColour = false);

/// Writes the report's file whole or not at all.
[[nodiscard]] Result<void> write(const report::Report& report, const ReportFile& file);

} // namespace lab::headless
