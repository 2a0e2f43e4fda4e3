#include "base/utf8.hpp"

namespace lab {
namespace {

constexpr char32_t continuationMask = 0x3F;

unsigned char byteAt(std::string_view text, std::size_t offset)
{
    return static_cast<unsigned char>(text[offset]);
}

char byteOf(char32_t bits)
{
    return static_cast<char>(static_cast<unsigned char>(bits));
}

} // namespace

Utf8Character utf8At(std::string_view text, std::size_t offset)
{
    const unsigned char first = byteAt(text, offset);
    if (first < 0x80) {
        return {first, 1};
    }
    const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || offset + bytes > text.size()) {
        return {};
    }
    char32_t codePoint = first & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const unsigned char next = byteAt(text, offset + i);
        if ((next & 0xC0U) != 0x80) {
            return {};
        }
        codePoint = (codePoint << 6U) | (next & continuationMask);
    }
    const bool isShortest = bytes == 2 || codePoint >= (bytes == 3 ? 0x800U : 0x10000U);
    const bool isSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (!isShortest || isSurrogate || codePoint > 0x10FFFF) {
        return {};
    }
    return {codePoint, bytes};
}

void appendUtf8(std::string& text, char32_t codePoint)
{
    if (codePoint < 0x80) {
        text += byteOf(codePoint);
        return;
    }
    if (codePoint < 0x800) {
        text += byteOf(0xC0U | (codePoint >> 6U));
    } else {
        if (codePoint < 0x10000) {
            text += byteOf(0xE0U | (codePoint >> 12U));
        } else {
            text += byteOf(0xF0U | (codePoint >> 18U));
            text += byteOf(0x80U | ((codePoint >> 12U) & continuationMask));
        }
        text += byteOf(0x80U | ((codePoint >> 6U) & continuationMask));
    }
    text += byteOf(0x80U | (codePoint & continuationMask));
}

} // namespace lab
