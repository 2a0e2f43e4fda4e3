#include "balancing/balancer.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cmath>

namespace lab::balancing {
namespace {

/// upstream-keepalive-connections of ingress-nginx: connections kept a worker.
constexpr std::size_t keptMax = 320;

std::size_t usableCount(std::span<const bool> isUsable)
{
    return static_cast<std::size_t>(std::count(isUsable.begin(), isUsable.end(), true));
}

/// The index of the usable endpoint with that rank among the usable ones.
std::size_t usableOfRank(std::span<const bool> isUsable, std::size_t rank)
{
    std::size_t index = 0;
    while (!isUsable[index] || rank-- > 0) {
        ++index;
    }
    return index;
}

} // namespace

Balancer::Balancer(Policy policy, std::size_t endpointCount, Random random)
    : policy_(policy)
    , inFlight_(endpointCount, 0)
    , latencies_(policy == Policy::Ewma ? endpointCount : 0)
    , random_(random)
{
    if (endpointCount > 0) {
        next_ = static_cast<std::size_t>(random_.below(endpointCount));
    }
}

std::size_t Balancer::pick(std::span<const bool> isUsable)
{
    check(isUsable.size() == inFlight_.size(), "one flag an endpoint");
    switch (policy_) {
    case Policy::RoundRobin:
        return pickInTurn(isUsable);
    case Policy::KeptConnection:
        return pickKept(isUsable);
    case Policy::Random:
    case Policy::LeastRequests:
    case Policy::Ewma:
        return pickAtRandom(isUsable);
    }
    return none;
}

void Balancer::began(std::size_t endpoint)
{
    ++inFlight_[endpoint];
}

void Balancer::answered(std::size_t endpoint, Duration latency, Instant now)
{
    if (policy_ == Policy::KeptConnection && kept_.size() < keptMax) {
        kept_.push_back(endpoint);
    }
    if (latencies_.empty()) {
        return;
    }
    constexpr double decaySeconds = 10.0; // of ingress-nginx's lua balancer/ewma.lua
    Latency& kept = latencies_[endpoint];
    const double age = std::max(0.0, toSeconds(now - kept.last));
    const double weight = kept.isKnown ? std::exp(-age / decaySeconds) : 0.0;
    kept.seconds = kept.seconds * weight + toSeconds(latency) * (1.0 - weight);
    kept.last = now;
    kept.isKnown = true;
}

void Balancer::ended(std::size_t endpoint)
{
    check(inFlight_[endpoint] > 0, "what ends has begun");
    --inFlight_[endpoint];
}

std::size_t Balancer::pickInTurn(std::span<const bool> isUsable)
{
    for (std::size_t step = 0; step < isUsable.size(); ++step) {
        const std::size_t candidate = (next_ + step) % isUsable.size();
        if (isUsable[candidate]) {
            next_ = (candidate + 1) % isUsable.size();
            return candidate;
        }
    }
    return none;
}

std::size_t Balancer::pickKept(std::span<const bool> isUsable)
{
    while (!kept_.empty()) {
        const std::size_t endpoint = kept_.back();
        kept_.pop_back();
        if (isUsable[endpoint]) {
            return endpoint;
        }
    }
    return pickAtRandom(isUsable);
}

std::size_t Balancer::pickAtRandom(std::span<const bool> isUsable)
{
    const std::size_t count = usableCount(isUsable);
    if (count == 0) {
        return none;
    }
    const auto first = static_cast<std::size_t>(random_.below(count));
    const std::size_t one = usableOfRank(isUsable, first);
    const bool isOneEnough = policy_ == Policy::Random || policy_ == Policy::KeptConnection;
    if (isOneEnough || count == 1) {
        return one;
    }
    // Two different ones: the second is drawn among the others (Mitzenmacher 2001).
    const auto second = static_cast<std::size_t>(random_.below(count - 1));
    const std::size_t other = usableOfRank(isUsable, second < first ? second : second + 1);
    const bool isOtherBetter = policy_ == Policy::Ewma
                                   ? latencies_[other].seconds < latencies_[one].seconds
                                   : inFlight_[other] < inFlight_[one];
    return isOtherBetter ? other : one;
}

} // namespace lab::balancing
