#include "report/text_layout.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace lab::report {
namespace {

constexpr char32_t invalid = 0xFFFD;

/// One character of a text and the bytes it takes.
struct Character {
    char32_t code = invalid;
    std::size_t bytes = 1;
};

/// The length that a first byte announces, 0 where it is none.
std::size_t announcedBytes(unsigned char first)
{
    return first < 0x80   ? 1
           : first < 0xC2 ? 0
           : first < 0xE0 ? 2
           : first < 0xF0 ? 3
           : first < 0xF5 ? 4
                          : 0;
}

/// The first character; `invalid` and one byte where there is no proper UTF-8. \pre not empty
Character firstOf(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t bytes = announcedBytes(first);
    if (bytes == 0 || bytes > text.size()) {
        return {};
    }
    if (bytes == 1) {
        return {first, 1};
    }
    char32_t code = first & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80U) {
            return {};
        }
        code = (code << 6U) | (next & 0x3FU);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < smallest[bytes] || code > 0x10FFFF || isSurrogate ? Character{}
                                                                    : Character{code, bytes};
}

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t n>
bool isWithin(char32_t code, const Range (&ranges)[n])
{
    return std::any_of(std::begin(ranges), std::end(ranges), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

/// East Asian Width and combining marks, in the blocks that names and titles use (UAX #11).
std::size_t widthOf(char32_t code)
{
    constexpr Range combining[] = {
        {0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};
    constexpr Range wide[] = {{0x1100, 0x115F},
                              {0x2E80, 0x303E},
                              {0x3041, 0xA4CF},
                              {0xAC00, 0xD7A3},
                              {0xF900, 0xFAFF},
                              {0xFE30, 0xFE6F},
                              {0xFF00, 0xFF60},
                              {0xFFE0, 0xFFE6},
                              {0x1F300, 0x1F6FF},
                              {0x1F900, 0x1F9FF},
                              {0x20000, 0x3FFFD}};
    return isWithin(code, combining) ? 0 : isWithin(code, wide) ? 2 : 1;
}

/// How many bytes of the text fit into that width.
std::size_t bytesWithin(std::string_view text, std::size_t width)
{
    std::size_t at = 0;
    std::size_t used = 0;
    while (at < text.size()) {
        const Character next = firstOf(text.substr(at));
        used += widthOf(next.code);
        if (used > width) {
            break;
        }
        at += next.bytes;
    }
    return at;
}

} // namespace

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    while (!text.empty()) {
        const Character next = firstOf(text);
        width += widthOf(next.code);
        text.remove_prefix(next.bytes);
    }
    return width;
}

std::string printable(std::string_view text)
{
    std::string clean;
    while (!text.empty()) {
        const Character next = firstOf(text);
        const bool isControl = next.code < 0x20 || (next.code >= 0x7F && next.code < 0xA0);
        if (next.code == invalid || isControl) {
            clean += "\uFFFD";
        } else {
            clean += text.substr(0, next.bytes);
        }
        text.remove_prefix(next.bytes);
    }
    return clean;
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    for (std::size_t i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

std::string padRight(std::string_view text, std::size_t width)
{
    const std::size_t own = displayWidth(text);
    return std::string(text) + std::string(own < width ? width - own : 0, ' ');
}

std::string padLeft(std::string_view text, std::size_t width)
{
    const std::size_t own = displayWidth(text);
    return std::string(own < width ? width - own : 0, ' ') + std::string(text);
}

std::string cutToWidth(std::string_view text, std::size_t width)
{
    if (displayWidth(text) <= width) {
        return std::string(text);
    }
    return width == 0 ? std::string()
                      : std::string(text.substr(0, bytesWithin(text, width - 1))) + "…";
}

std::vector<std::string> wrapText(std::string_view text, std::size_t width)
{
    check(width >= 2, "every character fits into a line");
    std::vector<std::string> lines;
    while (displayWidth(text) > width) {
        const std::size_t fits = bytesWithin(text, width);
        // A space right behind what fits ends the line, too.
        std::size_t end = text.substr(0, fits + 1).rfind(' ');
        if (end == std::string_view::npos || end == 0) {
            end = fits;
        }
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    if (!text.empty() || lines.empty()) {
        lines.emplace_back(text);
    }
    return lines;
}

} // namespace lab::report
