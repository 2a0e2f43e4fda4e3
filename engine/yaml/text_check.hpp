#pragma once

#include "base/finding.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace lab::yaml {

/// Are these bytes text that YAML allows at all?  The first thing wrong with them, if any.
///
/// Size, byte order marks of UTF-16 and UTF-32, UTF-8, control characters, lone carriage returns.
/// The finding's place has line and column, but no file. One pass, no memory.
[[nodiscard]] std::optional<Finding> checkText(std::string_view text, std::size_t bytesMax);

/// The text without a UTF-8 byte order mark at its start.
[[nodiscard]] std::string_view withoutByteOrderMark(std::string_view text);

} // namespace lab::yaml
