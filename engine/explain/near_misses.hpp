#pragma once

#include "explain/explanation.hpp"
#include "explain/host_index.hpp"
#include "frontdoor/decision_trace.hpp"

namespace lab::explain {

/// Most rules of other hosts that are asked whether they would take the path.
inline constexpr std::size_t rulesAskedMax = 1'000;

/// What was probably meant by a request that no rule takes: a host one edit away, a path that
/// differs by case, slash or half an element, the same path on another host. Best first.
///
/// Other hosts are asked through the table that routes.
[[nodiscard]] std::vector<NearMiss> nearMisses(const HostIndex& index,
                                               const routing::RouteTrace& trace,
                                               const std::string& host,
                                               const std::string& path);

} // namespace lab::explain
