#pragma once

#include "base/ids.hpp"
#include "routing/route_table.hpp"

#include <string>
#include <vector>

namespace lab::frontdoor {

/// The steps of one decision, written by the code that decides when asked for: the explainer,
/// the inspector and the lessons read what was done, not a re-telling.
struct DecisionTrace {
    struct Step {
        std::string phase; ///< "route", "limit", "endpoint"
        std::string text;  ///< What was found, for people.
    };
    routing::RouteTrace route;
    std::vector<Step> steps;
};

} // namespace lab::frontdoor
