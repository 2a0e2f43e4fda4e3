#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lab {

/// The known word that an unknown one was probably meant to be, or empty if none is near.
///
/// Near: at most two edits (insert, delete, change, swap of neighbours) and less than half the
/// word, letters compared without case. The first of equally near ones wins.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string> known);

} // namespace lab
