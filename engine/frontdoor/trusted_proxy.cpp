#include "frontdoor/front_door.hpp"

#include <charconv>

// What a proxy in front of the door says of a request, where the door believes it.

namespace lab::frontdoor {

/// nginx's real_ip_recursive: from the right, past the proxies that are trusted.
std::string_view FrontDoor::clientOf(const RequestView& request) const
{
    if (!door().trustsForwarded) {
        return request.clientAddress;
    }
    const auto isTrusted = [&](std::string_view address) {
        return door().trustedProxies.empty() || limiting::isInAny(door().trustedProxies, address);
    };
    std::string_view client = request.clientAddress;
    std::string_view rest = request.field(door().forwardedForHeader);
    while (!rest.empty() && isTrusted(client)) {
        const std::size_t comma = rest.rfind(',');
        std::string_view last = comma == rest.npos ? rest : rest.substr(comma + 1);
        rest = comma == rest.npos ? std::string_view() : rest.substr(0, comma);
        while (last.starts_with(' ')) {
            last.remove_prefix(1);
        }
        while (last.ends_with(' ')) {
            last.remove_suffix(1);
        }
        if (!limiting::parseAddress(last)) {
            break;
        }
        client = last;
    }
    return client;
}

/// lua_ingress.lua: a trusted proxy's scheme counts, over TLS too; only "http" is not secure.
bool FrontDoor::isSecure(const RequestView& request) const
{
    const std::string_view scheme =
        door().trustsForwarded ? request.field("x-forwarded-proto") : std::string_view();
    return scheme.empty() ? request.isTls : scheme != "http";
}

std::uint16_t FrontDoor::publicPort(const RequestView& request, std::uint16_t own) const
{
    const std::string_view text =
        door().trustsForwarded ? request.field("x-forwarded-port") : std::string_view();
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port > 0 ? port : own;
}

/// The name under which the client knows the door: a trusted proxy may have told it.
std::string_view FrontDoor::publicHost(const RequestView& request) const
{
    std::string_view host =
        door().trustsForwarded ? request.field("x-forwarded-host") : std::string_view();
    host = host.substr(0, host.find(','));
    return host.empty() ? request.hostAsReceived() : host;
}

} // namespace lab::frontdoor
