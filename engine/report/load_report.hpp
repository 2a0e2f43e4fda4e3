#pragma once

#include "measurement/measurements.hpp"

#include <cstdint>
#include <string>

namespace lab::report {

/// What one URL made of a load: the result of `load`.
struct LoadReport {
    std::string url;
    std::string method = "GET";
    double ratePerSecond = 0.0;
    bool isPoisson = false; ///< Else evenly spaced.
    Duration duration{};
    std::uint32_t clients = 1;
    std::uint64_t seed = 1;
    bool wasInterrupted = false;
    measurement::Measurements measurements;

    /// The generator could keep to its schedule, so that the latencies are the server's.
    [[nodiscard]] bool isConclusive() const { return !measurements.isGeneratorSaturated(); }
};

/// For people: counts, the distribution of latency, and whether the generator was the bottleneck.
[[nodiscard]] std::string renderLoadText(const LoadReport& report, bool usesColour);

/// For programs; latency with its buckets, in the schema's words where they are the same.
[[nodiscard]] std::string renderLoadJson(const LoadReport& report);

/// One line while it runs: "4,000 asked, 3,998 answered, p50 0.41 ms, p99 2.10 ms".
[[nodiscard]] std::string loadProgressLine(const measurement::Measurements& soFar);

} // namespace lab::report
