#pragma once

#include "cost/bill.hpp"

#include <boost/json/object.hpp>

namespace lab::report {

/// A bill as JSON: {amount, currency, unit, origin: "priced", book, provider, region, lines[],
/// assumptions[]}; money in two decimals, each line with its price key, source and confirmation.
[[nodiscard]] boost::json::object billJson(const cost::Bill& bill);

} // namespace lab::report
