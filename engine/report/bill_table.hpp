#pragma once

#include "report/report.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lab::report {

/// One line of a bill, as texts.
struct BillRow {
    std::string what;
    std::string detail;
    std::string unitPrice;     ///< "0.0225"
    std::string unit;          ///< "/LCU-h"
    std::string amount;        ///< "1,234.50"
    bool isConfirmed = true;   ///< No: marked with *.
    std::size_t reference = 0; ///< Number of its source, from 1.
};

/// The bill of one style, as texts.
struct BillTable {
    std::string style;
    std::string total; ///< "57.24"
    std::string currency;
    std::vector<BillRow> rows;
};

/// The bills of all styles, with the sources they share numbered in order of appearance.
struct BillTables {
    std::vector<BillTable> bills;
    std::vector<std::string> sources;     ///< "Infracost …, 2024-07-01"; number 1 is the first.
    bool hasRecalled = false;             ///< Some price is not confirmed by a source.
    std::string market;                   ///< "aws us-east-1, price book of 2026-11-23"
    std::vector<std::string> assumptions; ///< Of all styles; "ingress: …" where one alone has it.
};

[[nodiscard]] BillTables billTables(const Report& report);

} // namespace lab::report
