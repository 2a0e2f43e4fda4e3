#include "base/decimal.hpp"

#include "base/check.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

namespace lab {
namespace {

/// Beyond this a double has no room for the decimals: it is printed as it is.
constexpr double exactMax = 4e15;
/// How far below a half still counts as one, in units of the last decimal.
constexpr double halfSlack = 1e-6;

/// Exactly what the double holds, to that many decimals.
std::string toExact(double value, int decimals)
{
    char text[400];
    const auto end =
        std::to_chars(std::begin(text), std::end(text), value, std::chars_format::fixed, decimals);
    return end.ec == std::errc{} ? std::string(text, end.ptr) : std::string("0");
}

} // namespace

std::string toDecimal(double value, int decimals)
{
    check(decimals >= 0 && decimals <= 9, "a decimal has zero to nine places");
    if (!std::isfinite(value)) {
        return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    }
    std::uint64_t scale = 1;
    for (int i = 0; i < decimals; ++i) {
        scale *= 10;
    }
    const double scaled = std::abs(value) * static_cast<double>(scale);
    if (scaled > exactMax) {
        return toExact(value, decimals);
    }
    const auto units = static_cast<std::uint64_t>(scaled + 0.5 + halfSlack);
    std::string text = value < 0 && units > 0 ? "-" : "";
    text += std::to_string(units / scale);
    if (decimals > 0) {
        const std::string fraction = std::to_string(units % scale);
        text += '.' + std::string(static_cast<std::size_t>(decimals) - fraction.size(), '0');
        text += fraction;
    }
    return text;
}

std::string toShortDecimal(double value, int decimals)
{
    std::string text = toDecimal(value, decimals);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

std::string groupThousands(std::string decimal)
{
    const std::size_t point = decimal.find('.');
    const std::size_t first = decimal.starts_with('-') ? 1 : 0;
    std::size_t at = point == std::string::npos ? decimal.size() : point;
    while (at > first + 3) {
        at -= 3;
        decimal.insert(at, 1, ',');
    }
    return decimal;
}

} // namespace lab
