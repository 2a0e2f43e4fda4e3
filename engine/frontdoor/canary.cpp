#include "frontdoor/canary.hpp"

namespace lab::frontdoor {
namespace {

std::optional<bool> byHeader(const plan::CanaryPolicy& canary,
                             const std::optional<routing::PathPattern>& pattern,
                             const RequestView& request)
{
    const std::string_view value =
        canary.header.empty() ? std::string_view() : request.field(canary.header);
    if (value.empty()) {
        return std::nullopt;
    }
    if (!canary.headerValue.empty()) {
        return value == canary.headerValue ? std::optional(true) : std::nullopt;
    }
    if (pattern) {
        return pattern->matchesWithin(value) ? std::optional(true) : std::nullopt;
    }
    if (value == "always") {
        return true;
    }
    return value == "never" ? std::optional(false) : std::nullopt;
}

std::optional<bool> byCookie(const plan::CanaryPolicy& canary, const RequestView& request)
{
    if (canary.cookie.empty()) {
        return std::nullopt;
    }
    const std::string_view value = cookieValue(request.field("cookie"), canary.cookie);
    if (value == "always") {
        return true;
    }
    return value == "never" ? std::optional(false) : std::nullopt;
}

} // namespace

std::string_view cookieValue(std::string_view cookies, std::string_view name)
{
    while (!cookies.empty()) {
        const std::size_t semicolon = cookies.find(';');
        std::string_view pair = cookies.substr(0, semicolon);
        while (pair.starts_with(' ')) {
            pair.remove_prefix(1);
        }
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return pair.substr(equals + 1);
        }
        cookies.remove_prefix(semicolon == std::string_view::npos ? cookies.size() : semicolon + 1);
    }
    return {};
}

bool isForCanary(const plan::CanaryPolicy& canary,
                 const std::optional<routing::PathPattern>& pattern,
                 const RequestView& request,
                 Random& random)
{
    if (const auto decided = byHeader(canary, pattern, request)) {
        return *decided;
    }
    if (const auto decided = byCookie(canary, request)) {
        return *decided;
    }
    const auto total = static_cast<std::uint64_t>(canary.weightTotal);
    return canary.weight > 0 &&
           random.below(total) < static_cast<std::uint64_t>(canary.weight); // 1..total ≤ weight
}

} // namespace lab::frontdoor
