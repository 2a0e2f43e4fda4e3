#include "frontdoor/retry.hpp"

#include <algorithm>

namespace lab::frontdoor {
namespace {

bool isWanted(const plan::RetryPolicy& policy, const TryOutcome& outcome)
{
    switch (outcome.kind) {
    case TryOutcome::Kind::Refused:
    case TryOutcome::Kind::Broken:
        return policy.onError;
    case TryOutcome::Kind::TimedOut:
        return policy.onTimeout;
    case TryOutcome::Kind::Answered:
        return std::find(policy.onStatuses.begin(), policy.onStatuses.end(), outcome.status) !=
               policy.onStatuses.end();
    }
    return false;
}

} // namespace

bool triesAgain(const plan::RetryPolicy& policy,
                const TryOutcome& outcome,
                std::string_view method,
                int triesDone,
                Duration elapsed)
{
    const bool isRisky = outcome.wasSent && !policy.evenIfNotIdempotent &&
                         (method == "POST" || method == "LOCK" || method == "PATCH");
    const bool hasTries = policy.triesMax == 0 || triesDone < policy.triesMax;
    const bool hasTime = policy.time == Duration::zero() || elapsed < policy.time;
    return !isRisky && hasTries && hasTime && isWanted(policy, outcome);
}

} // namespace lab::frontdoor
