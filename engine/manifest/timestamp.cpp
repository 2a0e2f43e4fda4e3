#include "manifest/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace lab::manifest {
namespace {

/// Takes exactly that many digits off the front.
std::optional<int> takeDigits(std::string_view& text, std::size_t count)
{
    const std::string_view digits = text.substr(0, count);
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.size() != count || digits.front() == '-' || error != std::errc() ||
        end != digits.data() + count) {
        return std::nullopt;
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char wanted)
{
    if (!text.starts_with(wanted)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::sys_days> takeDate(std::string_view& text)
{
    const std::optional<int> year = takeDigits(text, 4);
    if (!year || !take(text, '-')) {
        return std::nullopt;
    }
    const std::optional<int> month = takeDigits(text, 2);
    if (!month || !take(text, '-')) {
        return std::nullopt;
    }
    const std::optional<int> day = takeDigits(text, 2);
    const std::chrono::year_month_day date{
        std::chrono::year(*year),
        std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(day.value_or(0)))};
    return day && date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

/// hh:mm as minutes.
std::optional<std::chrono::minutes> takeMinutes(std::string_view& text)
{
    const std::optional<int> hours = takeDigits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) {
        return std::nullopt;
    }
    const std::optional<int> minutes = takeDigits(text, 2);
    if (!minutes || *minutes > 59) {
        return std::nullopt;
    }
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

std::optional<std::chrono::minutes> takeOffset(std::string_view& text)
{
    if (take(text, 'Z') || take(text, 'z')) {
        return std::chrono::minutes(0);
    }
    const bool isEast = text.starts_with('+');
    if (!take(text, '+') && !take(text, '-')) {
        return std::nullopt;
    }
    const std::optional<std::chrono::minutes> offset = takeMinutes(text);
    return offset ? std::optional(isEast ? *offset : -*offset) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> parseTimestamp(std::string_view text)
{
    const std::optional<std::chrono::sys_days> date = takeDate(text);
    if (!date || (!take(text, 'T') && !take(text, 't'))) {
        return std::nullopt;
    }
    const std::optional<std::chrono::minutes> time = takeMinutes(text);
    if (!time || !take(text, ':')) {
        return std::nullopt;
    }
    const std::optional<int> seconds = takeDigits(text, 2);
    if (!seconds || *seconds > 60) {
        return std::nullopt;
    }
    if (take(text, '.')) {
        const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
        if (end == 0) {
            return std::nullopt;
        }
        text.remove_prefix(end);
    }
    const std::optional<std::chrono::minutes> offset = takeOffset(text);
    if (!offset || !text.empty()) {
        return std::nullopt;
    }
    const std::chrono::sys_seconds instant =
        *date + *time + std::chrono::seconds(*seconds) - *offset;
    return instant.time_since_epoch().count();
}

} // namespace lab::manifest
