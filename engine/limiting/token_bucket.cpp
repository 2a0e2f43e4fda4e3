#include "limiting/token_bucket.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cmath>

namespace lab::limiting {
namespace {

constexpr double spanNsMax = 2e18; ///< 63 years: longer spans are as good as for ever.

/// Rounded up, so that rounding never lets more pass than the rate.
std::int64_t wholeNs(double nanoseconds)
{
    constexpr double noise = 1e-6; // of the division: 1e9 / 0.3 is meant to be whole
    return static_cast<std::int64_t>(std::clamp(std::ceil(nanoseconds - noise), 1.0, spanNsMax));
}

} // namespace

BucketSteps::BucketSteps(const BucketPolicy& policy)
    : intervalNs_(0)
    , toleranceNs_(0)
{
    check(policy.ratePerSecond > 0.0 && policy.burst >= 1.0,
          "a bucket has a rate and room for one");
    intervalNs_ = wholeNs(1e9 / policy.ratePerSecond);
    toleranceNs_ = static_cast<std::int64_t>(
        std::min((policy.burst - 1.0) * static_cast<double>(intervalNs_), spanNsMax));
}

Duration BucketSteps::admit(std::atomic<std::int64_t>& nextNs, Instant now) const
{
    const std::int64_t nowNs = now.sinceStart().count();
    std::int64_t next = nextNs.load(std::memory_order_relaxed);
    while (true) {
        const std::int64_t ahead = next - nowNs;
        if (ahead > toleranceNs_) {
            return Duration(ahead - toleranceNs_);
        }
        const std::int64_t after = std::max(next, nowNs) + intervalNs_;
        if (nextNs.compare_exchange_weak(next, after, std::memory_order_relaxed)) {
            return Duration::zero();
        }
    }
}

Duration BucketSteps::waitFor(const std::atomic<std::int64_t>& nextNs, Instant now) const
{
    const std::int64_t ahead = nextNs.load(std::memory_order_relaxed) - now.sinceStart().count();
    return Duration(std::max<std::int64_t>(ahead - toleranceNs_, 0));
}

double BucketSteps::level(const std::atomic<std::int64_t>& nextNs, double burst, Instant now) const
{
    const std::int64_t ahead = nextNs.load(std::memory_order_relaxed) - now.sinceStart().count();
    const double missing =
        static_cast<double>(std::max<std::int64_t>(ahead, 0)) / static_cast<double>(intervalNs_);
    return std::clamp(burst - missing, 0.0, burst);
}

TokenBucket::TokenBucket(BucketPolicy policy)
    : policy_(policy)
    , steps_(policy)
    , nextNs_(BucketSteps::fullNs)
{
}

Duration TokenBucket::admit(Instant now)
{
    return steps_.admit(nextNs_, now);
}

double TokenBucket::level(Instant now) const
{
    return steps_.level(nextNs_, policy_.burst, now);
}

} // namespace lab::limiting
