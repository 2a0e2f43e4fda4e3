#pragma once

#include "base/elementary.hpp"
#include "base/random.hpp"
#include "measurement/latency_histogram.hpp"
#include "report/result_file.hpp"

namespace lab::test {

/// A result of exponential latencies: 20 batches of 100 answers, with a slow start.
inline report::ResultFile resultOf(std::uint64_t seed, double meanMs, double slowStartMs = 0.0)
{
    Random random(seed);
    measurement::LatencyHistogram histogram;
    report::ResultStyle style;
    for (int batch = 0; batch < 20; ++batch) {
        double sum = 0.0;
        for (int i = 0; i < 100; ++i) {
            const double ms =
                (batch < 2 ? slowStartMs : 0.0) - meanMs * naturalLog(1.0 - random.uniform());
            histogram.record(fromSeconds(ms / 1e3));
            sum += ms;
        }
        style.batches.push_back({100, sum / 100});
    }
    for (const auto& bucket : histogram.buckets()) {
        style.buckets.push_back({toSeconds(bucket.upperBound) * 1e3, bucket.count});
    }
    style.planned = {{"loadBalancers", 2.0}};
    style.monthlyCost = 57.24;
    style.currency = "USD";
    style.measuredSeconds = 10.0;
    style.offered = 2000;
    report::ResultFile result;
    result.scenario = "shop";
    result.clock = "live";
    result.profile = "spec";
    result.styles["ingress"] = style;
    return result;
}

} // namespace lab::test
