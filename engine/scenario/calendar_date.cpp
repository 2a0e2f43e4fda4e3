#include "scenario/calendar_date.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace lab::scenario {

bool isDate(std::string_view text)
{
    constexpr std::string_view shape = "dddd-dd-dd";
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool isDigit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !isDigit : text[i] != shape[i]) {
            return false;
        }
    }
    const auto number = [&](std::size_t from, std::size_t length) {
        int value = 0;
        for (const char digit : text.substr(from, length)) {
            value = value * 10 + (digit - '0');
        }
        return value;
    };
    using namespace std::chrono;
    return year_month_day(year(number(0, 4)),
                          month(static_cast<unsigned>(number(5, 2))),
                          day(static_cast<unsigned>(number(8, 2))))
        .ok();
}

std::string today()
{
    using namespace std::chrono;
    const year_month_day day(floor<days>(system_clock::now()));
    std::array<char, 16> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%04d-%02u-%02u",
                  static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()),
                  static_cast<unsigned>(day.day()));
    return text.data();
}

} // namespace lab::scenario
