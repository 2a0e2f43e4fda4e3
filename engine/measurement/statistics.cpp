#include "measurement/statistics.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace lab::measurement {
namespace {

constexpr double normalPoint = 1.959964;

Interval everything()
{
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return {-infinite, infinite};
}

/// Mean, and the sum of squares around it, of the values from `first` on.
struct Moments {
    double mean = 0.0;
    double squares = 0.0;
};

Moments momentsOf(std::span<const double> values)
{
    Moments moments;
    double count = 0.0;
    for (const double value : values) {
        count += 1.0;
        const double away = value - moments.mean;
        moments.mean += away / count;
        moments.squares += away * (value - moments.mean);
    }
    return moments;
}

} // namespace

double studentPoint(double degreesOfFreedom)
{
    // Up to nine the table; beyond it the expansion of Cornish and Fisher.
    constexpr double table[] = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};
    check(degreesOfFreedom >= 1.0, "an estimate has a degree of freedom");
    const double whole = std::floor(degreesOfFreedom);
    if (whole < static_cast<double>(std::size(table))) {
        const auto index = static_cast<std::size_t>(whole) - 1;
        const double next = table[index + 1];
        return table[index] + (next - table[index]) * (degreesOfFreedom - whole);
    }
    const double z = normalPoint;
    const double v = degreesOfFreedom;
    const double cube = z * z * z;
    return z + (cube + z) / (4 * v) + (5 * cube * z * z + 16 * cube + 3 * z) / (96 * v * v);
}

std::size_t warmUpCount(std::span<const double> values)
{
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t skipped = 0; skipped <= values.size() / 2 && skipped < values.size();
         ++skipped) {
        const std::span<const double> rest = values.subspan(skipped);
        const auto count = static_cast<double>(rest.size());
        const double error = momentsOf(rest).squares / (count * count);
        if (error < least) {
            least = error;
            best = skipped;
        }
    }
    return best;
}

Interval MeanEstimate::interval() const
{
    if (count < 2) {
        return everything();
    }
    const double reach = studentPoint(static_cast<double>(count - 1)) * std::sqrt(variance);
    return {mean - reach, mean + reach};
}

MeanEstimate estimateOf(std::span<const double> values)
{
    const Moments moments = momentsOf(values);
    const auto count = static_cast<double>(values.size());
    const double variance = values.size() < 2 ? 0.0 : moments.squares / (count - 1.0) / count;
    return {moments.mean, variance, values.size()};
}

Interval differenceOf(const MeanEstimate& a, const MeanEstimate& b)
{
    if (a.count < 2 || b.count < 2) {
        return everything();
    }
    const double difference = b.mean - a.mean;
    const double variance = a.variance + b.variance;
    if (variance <= 0.0) {
        return {difference, difference};
    }
    const double freedom = variance * variance /
                           (a.variance * a.variance / static_cast<double>(a.count - 1) +
                            b.variance * b.variance / static_cast<double>(b.count - 1));
    const double reach = studentPoint(std::max(1.0, freedom)) * std::sqrt(variance);
    return {difference - reach, difference + reach};
}

Interval differenceOf(Share a, Share b, double inflation)
{
    if (a.whole == 0 || b.whole == 0) {
        return everything();
    }
    const auto adjusted = [inflation](Share share) {
        const double whole = static_cast<double>(share.whole) + 2.0;
        const double part = (static_cast<double>(share.part) + 1.0) / whole;
        return std::pair(part, part * (1.0 - part) / whole * inflation);
    };
    const auto [shareA, varianceA] = adjusted(a);
    const auto [shareB, varianceB] = adjusted(b);
    const double reach = normalPoint * std::sqrt(varianceA + varianceB);
    return {shareB - shareA - reach, shareB - shareA + reach};
}

} // namespace lab::measurement
