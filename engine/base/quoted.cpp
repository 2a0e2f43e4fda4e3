#include "base/quoted.hpp"

#include "base/utf8.hpp"

namespace lab {
namespace {

constexpr std::size_t charactersMax = 80;

bool isUnsafe(char32_t c)
{
    const bool isControl = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    const bool isBidirectional = c == 0x061C || c == 0x200E || c == 0x200F ||
                                 (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool isSeparator = c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    return isControl || isBidirectional || isSeparator;
}

void appendHex(std::string& out, char32_t value, int digits)
{
    constexpr std::string_view hex = "0123456789abcdef";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out += hex[(value >> static_cast<unsigned>(shift)) & 0xFU];
    }
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    std::size_t offset = 0;
    for (std::size_t i = 0; i < charactersMax && offset < text.size(); ++i) {
        const Utf8Character character = utf8At(text, offset);
        if (character.bytes == 0) {
            out += "\\x";
            appendHex(out, static_cast<unsigned char>(text[offset]), 2);
            ++offset;
            continue;
        }
        if (character.codePoint == '\n') {
            out += "\\n";
        } else if (isUnsafe(character.codePoint)) {
            out += "\\u";
            appendHex(out, character.codePoint, 4);
        } else {
            out += text.substr(offset, character.bytes);
        }
        offset += character.bytes;
    }
    if (offset < text.size()) {
        out += "…";
    }
    return out;
}

} // namespace lab
