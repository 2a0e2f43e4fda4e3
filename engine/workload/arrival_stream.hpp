#pragma once

#include "workload/traffic.hpp"

#include <optional>
#include <vector>

namespace lab::workload {

/// What arrives next?  The arrivals of all sources within [0, length), one by one, in order of
/// time: what arrivals() gives at once, for who does not want to hold them all.
///
/// Of two at the same instant, the one of the source listed first comes first. Each source has
/// streams of chance of its own, by its name; each kind of chance too, so that another mix does not
/// move the instants. One thread.
class ArrivalStream {
public:
    ArrivalStream(const std::vector<Traffic>& traffic, Duration length, const Random& random);

    /// Nothing: there are no more.
    [[nodiscard]] std::optional<Arrival> next();

private:
    struct Source {
        const Traffic* traffic;
        Random times;
        Random entries;
        Random clients;
        std::vector<double> bounds; ///< Sums of the mix's weights up to and with each entry.
        std::vector<std::uint32_t>
            guide; ///< Equal steps of the sum: where each begins in `bounds`.
        std::uint64_t count = 0;
        double seconds = 0.0;       ///< Of the next arrival.
        double lengthSeconds = 0.0; ///< Of the run: a ramp's.
        double expected = 0.0;      ///< Ramp: arrivals that were to come until then.
        Instant at;

        Source(const Traffic& of, Duration length, const Random& random);
        void advance();
        void climb();
        [[nodiscard]] std::uint32_t drawEntry();
    };

    std::vector<Traffic> traffic_; ///< A copy: Source points into it.
    std::vector<Source> sources_;
    Instant end_;
};

} // namespace lab::workload
