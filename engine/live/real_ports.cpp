#include "live/real_ports.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace lab::live {
namespace {

struct PortPair {
    std::uint16_t http = 0;
    std::uint16_t https = 0;
};

/// The real ports of the door whose one port the client named.
std::optional<PortPair> portsBeside(std::string_view digits, const SiblingPorts& siblings)
{
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (parsed.ec != std::errc()) {
        return std::nullopt;
    }
    for (const auto& [http, https] : siblings) {
        if (port == http || port == https) {
            return PortPair{http, https};
        }
    }
    return std::nullopt;
}

/// The same site, or what from-to-www-redirect takes for it.
bool isSameSite(std::string_view a, std::string_view b)
{
    constexpr std::string_view www = "www.";
    const auto bare = [&](std::string_view host) {
        return host.starts_with(www) ? host.substr(www.size()) : host;
    };
    return bare(a) == bare(b);
}

} // namespace

std::string
withRealPort(std::string fields, std::string_view authority, const SiblingPorts& siblings)
{
    const std::size_t colon = authority.rfind(':');
    constexpr std::string_view start = "Location: http";
    const std::size_t line = fields.find(start);
    if (colon == std::string_view::npos || line == std::string::npos) {
        return fields;
    }
    const std::size_t scheme = line + start.size();
    const bool isHttps = fields.compare(scheme, 1, "s") == 0;
    const std::size_t slashes = scheme + (isHttps ? 1 : 0);
    const auto ports = portsBeside(authority.substr(colon + 1), siblings);
    if (fields.compare(slashes, 3, "://") != 0 || !ports) {
        return fields;
    }
    const std::size_t host = slashes + 3;
    const std::size_t end = std::min(fields.find_first_of(":/?\r", host), fields.size());
    const bool hasPort = end < fields.size() && fields[end] == ':';
    const std::string_view named = std::string_view(fields).substr(host, end - host);
    if (!hasPort && isSameSite(named, authority.substr(0, colon))) {
        fields.insert(end, ':' + std::to_string(isHttps ? ports->https : ports->http));
    }
    return fields;
}

} // namespace lab::live
