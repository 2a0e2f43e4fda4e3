#include "plan/annotation_values.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace lab::plan {

std::optional<bool> parseBool(std::string_view text)
{
    for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (text == word) {
            return true;
        }
    }
    for (const std::string_view word : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (text == word) {
            return false;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = !text.empty() && error == std::errc{} && end == text.data() + text.size();
    return isWhole ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    std::uint64_t unit = 1;
    if (!text.empty()) {
        switch (text.back() | 0x20) {
        case 'b':
            break;
        case 'k':
            unit = 1024;
            break;
        case 'm':
            unit = 1024 * 1024;
            break;
        case 'g':
            unit = 1024 * 1024 * 1024;
            break;
        default:
            unit = 0;
        }
        if (unit != 0) {
            text.remove_suffix(1);
        }
    }
    const std::optional<std::int64_t> value = parseInteger(text);
    unit = unit == 0 ? 1 : unit;
    constexpr std::uint64_t max = std::numeric_limits<std::int64_t>::max();
    if (!value || *value < 0 || static_cast<std::uint64_t>(*value) > max / unit) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(*value) * unit;
}

std::vector<std::string> splitList(std::string_view text)
{
    std::vector<std::string> parts;
    while (true) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        while (!part.empty() && part.front() == ' ') {
            part.remove_prefix(1);
        }
        while (!part.empty() && part.back() == ' ') {
            part.remove_suffix(1);
        }
        if (!part.empty()) {
            parts.emplace_back(part);
        }
        if (comma == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(comma + 1);
    }
}

std::optional<std::vector<limiting::AddressRange>> parseRanges(std::string_view text)
{
    std::vector<limiting::AddressRange> ranges;
    for (const std::string& part : splitList(text)) {
        const auto range = limiting::parseAddressRange(part);
        if (!range) {
            return std::nullopt;
        }
        ranges.push_back(*range);
    }
    return ranges;
}

} // namespace lab::plan
