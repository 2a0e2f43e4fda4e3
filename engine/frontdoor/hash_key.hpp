#pragma once

#include "frontdoor/request_view.hpp"

#include <string>
#include <string_view>

namespace lab::frontdoor {

/// The text of upstream-hash-by with its nginx variables filled in: $request_uri, $uri, $args,
/// $host, $remote_addr, $scheme, $request_method, $http_NAME, $cookie_NAME, $arg_NAME; also in
/// braces. An unknown variable is empty.
[[nodiscard]] std::string
hashKey(std::string_view text, const RequestView& request, std::string_view client);

} // namespace lab::frontdoor
