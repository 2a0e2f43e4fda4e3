#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lab {

/// One character of UTF-8 text: its code point and length, or length 0 where the bytes are none.
struct Utf8Character {
    char32_t codePoint = 0;
    std::size_t bytes = 0;
};

/// The character that begins at `offset`: shortest form only, no surrogates, at most U+10FFFF.
/// \pre offset < text.size()
[[nodiscard]] Utf8Character utf8At(std::string_view text, std::size_t offset);

/// Appends the UTF-8 form. \pre a Unicode scalar value
void appendUtf8(std::string& text, char32_t codePoint);

} // namespace lab
