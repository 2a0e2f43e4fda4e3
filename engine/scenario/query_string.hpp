#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab::scenario {

/// The parameters of a query, decoded, in the order written: "a=1&b=x+y%21" → (a, 1), (b, x y!).
///
/// \param query  as received, without its question mark
/// \return WrongUse where a `%` stands before no two hexadecimal digits
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>>
readQueryString(std::string_view query);

} // namespace lab::scenario
