#pragma once

#include <string>
#include <string_view>

namespace lab::frontdoor {

/// The target without scheme and authority: "http://shop.lab/x?y" → "/x?y".
[[nodiscard]] std::string_view originForm(std::string_view target);

/// "?x=1" with its question mark, or "".
[[nodiscard]] std::string_view queryOf(std::string_view target);

/// A decoded path as nginx writes it again: what may not stand in a path is percent-encoded.
[[nodiscard]] std::string escapedPath(std::string_view path);

} // namespace lab::frontdoor
