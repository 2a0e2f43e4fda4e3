#pragma once

#include <string>
#include <utility>

namespace lab::routing {

/// How a door's certificate was found for the name that a client asked for.
enum class NameMatch { Exact, Wildcard, None };

/// Which of a door's certificates does a client get that asks for this name?
///
/// The exact name's, else that of the wildcard of its first label, else none: the default one
/// (semantics: SNI, RFC 6066 3). For the live door's table and for the explainer.
/// \param host  lower case, without port
/// \param find  takes a name, "shop.lab" or "*.lab", gives a pointer, or nullptr
template <typename Find>
[[nodiscard]] auto findByServerName(const std::string& host, Find&& find)
    -> std::pair<decltype(find(host)), NameMatch>
{
    if (auto* const exact = find(host)) {
        return {exact, NameMatch::Exact};
    }
    if (const std::size_t dot = host.find('.'); dot != std::string::npos) {
        if (auto* const wildcard = find('*' + host.substr(dot))) {
            return {wildcard, NameMatch::Wildcard};
        }
    }
    return {nullptr, NameMatch::None};
}

} // namespace lab::routing
