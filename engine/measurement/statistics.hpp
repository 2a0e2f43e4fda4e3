#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace lab::measurement {

/// How sure is a number?  Intervals of 95 %, from means of stretches of a run. All pure.

/// From one value to another. Both may be infinite: nothing is known.
struct Interval {
    double low = 0.0;
    double high = 0.0;

    [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
};

/// A mean, and how much it would scatter if the run were done again.
struct MeanEstimate {
    double mean = 0.0;
    double variance = 0.0; ///< Of the mean.
    std::size_t count = 0; ///< Values it is made of.

    /// Of the mean. Fewer than two values: everything.
    [[nodiscard]] Interval interval() const;
};

/// The 97.5 % point of Student's distribution; within 0.3 %, for any degrees of freedom from 1 on.
[[nodiscard]] double studentPoint(double degreesOfFreedom);

/// How many values at the start belong to the warming up: the marginal standard error rule (MSER,
/// White 1997), at most half of them. What is left varies least for its number.
[[nodiscard]] std::size_t warmUpCount(std::span<const double> values);

/// Of values that know little of each other: means of stretches.
[[nodiscard]] MeanEstimate estimateOf(std::span<const double> values);

/// b - a, by Welch: the two may scatter differently.
[[nodiscard]] Interval differenceOf(const MeanEstimate& a, const MeanEstimate& b);

/// A share: so many of so many.
struct Share {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
};

/// b - a, after Agresti and Caffo (2000), who add a success and a failure to each; good for small
/// numbers too. \param inflation  how much more than independent ones the members scatter, >= 1
[[nodiscard]] Interval differenceOf(Share a, Share b, double inflation = 1.0);

} // namespace lab::measurement
