#pragma once

#include "plan/route_policy.hpp"

#include <string_view>

namespace lab::frontdoor {

/// How one try at an endpoint ended.
struct TryOutcome {
    enum class Kind {
        Refused,  ///< No connection came about.
        Broken,   ///< The connection broke, or the answer could not be read.
        TimedOut, ///< No connection or no answer in time.
        Answered, ///< With `status`.
    };
    Kind kind = Kind::Answered;
    int status = 0;
    bool wasSent = false; ///< A byte of the request has left.
};

/// Is another endpoint tried now?  proxy_next_upstream, its tries and its time.
/// \param triesDone  including the one that just ended \param elapsed  since the first began
[[nodiscard]] bool triesAgain(const plan::RetryPolicy& policy,
                              const TryOutcome& outcome,
                              std::string_view method,
                              int triesDone,
                              Duration elapsed);

} // namespace lab::frontdoor
