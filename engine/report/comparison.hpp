#pragma once

#include "report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lab::report {

/// One number of both styles, held against each other: the ingress compared with per-service.
struct ComparisonRow {
    std::string_view metric; ///< A path that measureAt() knows.
    Measure perService;
    Measure ingress;
    double difference = 0.0;     ///< ingress − per-service
    std::optional<double> ratio; ///< ingress / per-service; none where that is 0.
    std::string shortText;       ///< "47 % less", "1 fewer", "the same": for a column.
    std::string sentence;        ///< "the ingress costs 47 % less a month than per-service"
};

/// What both styles have in common, in the order of the report; empty unless both are there.
[[nodiscard]] std::vector<ComparisonRow> compareStyles(const Report& report);

/// The row of that metric, or nullptr.
[[nodiscard]] const ComparisonRow* comparisonOf(const std::vector<ComparisonRow>& rows,
                                                std::string_view metric);

} // namespace lab::report
