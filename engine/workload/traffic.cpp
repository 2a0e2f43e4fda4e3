#include "workload/traffic.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cmath>

namespace lab::workload {
namespace {

/// Draws entries of a mix by their weights.
class MixDraw {
public:
    explicit MixDraw(const std::vector<MixEntry>& mix)
    {
        double sum = 0.0;
        for (const MixEntry& entry : mix) {
            check(entry.weight > 0.0, "a mix entry has a weight above zero");
            sum += entry.weight;
            bounds_.push_back(sum);
        }
        check(!bounds_.empty(), "a mix has an entry");
    }

    std::uint32_t draw(Random& random) const
    {
        const double point = random.uniform() * bounds_.back();
        const auto above = std::ranges::upper_bound(bounds_, point);
        const auto last = bounds_.end() - 1; // rounding may reach the sum itself
        return static_cast<std::uint32_t>(std::min(above, last) - bounds_.begin());
    }

private:
    std::vector<double> bounds_; ///< Sums of the weights up to and with each entry.
};

/// The offset of the next arrival from the one before, in seconds.
double gapSeconds(const Traffic& traffic, Random& random)
{
    const double mean = 1.0 / traffic.ratePerSecond;
    return traffic.process == ArrivalProcess::Constant ? mean
                                                       : -std::log1p(-random.uniform()) * mean;
}

/// Each kind of chance has its own stream: another mix does not move the arrivals.
void appendArrivals(std::vector<Arrival>& out,
                    const Traffic& traffic,
                    std::uint32_t index,
                    Duration length,
                    const Random& random)
{
    check(traffic.ratePerSecond > 0.0, "traffic has a rate above zero");
    check(traffic.clients > 0, "traffic has a client");
    Random times = random.stream("arrivals");
    Random entries = random.stream("mix");
    Random clients = random.stream("clients");
    const MixDraw mix(traffic.mix);
    const bool isConstant = traffic.process == ArrivalProcess::Constant;
    double seconds = isConstant ? 0.0 : gapSeconds(traffic, times);
    for (std::uint64_t count = 1; fromSeconds(seconds) < length; ++count) {
        out.push_back({.at = Instant(fromSeconds(seconds)),
                       .traffic = index,
                       .entry = mix.draw(entries),
                       .client = static_cast<std::uint32_t>(clients.below(traffic.clients))});
        seconds = isConstant ? static_cast<double>(count) / traffic.ratePerSecond
                             : seconds + gapSeconds(traffic, times);
    }
}

/// Named by the source, so that a further source does not move the others'; equal names differ by
/// their order.
Random streamOf(const std::vector<Traffic>& traffic, std::size_t index, const Random& random)
{
    const auto before = traffic.begin() + static_cast<std::ptrdiff_t>(index);
    const auto namesakes = std::count_if(traffic.begin(), before, [&](const Traffic& other) {
        return other.name == traffic[index].name;
    });
    return random.stream(traffic[index].name + "#" + std::to_string(namesakes));
}

} // namespace

double expectedArrivals(const std::vector<Traffic>& traffic, Duration length)
{
    double count = 0.0;
    for (const Traffic& source : traffic) {
        count += source.ratePerSecond * toSeconds(length);
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
    for (std::size_t index = 0; index < traffic.size(); ++index) {
        const auto sorted = static_cast<std::ptrdiff_t>(all.size());
        appendArrivals(all,
                       traffic[index],
                       static_cast<std::uint32_t>(index),
                       length,
                       streamOf(traffic, index, random));
        // Stable: of arrivals at the same instant, the source named first comes first.
        std::ranges::inplace_merge(all, all.begin() + sorted, {}, &Arrival::at);
    }
    return all;
}

} // namespace lab::workload
