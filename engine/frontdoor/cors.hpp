#pragma once

#include "frontdoor/request_view.hpp"
#include "plan/route_policy.hpp"

#include <string>

namespace lab::frontdoor {

/// May this request's Origin read the answer?  "*" is anybody; a wildcard stands for one label.
[[nodiscard]] bool isOriginAllowed(const plan::CorsPolicy& cors, const RequestView& request);

/// Is it the browser's question before the real request, which the door answers by itself (204)?
[[nodiscard]] bool isPreflight(const plan::CorsPolicy& cors, const RequestView& request);

/// The field lines for the answer; nothing where the origin is not allowed.
[[nodiscard]] std::string corsFields(const plan::CorsPolicy& cors, const RequestView& request);

} // namespace lab::frontdoor
