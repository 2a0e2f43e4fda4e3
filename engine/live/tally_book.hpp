#pragma once

#include "live/door_tally.hpp"
#include "plan/front_door_plan.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lab::live {

/// What every door did since the start, whichever plans it was a door of: a tally a worker.
///
/// Doors that went are remembered, so that their counters go on if they come back; the longest gone
/// are forgotten beyond goneMax. Used by one thread at a time.
class TallyBook {
public:
    static constexpr std::size_t goneMax = 10'000;

    explicit TallyBook(std::size_t workers)
        : workers_(workers)
    {
    }

    using Tallies = std::vector<std::shared_ptr<DoorTally>>; ///< By worker.

    /// Of a door that is served from that generation of plans on.
    [[nodiscard]] const Tallies&
    open(plan::Style style, const std::string& door, std::uint64_t generation);

    /// Of all workers together.
    [[nodiscard]] DoorCounters sum(plan::Style style, const std::string& door) const;

    /// All doors served now were opened in that generation.
    void forgetLongGone(std::uint64_t generation);

private:
    struct Entry {
        Tallies tallies;
        std::uint64_t lastServed = 0;
    };
    std::size_t workers_;
    std::map<std::pair<plan::Style, std::string>, Entry> entries_;
};

} // namespace lab::live
