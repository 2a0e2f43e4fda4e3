#include "workload/traffic.hpp"

#include "base/check.hpp"
#include "workload/arrival_stream.hpp"

namespace lab::workload {

double expectedArrivals(const std::vector<Traffic>& traffic, Duration length)
{
    double count = 0.0;
    for (const Traffic& source : traffic) {
        const bool isRamp = source.process == ArrivalProcess::Ramp;
        const double rate =
            isRamp ? (source.ratePerSecond + source.rateAtEnd) / 2.0 : source.ratePerSecond;
        count += rate * toSeconds(length);
    }
    return count;
}

std::vector<Arrival>
arrivals(const std::vector<Traffic>& traffic, Duration length, const Random& random)
{
    const double expected = expectedArrivals(traffic, length);
    check(expected <= arrivalsMax, "arrivals are within arrivalsMax");
    std::vector<Arrival> all;
    all.reserve(static_cast<std::size_t>(expected * 1.01) + 16);
    ArrivalStream stream(traffic, length, random);
    while (const std::optional<Arrival> arrival = stream.next()) {
        all.push_back(*arrival);
    }
    return all;
}

} // namespace lab::workload
