#pragma once

#include "base/finding.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace lab::report {

/// {"file", "line", "column"}, or null where no place is known.
[[nodiscard]] boost::json::value placeJson(const Place& place);

/// [{"severity", "id", "message", "remedy", "place"}]
[[nodiscard]] boost::json::array findingsJson(const Findings& findings);

} // namespace lab::report
