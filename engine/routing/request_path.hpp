#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lab::routing {

/// The path of a request target as routes see it: percent-decoded, dot segments resolved,
/// neighbouring slashes merged, without query; nothing if ".." climbs above the root or an
/// escape is broken (400).
///
/// A path that is already in that form is returned as a view into `target`; else it is written
/// into `buffer`.  Normalisation as nginx does it before it chooses a location.
[[nodiscard]] std::optional<std::string_view> normalisedPath(std::string_view target,
                                                             std::string& buffer);

/// The host of a Host field or authority as routes see it: lower case, without port, without one
/// trailing dot, and without the alias suffix ".localhost".  View into `field` or `buffer`.
[[nodiscard]] std::string_view normalisedHost(std::string_view field, std::string& buffer);

} // namespace lab::routing
