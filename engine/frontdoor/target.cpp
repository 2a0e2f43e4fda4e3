#include "frontdoor/target.hpp"

namespace lab::frontdoor {

std::string_view originForm(std::string_view target)
{
    if (target.starts_with('/')) {
        return target;
    }
    const std::size_t scheme = target.find("://");
    const std::size_t path =
        scheme == std::string_view::npos ? scheme : target.find_first_of("/?", scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

std::string_view queryOf(std::string_view target)
{
    const std::size_t question = target.find('?');
    return question == std::string_view::npos ? std::string_view() : target.substr(question);
}

std::string escapedPath(std::string_view path)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view escaped = " \"#%<>?\\^`{|}"; // ngx_escape_uri, NGX_ESCAPE_URI
    std::string text;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || escaped.find(c) != std::string_view::npos) {
            text += '%';
            text += digits[byte >> 4U];
            text += digits[byte & 15U];
        } else {
            text += c;
        }
    }
    return text;
}

} // namespace lab::frontdoor
