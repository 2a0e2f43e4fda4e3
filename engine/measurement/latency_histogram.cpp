#include "measurement/latency_histogram.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lab::measurement {
namespace {

constexpr unsigned subBucketBits = 7; // 128 a power of two
constexpr unsigned lowestBits = 9;    // 512 ns: what is shorter goes into the first bucket
constexpr unsigned highestBits = 37;  // 137 s: what is longer goes into the last
constexpr std::uint64_t subBuckets = std::uint64_t{1} << subBucketBits;
constexpr std::uint64_t lowestNs = std::uint64_t{1} << lowestBits;
constexpr std::uint64_t highestNs = (std::uint64_t{1} << highestBits) - 1;
constexpr std::size_t bucketsMax = (highestBits - lowestBits) * subBuckets;

std::size_t indexOf(Duration latency)
{
    const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(latency.count(), 0));
    const std::uint64_t known = std::clamp(ns, lowestNs, highestNs);
    const unsigned exponent = static_cast<unsigned>(std::bit_width(known)) - 1;
    const std::uint64_t position = (known >> (exponent - subBucketBits)) - subBuckets;
    return (exponent - lowestBits) * subBuckets + position;
}

/// The longest duration that falls into the bucket.
Duration upperBoundOf(std::size_t index)
{
    const auto exponent = static_cast<unsigned>(index / subBuckets) + lowestBits;
    const std::uint64_t position = index % subBuckets + subBuckets;
    const std::uint64_t next = (position + 1) << (exponent - subBucketBits);
    return Duration(static_cast<std::int64_t>(next - 1));
}

} // namespace

LatencyHistogram::LatencyHistogram()
    : counts_(bucketsMax)
{
}

void LatencyHistogram::record(Duration latency)
{
    const Duration known = std::max(latency, Duration::zero());
    ++counts_[indexOf(known)];
    ++count_;
    sumNs_ += known.count();
    max_ = std::max(max_, known);
}

void LatencyHistogram::merge(const LatencyHistogram& other)
{
    std::ranges::transform(counts_, other.counts_, counts_.begin(), std::plus<>{});
    count_ += other.count_;
    sumNs_ += other.sumNs_;
    max_ = std::max(max_, other.max_);
}

Duration LatencyHistogram::quantile(double q) const
{
    check(q >= 0.0 && q <= 1.0, "a quantile lies between 0 and 1");
    const auto rank = static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_)));
    const std::uint64_t wanted =
        std::clamp<std::uint64_t>(rank, 1, std::max<std::uint64_t>(count_, 1));
    std::uint64_t seen = 0;
    for (std::size_t index = 0; index < counts_.size(); ++index) {
        seen += counts_[index];
        if (seen >= wanted) {
            return std::min(upperBoundOf(index), max_);
        }
    }
    return max_;
}

Duration LatencyHistogram::mean() const
{
    return count_ == 0 ? Duration::zero() : Duration(sumNs_ / static_cast<std::int64_t>(count_));
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets() const
{
    std::vector<Bucket> filled;
    for (std::size_t index = 0; index < counts_.size(); ++index) {
        if (counts_[index] > 0) {
            filled.push_back({.upperBound = upperBoundOf(index), .count = counts_[index]});
        }
    }
    return filled;
}

} // namespace lab::measurement
