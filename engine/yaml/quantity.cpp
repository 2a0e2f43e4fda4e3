#include "yaml/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace lab::yaml {
namespace {

struct Unit {
    std::string_view name;
    double factor;
};

constexpr double minuteSeconds = 60;
constexpr double hourSeconds = 3600;

constexpr std::array durationUnits{
    Unit{"ns", 1},
    Unit{"us", 1e3},
    Unit{"µs", 1e3},
    Unit{"μs", 1e3},
    Unit{"ms", 1e6},
    Unit{"s", 1e9},
    Unit{"m", minuteSeconds * 1e9},
    Unit{"h", hourSeconds * 1e9},
    Unit{"d", 24 * hourSeconds * 1e9},
};

constexpr std::array rateUnits{
    Unit{"s", 1},
    Unit{"m", minuteSeconds},
    Unit{"h", hourSeconds},
};

constexpr double kibi = 1024;

constexpr std::array quantityUnits{
    Unit{"", 1},
    Unit{"n", 1e-9},
    Unit{"u", 1e-6},
    Unit{"m", 1e-3},
    Unit{"k", 1e3},
    Unit{"M", 1e6},
    Unit{"G", 1e9},
    Unit{"T", 1e12},
    Unit{"P", 1e15},
    Unit{"E", 1e18},
    Unit{"Ki", kibi},
    Unit{"Mi", kibi* kibi},
    Unit{"Gi", kibi* kibi* kibi},
    Unit{"Ti", kibi* kibi* kibi* kibi},
    Unit{"Pi", kibi* kibi* kibi* kibi* kibi},
    Unit{"Ei", kibi* kibi* kibi* kibi* kibi* kibi},
};

/// What a signed 64-bit number can hold, as the next double below.
constexpr double int64Max = 9'223'372'036'854'774'784.0;

template <std::size_t count>
const Unit* find(const std::array<Unit, count>& units, std::string_view name)
{
    for (const Unit& unit : units) {
        if (unit.name == name) {
            return &unit;
        }
    }
    return nullptr;
}

Error bad(std::string message)
{
    return {ErrorKind::BadInput, std::move(message)};
}

/// Takes digits with at most one point off the front; nothing where there are none.
std::optional<double> takeDecimal(std::string_view& text)
{
    const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
    double value = 0;
    const auto [last, error] =
        std::from_chars(text.data(), text.data() + end, value, std::chars_format::fixed);
    if (error != std::errc() || last != text.data() + end) {
        return std::nullopt;
    }
    text.remove_prefix(end);
    return value;
}

Result<double> parseScaled(std::string_view text, double scale)
{
    std::string_view rest = text.substr(text.starts_with('+') ? 1 : 0);
    if (rest.starts_with('-')) {
        return bad("must not be negative");
    }
    const std::optional<double> number = takeDecimal(rest);
    if (!number) {
        return bad("is no quantity such as \"100m\", \"2\" or \"128Mi\"");
    }
    double factor = 1;
    if (const Unit* unit = find(quantityUnits, rest)) {
        factor = unit->factor;
    } else {
        int exponent = 0;
        const bool hasExponent = rest.starts_with('e') || rest.starts_with('E');
        rest.remove_prefix(std::min<std::size_t>(rest.size(), 1));
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
        if (!hasExponent || error != std::errc() || end != rest.data() + rest.size()) {
            return bad("has no unit that Kubernetes knows (m, k, M, G, Ki, Mi, Gi …)");
        }
        factor = std::pow(10.0, exponent);
    }
    const double value = std::ceil(*number * factor * scale - 1e-9);
    if (!(value <= int64Max)) {
        return bad("is too large");
    }
    return std::max(value, 0.0);
}

} // namespace

Result<Duration> parseDuration(std::string_view text)
{
    if (text == "0") {
        return Duration::zero();
    }
    if (text.starts_with('-')) {
        return bad("must not be negative");
    }
    double total = 0;
    std::string_view rest = text;
    do {
        const std::optional<double> number = takeDecimal(rest);
        if (!number) {
            return bad("is no duration such as \"250ms\", \"5s\" or \"1h30m\"");
        }
        const std::string_view name = rest.substr(0, rest.find_first_of("0123456789."));
        const Unit* unit = find(durationUnits, name);
        if (unit == nullptr) {
            return bad(name.empty() ? "needs a unit, such as \"5s\""
                                    : "has an unknown unit of time (ns, us, ms, s, m, h, d)");
        }
        rest.remove_prefix(name.size());
        total += *number * unit->factor;
    } while (!rest.empty());
    if (!(total <= int64Max)) {
        return bad("is too long: a duration is at most 292 years");
    }
    return Duration(std::llround(total));
}

Result<double> parseRate(std::string_view text)
{
    if (text.starts_with('-')) {
        return bad("must not be negative");
    }
    std::string_view rest = text;
    const std::optional<double> number = takeDecimal(rest);
    if (!number) {
        return bad("is no rate such as \"100/s\" or \"60/m\"");
    }
    if (!rest.starts_with('/')) {
        return bad("needs a unit, such as \"100/s\"");
    }
    const Unit* unit = find(rateUnits, rest.substr(1));
    if (unit == nullptr) {
        return bad("has an unknown unit: a rate is per s, m or h, such as \"100/s\"");
    }
    if (!std::isfinite(*number)) {
        return bad("is too large");
    }
    return *number / unit->factor;
}

Result<std::int64_t> parseMilliQuantity(std::string_view text)
{
    constexpr double milli = 1000;
    const Result<double> value = parseScaled(text, milli);
    if (!value) {
        return value.error();
    }
    return static_cast<std::int64_t>(*value);
}

Result<std::int64_t> parseQuantity(std::string_view text)
{
    const Result<double> value = parseScaled(text, 1);
    if (!value) {
        return value.error();
    }
    return static_cast<std::int64_t>(*value);
}

} // namespace lab::yaml
