#pragma once

#include <string>
#include <string_view>

namespace lab::scenario {

/// Is this a day that exists, written as 2026-11-23?
[[nodiscard]] bool isDate(std::string_view text);

/// The day it is, in UTC.
[[nodiscard]] std::string today();

} // namespace lab::scenario
