#pragma once

#include "explain/explanation.hpp"
#include "explain/host_index.hpp"
#include "frontdoor/decision_trace.hpp"

#include <string>
#include <string_view>

namespace lab::explain {

/// "prefix /cart", "exact /cart", "pattern ^/cart": how a rule compares paths.
[[nodiscard]] std::string matchText(const routing::RouteRule& rule);

/// "exact host shop.test; longest path (5) among 3 rules": what decided between the rules.
[[nodiscard]] std::string decidedBy(const plan::Door& door, const routing::RouteTrace& trace);

/// Puts the rules that the look-up went through into the explanation, in its order, with the
/// reason each lost; the hosts that it did not look at; and what decided between them.
void explainCandidates(const HostIndex& index,
                       const plan::FrontDoorPlan& plan,
                       const routing::RouteTrace& trace,
                       Explanation& explanation);

} // namespace lab::explain
