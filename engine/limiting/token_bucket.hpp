#pragma once

#include "base/instant.hpp"

#include <atomic>
#include <cstdint>

namespace lab::limiting {

/// How much may pass: a steady rate, and how many at once after a quiet time.
struct BucketPolicy {
    double ratePerSecond = 0.0; ///< Above 0.
    double burst = 1.0;         ///< Bucket size in requests, at least 1.

    friend bool operator==(const BucketPolicy&, const BucketPolicy&) = default;
};

/// A bucket policy as steps of time, and the one step that all buckets take: the generic cell rate
/// algorithm over somebody's atomic instant.
class BucketSteps {
public:
    /// The instant of a full bucket: long ago.
    static constexpr std::int64_t fullNs = -4'000'000'000'000'000'000;

    /// \pre ratePerSecond > 0 and burst >= 1
    explicit BucketSteps(const BucketPolicy& policy);

    /// Takes one token of the bucket kept in `nextNs`: see TokenBucket::admit.
    Duration admit(std::atomic<std::int64_t>& nextNs, Instant now) const;

    /// Puts one token back that admit() took.
    void giveBack(std::atomic<std::int64_t>& nextNs) const { nextNs.fetch_sub(intervalNs_); }

    /// What admit() would say, without taking anything.
    [[nodiscard]] Duration waitFor(const std::atomic<std::int64_t>& nextNs, Instant now) const;
    /// Tokens in the bucket of that size. \param burst  of the policy
    [[nodiscard]] double
    level(const std::atomic<std::int64_t>& nextNs, double burst, Instant now) const;

    [[nodiscard]] std::int64_t intervalNs() const { return intervalNs_; }

private:
    std::int64_t intervalNs_;  ///< Time one token takes to drip in.
    std::int64_t toleranceNs_; ///< (burst − 1) × interval
};

/// May one more request pass now?  An exact token bucket, full at the start.
///
/// Kept as one instant (the generic cell rate algorithm, ITU-T I.371): the theoretical arrival
/// time. `admit` is a compare-and-swap with the caller's `now`, so any number of threads share a
/// bucket without a lock and together admit no more than rate × time + burst. A refused request
/// takes nothing. Pure: the caller brings the time.
class TokenBucket {
public:
    /// \pre ratePerSecond > 0 and burst >= 1
    explicit TokenBucket(BucketPolicy policy);

    /// Takes one token.
    /// \return zero if the request may pass, else how long until the next one may (Retry-After)
    Duration admit(Instant now);

    /// What admit() would say, without taking a token.
    [[nodiscard]] Duration waitFor(Instant now) const { return steps_.waitFor(nextNs_, now); }

    /// Tokens in the bucket at that time: for reports.
    [[nodiscard]] double level(Instant now) const;

    [[nodiscard]] const BucketPolicy& policy() const { return policy_; }

private:
    BucketPolicy policy_;
    BucketSteps steps_;
    std::atomic<std::int64_t> nextNs_; ///< Theoretical arrival time of the next request.
};

} // namespace lab::limiting
