#pragma once

#include "cost/bill.hpp"
#include "cost/quotas.hpp"
#include "report/html_text.hpp"

#include <string>
#include <vector>

namespace lab::report {

/// One row of a table: the first cell is text, the others are numbers. \pre not empty
[[nodiscard]] std::string htmlRow(const std::vector<std::string>& texts);

/// A bill as one bar, its charges by kind.
[[nodiscard]] Bar billBar(const std::string& name, const cost::Bill& bill);

/// A bill line by line, below its title; recalled prices with a *.
[[nodiscard]] std::string billSection(const std::string& title, const cost::Bill& bill);

/// The nearest limits of a provider; empty where there are none.
[[nodiscard]] std::string quotaSection(const std::vector<cost::QuotaUse>& quotas);

/// What these bills assume, each sentence once.
[[nodiscard]] std::string assumptionSection(const std::vector<const cost::Bill*>& bills);

} // namespace lab::report
