#pragma once

#include "live/live_engine.hpp"
#include "measurement/record_ring.hpp"
#include "scenario/access_log.hpp"
#include "scenario/prometheus_text.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace lab::scenario {

/// What every route did: added up from the workers' records whenever somebody asks.
///
/// Complete as long as no worker wrote more records between two questions than it keeps; the rest
/// are counted in ingresslab_records_dropped_total. Door counters do not depend on records.
/// The admin thread's alone.
class RouteMetrics {
public:
    static constexpr std::size_t routesMax = 200; ///< The others are route="other" together.

    /// Takes in what is new. \pre the same engine each time
    void collect(const live::LiveEngine& engine);
    void write(PrometheusText& text) const;

private:
    struct Sums {
        std::array<std::uint64_t, 6> byClass{}; ///< By status / 100; 0: the client went.
        std::array<std::uint64_t, live::DoorCounters::durationBounds.size() + 1> durations{};
        Duration durationSum{};

        void add(const measurement::DoorRecord& record);
    };
    using Key = std::tuple<std::string, std::string, std::string>; ///< Style, route, service.

    Sums& sumsOf(const live::LiveEngine& engine, const measurement::DoorRecord& record);

    std::vector<measurement::RecordCursor> cursors_; ///< By worker.
    std::map<Key, Sums> routes_;
    std::uint64_t lost_ = 0;
};

/// The counters of an access log.
void addAccessLog(PrometheusText& text, const AccessLog& log);

} // namespace lab::scenario
