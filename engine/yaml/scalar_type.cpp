#include "yaml/scalar_type.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace lab::yaml {
namespace {

constexpr std::array<std::string_view, 3> trueWords{"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> falseWords{"false", "False", "FALSE"};
constexpr std::array<std::string_view, 8> oldTrueWords{
    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr std::array<std::string_view, 8> oldFalseWords{
    "n", "N", "no", "No", "NO", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> nullWords{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 9> numberWords{
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "-.inf", "-.Inf"};

template <typename Words>
bool contains(const Words& words, std::string_view text)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool isDigitIn(char c, unsigned base)
{
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0') < base;
    }
    const char lower = static_cast<char>(c | 0x20);
    return base == 16 && lower >= 'a' && lower <= 'f';
}

std::size_t skipDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && isDigitIn(text[at], 10)) {
        ++at;
    }
    return at;
}

/// 0x1F, 0o17, 0b1: a base after a leading zero.
bool isBasedInteger(std::string_view text)
{
    if (text.size() < 3 || text[0] != '0') {
        return false;
    }
    const char letter = static_cast<char>(text[1] | 0x20);
    const unsigned base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    return base != 0 &&
           std::all_of(text.begin() + 2, text.end(), [&](char c) { return isDigitIn(c, base); });
}

/// [0-9]+(.[0-9]*)?, or .[0-9]+, each with an exponent: integers and decimals.
bool isDecimal(std::string_view text)
{
    std::size_t at = skipDigits(text, 0);
    const bool hasWhole = at > 0;
    bool hasFraction = false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = skipDigits(text, at + 1);
        hasFraction = end > at + 1;
        at = end;
    }
    if (!hasWhole && !hasFraction) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1 : 0;
        const std::size_t end = skipDigits(text, at);
        return end > at && end == text.size();
    }
    return at == text.size();
}

} // namespace

TextVerdict judgeText(const Node& node)
{
    if (node.isQuoted) {
        return TextVerdict::Text;
    }
    if (kubernetesBool(node.scalar) || contains(nullWords, node.scalar) ||
        contains(numberWords, node.scalar)) {
        return TextVerdict::NoText;
    }
    std::string digits = node.scalar;
    std::erase(digits, '_');
    std::string_view text = digits;
    text.remove_prefix(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    if (!isBasedInteger(text) && !isDecimal(text)) {
        return TextVerdict::Text;
    }
    const bool hasExponentOnly =
        text.find_first_of("eE") != text.npos && text.find_first_of(".+-xX") == text.npos;
    return hasExponentOnly ? TextVerdict::Doubtful : TextVerdict::NoText;
}

std::optional<bool> coreBool(std::string_view text)
{
    if (contains(trueWords, text)) {
        return true;
    }
    return contains(falseWords, text) ? std::optional(false) : std::nullopt;
}

std::optional<bool> kubernetesBool(std::string_view text)
{
    if (contains(oldTrueWords, text)) {
        return true;
    }
    return contains(oldFalseWords, text) ? std::optional(false) : coreBool(text);
}

} // namespace lab::yaml
