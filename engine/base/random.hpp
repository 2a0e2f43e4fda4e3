#pragma once

#include "base/instant.hpp"

#include <cstdint>
#include <string_view>

namespace lab {

/// A reproducible source of chance: the same seed gives the same numbers on every machine.
///
/// xoshiro256** (Blackman, Vigna 2018), seeded through splitmix64. The distributions are our own,
/// since those of <random> are not specified bit for bit. Not for secrets. One thread.
class Random {
public:
    using result_type = std::uint64_t;

    explicit Random(std::uint64_t seed);

    /// A further, independent stream named by its use, so that one more draw in one place does
    /// not move the numbers of another. Does not advance this one.
    [[nodiscard]] Random stream(std::string_view name) const;

    std::uint64_t next();
    std::uint64_t operator()() { return next(); }
    static constexpr std::uint64_t min() { return 0; }
    static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }

    /// Uniform in [0, bound), without bias. \pre bound > 0
    std::uint64_t below(std::uint64_t bound);

    /// Uniform in [0, 1), 53 bits.
    double uniform();

    /// Exponential with that mean: the gap to the next arrival of a Poisson process.
    Duration exponential(Duration mean);

private:
    std::uint64_t seed_;
    std::uint64_t state_[4] = {};
};

} // namespace lab
