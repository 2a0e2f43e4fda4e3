#pragma once

#include "base/ids.hpp"

#include <string>

namespace lab::routing {

enum class PathKind {
    Exact,  ///< The same bytes.
    Prefix, ///< Whole path elements.
    Regex, ///< A pattern, looked for from the start of the path, in any case (nginx's `~* "^…"`).
};

/// One line of a route table: this host and this path belong to that route.
struct RouteRule {
    std::string host; ///< "" any host, "*.shop.lab" one label more, else exact; lower case.
    PathKind kind = PathKind::Prefix;
    std::string path = "/"; ///< Starts with '/'; of a Regex the pattern without its "^".
    RouteId route;
    /// A path that ends in '/': answer the same path without it by sending the client there (301),
    /// as nginx does for a proxied location.
    bool redirectsToSlash = false;
};

} // namespace lab::routing
