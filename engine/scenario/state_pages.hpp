#pragma once

#include "live/live_engine.hpp"
#include "scenario/engine_metrics.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lab::scenario {

/// What is served now, as JSON: `/routes /endpoints /certs /limits`, and `/config_dump` which is
/// all of them with the doors; `?resource=` takes one part of it.
///
/// Each object names the place in the user's files that it is from. Keys, passwords and their
/// hashes are in none of them. Names: style, door, route, upstream, endpoint.
///
/// \param path  with its '/'
/// \param query  without its question mark
/// \param engine  that serves the plans; nullptr: not yet, addresses and levels are left out
/// \return nothing if there is no such page; 400 for a query that it does not take
[[nodiscard]] std::optional<live::AdminAnswer> statePage(std::string_view path,
                                                         std::string_view query,
                                                         const ServedPlans& plans,
                                                         const live::LiveEngine* engine);

} // namespace lab::scenario
