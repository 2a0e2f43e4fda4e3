#include "measurement/door_record.hpp"

#include <array>

namespace lab::measurement {
namespace {

constexpr std::array<std::string_view, 9> methods{
    "other", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"};

} // namespace

std::uint8_t methodNumber(std::string_view method)
{
    for (std::uint8_t number = 1; number < methods.size(); ++number) {
        if (method == methods[number]) {
            return number;
        }
    }
    return 0;
}

std::string_view methodText(std::uint8_t number)
{
    return methods[number < methods.size() ? number : 0];
}

} // namespace lab::measurement
