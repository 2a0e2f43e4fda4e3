#pragma once

#include "live/live_engine.hpp"
#include "scenario/engine_metrics.hpp"

#include <string_view>

namespace lab::scenario {

/// `/explain?url=&method=&header=&client=&style=`: what the served plans do with a request, as
/// JSON; `header` may be repeated. 400 with a sentence for what is no question.
/// \param query  as received, percent-encoded, without its question mark
[[nodiscard]] live::AdminAnswer explainPage(const ServedPlans& plans, std::string_view query);

} // namespace lab::scenario
