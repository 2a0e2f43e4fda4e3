#pragma once

#include "http/byte_class.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace lab::http {

/// Equal but for the case of ASCII letters?
[[nodiscard]] inline bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, toLower, toLower);
}

/// Without the spaces and tabs around it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// Cuts the first element off a comma-separated list and gives it, trimmed; elements may be empty
/// (RFC 9110 5.6.1.2). Quoted strings are not known to it: for lists of tokens only.
[[nodiscard]] inline std::string_view takeElement(std::string_view& list)
{
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view element = trimmed(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    return element;
}

/// Most digits, leading zeros included, that a decimal number of ours may have.
inline constexpr std::size_t numberDigitsMax = 32;

/// A plain decimal number: digits only, at most `max`. RFC 9110 8.6
[[nodiscard]] inline std::optional<std::uint64_t>
toNumber(std::string_view text, std::uint64_t max = std::numeric_limits<std::int64_t>::max())
{
    if (text.empty() || text.size() > numberDigitsMax) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (const char byte : text) {
        const auto digit = static_cast<std::uint64_t>(byte - '0');
        if (!isIn(ByteClass::Digit, byte) || number > (max - digit) / 10) {
            return std::nullopt;
        }
        number = number * 10 + digit;
    }
    return number;
}

} // namespace lab::http
