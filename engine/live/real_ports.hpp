#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace lab::live {

/// The https port that really stands beside a door's real http port.
using SiblingPorts = std::map<std::uint16_t, std::uint16_t>;

/// The field lines of a redirect with the door's real port in them, where the client's Host carried
/// one of its real ports: "https://shop.lab/x" for "shop.lab:8080" becomes
/// "https://shop.lab:8443/x", and "http://www.shop.lab/x/" gets ":8080". All else stays as it is:
/// the public ports are 80 and 443.
[[nodiscard]] std::string
withRealPort(std::string fields, std::string_view authority, const SiblingPorts& siblings);

} // namespace lab::live
