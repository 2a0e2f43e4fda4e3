#include "frontdoor/affinity.hpp"

#include "balancing/rendezvous_hash.hpp"
#include "frontdoor/canary.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace lab::frontdoor {
namespace {

std::string hexadecimal(std::uint64_t value)
{
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
    return text.data();
}

} // namespace

SessionKey sessionKey(const plan::SessionAffinity& affinity, const RequestView& request)
{
    const std::string_view value = cookieValue(request.field("cookie"), affinity.cookie);
    const std::size_t bar = value.find('|');
    if (bar == std::string_view::npos) {
        return {value, {}};
    }
    return {value.substr(0, bar), value.substr(bar + 1)};
}

std::string freshSessionKey(Random& random)
{
    return hexadecimal(random.next()) + hexadecimal(random.next());
}

std::string backendHash(const plan::Upstream& upstream)
{
    return hexadecimal(
        balancing::stableHash(upstream.fullService() + ':' + std::to_string(upstream.servicePort)));
}

std::string sessionCookie(const plan::SessionAffinity& affinity,
                          std::string_view key,
                          std::string_view backend,
                          std::string_view path,
                          const RequestView& request)
{
    std::string line = "Set-Cookie: " + affinity.cookie + '=';
    line.append(key).append("|").append(backend).append("; Path=").append(path);
    if (affinity.expiresSeconds) {
        line += "; Expires=" + httpDate(request.wallSeconds + *affinity.expiresSeconds);
    }
    if (affinity.maxAgeSeconds) {
        line += "; Max-Age=" + std::to_string(*affinity.maxAgeSeconds);
    }
    if (!affinity.domain.empty()) {
        line += "; Domain=" + affinity.domain;
    }
    if (affinity.isSecure.value_or(request.isTls)) {
        line += "; Secure";
    }
    line += "; HttpOnly";
    if (!affinity.sameSite.empty()) {
        line += "; SameSite=" + affinity.sameSite;
    }
    return line + "\r\n";
}

std::string httpDate(std::int64_t seconds)
{
    static constexpr std::array<const char*, 7> days{
        "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(),
                  text.size(),
                  "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  days[std::chrono::weekday(day).c_encoding()],
                  static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

} // namespace lab::frontdoor
