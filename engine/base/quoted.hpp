#pragma once

#include <string>
#include <string_view>

namespace lab {

/// The user's text made safe to show: at most 80 characters, "…" where cut; for names and paths
/// inside a message.
///
/// Control characters (C0, C1, DEL), bidirectional controls, line separators and bytes that are
/// no UTF-8 are written as \uXXXX or \xXX, so that a message cannot paint over a terminal.
[[nodiscard]] std::string escaped(std::string_view text);

/// The same in double quotes: for values.
///
/// An object, not a function: otherwise std::quoted, which newer standard headers bring along, is
/// found too when the argument is a std::string, and taken.
struct Quoted {
    [[nodiscard]] std::string operator()(std::string_view text) const
    {
        return '"' + escaped(text) + '"';
    }
};
inline constexpr Quoted quoted;

} // namespace lab
