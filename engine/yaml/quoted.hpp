#pragma once

#include <string>
#include <string_view>

namespace lab::yaml {

/// The user's text made safe to show: in double quotes, at most 80 characters, "…" where cut.
///
/// Control characters (C0, C1, DEL), bidirectional controls, line separators and bytes that are
/// no UTF-8 are written as \uXXXX or \xXX, so that a message cannot paint over a terminal.
[[nodiscard]] std::string quoted(std::string_view text);

/// The same without the quotes: for names and paths inside a message.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace lab::yaml
