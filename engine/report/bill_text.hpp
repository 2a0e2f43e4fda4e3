#pragma once

#include "report/bill_table.hpp"
#include "report/page.hpp"

namespace lab::report {

/// Writes the bills of all styles below one another, then their sources, what is not confirmed,
/// and what was assumed.
void writeBills(const BillTables& tables, Page& page);

} // namespace lab::report
