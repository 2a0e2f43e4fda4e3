#pragma once

#include "base/result.hpp"
#include "workload/traffic.hpp"

#include <cstddef>
#include <vector>

namespace lab::workload {

/// Most URLs that the ranges of one mix entry may stand for.
inline constexpr std::size_t urlsPerEntryMax = 1000;

/// One entry for each URL that `entry` stands for: "https://shop.test/s{0..10}/" for eleven.
///
/// Several ranges give every combination, the last one turning fastest; the entry's weight is
/// divided evenly. A bound's leading zeros are kept ("{00..10}" gives 00, 01, …). An entry without
/// ranges comes back as it is.  BadInput: a brace that is no range, a range that runs backwards,
/// or more than urlsPerEntryMax URLs.
[[nodiscard]] Result<std::vector<MixEntry>> withoutRanges(const MixEntry& entry);

} // namespace lab::workload
