#pragma once

#include "base/instant.hpp"
#include "measurement/latency_histogram.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab::measurement {

/// How one request ended, as its client saw it.
enum class Outcome : std::uint8_t {
    Answered,     ///< A complete answer came; its status says which.
    NoDoor,       ///< This style has no door for the URL: never sent.
    NotConnected, ///< Refused, reset or timed out before a connection stood.
    TlsFailed,    ///< No handshake, or a certificate that the client does not trust.
    Broken,       ///< The connection ended, or the answer was no HTTP.
    TimedOut,     ///< No complete answer within the client's patience.
};

[[nodiscard]] std::string_view toText(Outcome outcome); ///< "answered", "no-door", …

/// One request's life, all instants on the run's clock.
struct RequestRecord {
    Instant intended; ///< When its client meant to send it: latency counts from here.
    Instant sent;     ///< When its first byte went out.
    Instant ended;
    std::uint32_t entry = 0; ///< Index into the traffic mix.
    std::uint16_t status = 0;
    Outcome outcome = Outcome::Answered;
    std::uint32_t requestBytes = 0;
    std::uint32_t responseBytes = 0;
    bool isRefusal = false; ///< A limiter's answer other than 429 (profile ingress-nginx: 503).
};

/// What happened to the requests for one Service.
struct ServiceCounts {
    std::uint64_t requests = 0;
    std::uint64_t admitted = 0;
    std::uint64_t requestBytes = 0;
    std::uint64_t responseBytes = 0;
};

/// A stretch of time with its own mean: what confidence intervals are made of. Empty ones have
/// count 0.
struct Batch {
    std::uint64_t count = 0;
    double latencyMsMean = 0.0;
};

/// What happened to one style's traffic in the measured time: the counters of a report.
///
/// "Admitted" is every answer but 429 and 503 by the limiter; latency is of answered and admitted
/// requests only, so that quick refusals do not flatter it.
struct Measurements {
    /// Latencies are split into this many batches, by intended time.
    static constexpr std::size_t batchCount = 20;
    /// A send later than this after its intended time is late; more than 1 % late: inconclusive.
    static constexpr Duration lateAfter = std::chrono::milliseconds(1);

    Duration measured{}; ///< Sum of the measured slices, without warm-up.
    std::uint64_t offered = 0;
    std::uint64_t admitted = 0;
    std::uint64_t refused = 0; ///< 429, and a limiter's 503.
    /// By one exact bucket over the same arrivals; = offered without a limit.
    std::uint64_t idealAdmitted = 0;
    std::uint64_t lateSends = 0;
    std::uint64_t connectionsOpened = 0;
    std::uint64_t requestBytes = 0;
    std::uint64_t responseBytes = 0;
    std::map<std::uint16_t, std::uint64_t> statusCounts; ///< Answered requests by status.
    std::map<Outcome, std::uint64_t> outcomeCounts;      ///< All offered requests.
    std::map<std::string, ServiceCounts> services;       ///< By "ns/name".
    LatencyHistogram latency;
    std::vector<Batch> batches;

    [[nodiscard]] double perSecond(std::uint64_t count) const;
    /// More than 1 % of the sends were late: the generator, not the door, was the bottleneck.
    [[nodiscard]] bool isGeneratorSaturated() const;
    /// Requests that were sent and ended in no answer, or in a 5xx other than a limiter's.
    [[nodiscard]] std::uint64_t errorCount() const;
};

} // namespace lab::measurement
