#pragma once

#include "report/report.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace lab::report {

/// One number of a style's report: its path in the JSON form, and how it is read.
struct MeasureRow {
    std::string_view path;
    std::optional<Measure> (*read)(const StyleReport&);
};

/// All of them but the status counts, in the order of the report. `expect` and renderJson() both
/// read this table, so that a metric's name is the path to it.
[[nodiscard]] std::span<const MeasureRow> measureTable();

/// How many answers had that status, "100" to "599"; 0 is a count too.
[[nodiscard]] std::optional<Measure> statusCount(const StyleReport& style, std::string_view status);

} // namespace lab::report
