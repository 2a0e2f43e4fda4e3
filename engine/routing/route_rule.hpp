#pragma once

#include "base/ids.hpp"

#include <string>

namespace lab::routing {

enum class PathKind { Exact, Prefix };

/// One line of a route table: this host and this path belong to that route.
struct RouteRule {
    std::string host; ///< "" any host, "*.shop.lab" one label more, else exact; lower case.
    PathKind kind = PathKind::Prefix;
    std::string path = "/"; ///< Starts with '/'.
    RouteId route;
};

} // namespace lab::routing
