#pragma once

#include "base/result.hpp"
#include "scenario/prometheus_text.hpp"

#include <cstdint>
#include <mutex>
#include <string>

namespace lab::scenario {

/// What came of a reload.
struct ReloadOutcome {
    bool isServed = false; ///< No: what was served before goes on.
    Findings findings;     ///< Everything noticed in the input.
    ErrorKind kind{};      ///< Of a failure.
    /// One JSON object on one line, without newline: {"event":"reloaded",…} as readyLine() writes
    /// it; or {"event":"reload-failed","error":…,"findings":[…]}, these as in findingsAsJson().
    std::string line;
};

[[nodiscard]] ReloadOutcome failedReload(const Error& error);

/// Counts reloads for /metrics. From any thread.
class ReloadCounts {
public:
    /// \param digest  of what is served from now on; the first is the start's
    void succeeded(const std::string& digest);
    void failed();

    /// Reloads that succeeded.
    [[nodiscard]] std::uint64_t generation() const;
    void write(PrometheusText& text) const;

private:
    mutable std::mutex mutex_;
    std::uint64_t started_ = 0; ///< Successes, the start included.
    std::uint64_t failed_ = 0;
    double lastSuccess_ = 0; ///< Unix time.
    std::string digest_;
};

} // namespace lab::scenario
