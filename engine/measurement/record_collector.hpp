#pragma once

#include "base/instant.hpp"
#include "measurement/measurements.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lab::measurement {

/// A stretch of a run's time that counts, [from, to): a slice without its warm-up.
struct Window {
    Instant from;
    Instant to;
};

/// What do these request records add up to?  Collects one style's records into Measurements.
///
/// A record counts if it was *meant* to be sent within a window, however late it ended. Batches
/// divide the windows' summed time evenly. add() costs no allocation. One thread; merge nothing:
/// give each style its own collector.
class RecordCollector {
public:
    /// For requests that belong to no Service, or whose Service the client cannot know.
    static constexpr std::size_t noService = ~std::size_t{0};

    /// \param windows  in order of time, not overlapping, each with from <= to
    explicit RecordCollector(std::vector<Window> windows);

    /// The index to give to add() for "ns/name"; the same one when asked again.
    [[nodiscard]] std::size_t serviceIndex(std::string_view name);

    /// Counts the record. \return false if its intended time lies in no window: warm-up, ignored
    bool add(const RequestRecord& record, std::size_t service = noService);

    void addConnections(std::uint64_t opened) { connectionsOpened_ += opened; }

    /// One more request that an exact bucket over the same arrivals would have let pass.
    /// Never called: there is no limit, and idealAdmitted is what was offered.
    void addIdealDecision(bool isAdmitted);

    /// Everything so far. \param until  the run ended here; windows beyond it were not measured
    [[nodiscard]] Measurements result(Instant until) const;
    [[nodiscard]] Measurements result() const; ///< All windows were run to their end.

private:
    struct BatchSum {
        std::uint64_t count = 0;
        std::int64_t latencyNs = 0;
    };
    static constexpr std::size_t statusesMax = 1000;
    static constexpr std::size_t outcomesMax = 6;

    [[nodiscard]] const Window* windowOf(Instant intended, Duration& into) const;
    void countLatency(Duration latency, Duration into);
    [[nodiscard]] Duration batchLength() const;

    std::vector<Window> windows_;
    Duration measured_{};
    std::vector<std::string> serviceNames_;
    std::vector<ServiceCounts> services_;
    std::array<std::uint64_t, statusesMax> statuses_{};
    std::array<std::uint64_t, outcomesMax> outcomes_{};
    std::array<BatchSum, Measurements::batchCount> batches_{};
    LatencyHistogram latency_;
    std::uint64_t offered_ = 0;
    std::uint64_t admitted_ = 0;
    std::uint64_t refused_ = 0;
    std::uint64_t lateSends_ = 0;
    std::uint64_t connectionsOpened_ = 0;
    std::uint64_t requestBytes_ = 0;
    std::uint64_t responseBytes_ = 0;
    std::uint64_t idealAdmitted_ = 0;
    bool hasIdeal_ = false;
};

} // namespace lab::measurement
