#pragma once

#include "base/instant.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lab::measurement {

/// How long did requests take?  Counts by duration, log-linear, in fixed memory.
///
/// 128 sub-buckets a power of two: every recorded duration is known to within 1/128 (0.8 %).
/// Range 1 µs to 137 s in buckets of nanoseconds; shorter and longer ones are counted at the ends.
class LatencyHistogram {
public:
    /// Relative width of a bucket: the error bound of every quantile.
    static constexpr double relativeError = 1.0 / 128;

    struct Bucket {
        Duration upperBound{};
        std::uint64_t count = 0;
    };

    LatencyHistogram();

    void record(Duration latency);
    void merge(const LatencyHistogram& other);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    /// The smallest bucket bound that at least the share q of records does not exceed; zero when
    /// empty. \pre 0 <= q <= 1
    [[nodiscard]] Duration quantile(double q) const;
    [[nodiscard]] Duration max() const { return max_; } ///< Exact.
    [[nodiscard]] Duration mean() const;                ///< Exact.

    /// The buckets that hold something, in rising order.
    [[nodiscard]] std::vector<Bucket> buckets() const;

private:
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    std::int64_t sumNs_ = 0;
    Duration max_{};
};

} // namespace lab::measurement
