#pragma once

#include "base/random.hpp"
#include "frontdoor/request_view.hpp"
#include "plan/upstream_policy.hpp"
#include "routing/path_pattern.hpp"

#include <optional>
#include <string_view>

namespace lab::frontdoor {

/// The value of that cookie in a Cookie field, or empty.
[[nodiscard]] std::string_view cookieValue(std::string_view cookies, std::string_view name);

/// Does this request go to the canary?  The first that decides: header, cookie, weight.
/// \param pattern  the compiled header pattern, if the policy has one
[[nodiscard]] bool isForCanary(const plan::CanaryPolicy& canary,
                               const std::optional<routing::PathPattern>& pattern,
                               const RequestView& request,
                               Random& random);

} // namespace lab::frontdoor
