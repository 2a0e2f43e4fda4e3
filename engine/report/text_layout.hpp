#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab::report {

/// How many columns a terminal takes for this UTF-8 text.  No escape sequences in it.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

/// The text with bytes that are no UTF-8, and control characters, replaced by U+FFFD: what comes
/// from files and names may hold anything, a terminal and JSON must not get it.
[[nodiscard]] std::string printable(std::string_view text);

/// Spaces behind (before) the text up to that width; a longer text stays as it is.
[[nodiscard]] std::string padRight(std::string_view text, std::size_t width);
[[nodiscard]] std::string padLeft(std::string_view text, std::size_t width);

/// The text, or as much of it as fits with "…" in its end.
[[nodiscard]] std::string cutToWidth(std::string_view text, std::size_t width);

/// Lines of at most that width, broken at spaces where there are any. At least one line.
/// \pre width >= 2
[[nodiscard]] std::vector<std::string> wrapText(std::string_view text, std::size_t width);

/// The text `times` over: rules and indents.
[[nodiscard]] std::string repeated(std::string_view text, std::size_t times);

} // namespace lab::report
