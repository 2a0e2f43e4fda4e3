#pragma once

#include "base/result.hpp"
#include "measurement/statistics.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab::report {

/// One style of a result that was written earlier: what two of them are compared by.
struct ResultStyle {
    struct Bucket {
        double upperBoundMs = 0.0;
        std::uint64_t count = 0;
    };
    struct Batch {
        std::uint64_t count = 0;
        double meanMs = 0.0;
    };
    std::map<std::string, double> planned; ///< loadBalancers, certificates, controllers
    double monthlyCost = 0.0;
    std::string currency; ///< "USD"; empty: not told.
    double measuredSeconds = 0.0;
    std::uint64_t offered = 0;
    std::uint64_t refused = 0;
    std::uint64_t errors = 0;
    std::vector<Bucket> buckets; ///< Of latency, rising.
    std::vector<Batch> batches;
    bool isConclusive = true; ///< The generator could keep up.
};

/// A JSON report of `run`, read back.
struct ResultFile {
    std::string scenario;
    std::string clock;
    std::uint64_t seed = 0;
    std::string profile;
    bool wasInterrupted = false;
    std::map<std::string, ResultStyle> styles; ///< "per-service", "ingress"
};

/// The numbers of a report that renderJson() wrote.
/// \return BadInput for what is no JSON, no report, or one of another schema
[[nodiscard]] Result<ResultFile> readResult(std::string_view text);

} // namespace lab::report
