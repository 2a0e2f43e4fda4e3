#include "report/report.hpp"

#include "report/measure_table.hpp"

#include <algorithm>

namespace lab::report {

std::string_view toText(Origin origin)
{
    switch (origin) {
    case Origin::Measured:
        return "measured";
    case Origin::Simulated:
        return "simulated";
    case Origin::Priced:
        return "priced";
    case Origin::Theory:
        return "theory";
    case Origin::Counted:
        return "counted";
    }
    return "";
}

bool Report::passed() const
{
    return std::none_of(expectations.begin(), expectations.end(), [](const auto& expectation) {
        return expectation.verdict == ExpectationResult::Verdict::Failed;
    });
}

const StyleReport* Report::style(plan::Style style) const
{
    const auto found = std::find_if(
        styles.begin(), styles.end(), [style](const StyleReport& s) { return s.style == style; });
    return found == styles.end() ? nullptr : &*found;
}

std::optional<Measure> measureAt(const StyleReport& style, std::string_view path)
{
    for (const MeasureRow& row : measureTable()) {
        if (row.path == path) {
            return row.read(style);
        }
    }
    constexpr std::string_view statusPrefix = "statusCounts.";
    if (path.starts_with(statusPrefix)) {
        return statusCount(style, path.substr(statusPrefix.size()));
    }
    return std::nullopt;
}

const std::vector<std::string>& measurePaths()
{
    static const std::vector<std::string> paths = [] {
        std::vector<std::string> all;
        for (const MeasureRow& row : measureTable()) {
            all.emplace_back(row.path);
        }
        all.emplace_back("statusCounts.NNN");
        return all;
    }();
    return paths;
}

} // namespace lab::report
