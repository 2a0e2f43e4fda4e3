#include "live/real_ports.hpp"

#include <charconv>

namespace lab::live {

std::string
withRealPort(std::string fields, std::string_view authority, const SiblingPorts& siblings)
{
    const std::size_t colon = authority.rfind(':');
    if (colon == std::string_view::npos) {
        return fields;
    }
    std::uint16_t port = 0;
    const std::string_view digits = authority.substr(colon + 1);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const auto sibling = siblings.find(port);
    if (parsed.ec != std::errc() || sibling == siblings.end()) {
        return fields;
    }
    const std::string target = "Location: https://" + std::string(authority.substr(0, colon));
    const std::size_t found = fields.find(target);
    if (found == std::string::npos) {
        return fields;
    }
    const std::size_t end = found + target.size();
    if (end == fields.size() || fields[end] == '/' || fields[end] == '\r' || fields[end] == '?') {
        fields.insert(end, ':' + std::to_string(sibling->second));
    }
    return fields;
}

} // namespace lab::live
