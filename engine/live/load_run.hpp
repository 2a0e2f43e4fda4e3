#pragma once

#include "base/result.hpp"
#include "limiting/token_bucket.hpp"
#include "measurement/measurements.hpp"
#include "workload/traffic.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lab::live {

/// Where one style's clients send one kind of request.
struct LoadDestination {
    bool hasDoor = false; ///< No: counted as NoDoor, never sent.
    std::string address;  ///< "127.0.0.1:8080"
    bool isTls = false;
    std::string host;    ///< Host field and server name.
    std::string target;  ///< Path and query.
    std::string service; ///< "ns/name" for the counts; may be empty.
};

/// One alternative that gets the traffic: a name and a destination a mix entry.
struct LoadStyle {
    std::string name;
    std::vector<std::vector<LoadDestination>> destinations; ///< [traffic][mix entry]
};

/// Something that is done to the doors or pods while a style has its traffic.
struct LoadEvent {
    Instant at; ///< Of each style's traffic time.
    std::function<void()> happen;
};

/// What the clients do: the same arrivals through every style, in alternating slices (A B B A …).
struct LoadSpec {
    std::vector<workload::Traffic> traffic;
    std::vector<LoadStyle> styles;               ///< One or two.
    Duration perStyle = std::chrono::seconds(4); ///< Traffic time of each style, all its slices.
    /// At least two slices a style; exactly `perStyle`: each has its time in one piece.
    Duration slice = std::chrono::seconds(2);
    Duration warmUp = std::chrono::milliseconds(500); ///< Start of every slice, not counted.
    Duration patience = std::chrono::seconds(10);     ///< Per request, from its intended time.
    std::uint64_t seed = 1;
    std::string caPem; ///< Trusted besides nothing else; empty: any certificate is taken.
    std::optional<limiting::BucketPolicy> ideal; ///< The overall limit, for idealAdmitted.
    std::size_t connectionsPerDestinationMax = 256;
    /// In order of time; they happen in every slice anew, on the caller's thread, as soon as the
    /// clock allows. Before each slice `beforeSlice` makes everything as it was at the start.
    std::vector<LoadEvent> events = {};
    std::function<void()> beforeSlice = {};
    /// What the style at work has measured so far, ten times a second on the caller's thread.
    std::function<void(double share, const measurement::Measurements& soFar)> watch = {};
};

/// Progress of a run, for a progress line: from 0 to 1, and what goes on. Called ten times a second
/// on the caller's thread.
using LoadProgress = std::function<void(double share, const std::string& styleName)>;

struct LoadResult {
    std::vector<measurement::Measurements> styles; ///< As LoadSpec::styles.
    bool wasInterrupted = false;                   ///< Partial: `stop` was set.
};

/// Sends the traffic over real connections and measures as its clients see it.
///
/// Open loop: every request goes out at its intended time, whatever became of the ones before, on
/// a free kept-alive connection or a new one; latency counts from the intended time, so a stalled
/// door cannot hide (no coordinated omission). Blocks; its generator has a thread of its own.
///
/// Arrivals are workload::arrivals(traffic, perStyle, Random(seed)), the simulator's too. A slice
/// begins when the answers of the one before are in. A send is late when the generator took it up
/// late; waiting for a connection, a handshake or a place at the limit of connections is the
/// door's latency. Nothing is repeated: a request that a closing door loses is Broken. The ideal
/// bucket runs on the intended times, pauses between slices included, as the doors' own do.
/// Clients of doors on 127.0.0.0/8 have the addresses 127.0.3.(1 + client).
/// \param stop  set it to end early with what was measured so far; heeded within 100 ms
/// \return WrongUse for more than 20 million arrivals, BadInput for a bad caPem, Environment for
///         an address that is none, or when descriptors or ports run out
[[nodiscard]] Result<LoadResult>
runLoad(const LoadSpec& spec, const std::atomic<bool>& stop, const LoadProgress& progress = {});

} // namespace lab::live
