#include "frontdoor/access.hpp"

#include <cctype>
#include <optional>
#include <string>

namespace lab::frontdoor {
namespace {

std::optional<unsigned> base64Digit(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return static_cast<unsigned>(c - 'A');
    }
    if (c >= 'a' && c <= 'z') {
        return static_cast<unsigned>(c - 'a' + 26);
    }
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0' + 52);
    }
    return c == '+' ? std::optional(62U) : c == '/' ? std::optional(63U) : std::nullopt;
}

std::optional<std::string> decodedBase64(std::string_view text)
{
    std::string bytes;
    unsigned bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        if (c == '=') {
            break;
        }
        const auto digit = base64Digit(c);
        if (!digit) {
            return std::nullopt;
        }
        bits = (bits << 6U) | *digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>((bits >> count) & 0xffU);
        }
    }
    return bytes;
}

bool hasPassword(const plan::BasicAuth& auth,
                 std::string_view authorization,
                 const PasswordCheck& check)
{
    constexpr std::string_view scheme = "basic ";
    if (authorization.size() < scheme.size() || !check) {
        return false;
    }
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        if (std::tolower(static_cast<unsigned char>(authorization[i])) != scheme[i]) {
            return false;
        }
    }
    const auto decoded = decodedBase64(authorization.substr(scheme.size()));
    const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return false;
    }
    const auto known = auth.hashes.find(decoded->substr(0, colon));
    return known != auth.hashes.end() &&
           check(std::string_view(*decoded).substr(colon + 1), known->second);
}

} // namespace

Access judgeAccess(const plan::RoutePolicy& policy,
                   const RequestView& request,
                   std::string_view client,
                   const PasswordCheck& check)
{
    const bool isDenied = limiting::isInAny(policy.deniedClients, client);
    const bool isAllowed = !isDenied && (policy.allowedClients.empty() ||
                                         limiting::isInAny(policy.allowedClients, client));
    const bool hasLists = !policy.deniedClients.empty() || !policy.allowedClients.empty();
    if (!policy.basicAuth) {
        return isAllowed ? Access::Granted : Access::Forbidden;
    }
    if (policy.isEitherEnough && hasLists) {
        return isAllowed || hasPassword(*policy.basicAuth, request.field("authorization"), check)
                   ? Access::Granted
                   : Access::Unauthorized;
    }
    if (!isAllowed) {
        return Access::Forbidden;
    }
    return hasPassword(*policy.basicAuth, request.field("authorization"), check)
               ? Access::Granted
               : Access::Unauthorized;
}

} // namespace lab::frontdoor
