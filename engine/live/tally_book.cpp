#include "live/tally_book.hpp"

#include <algorithm>

namespace lab::live {

const TallyBook::Tallies&
TallyBook::open(plan::Style style, const std::string& door, std::uint64_t generation)
{
    Entry& entry = entries_[{style, door}];
    entry.lastServed = generation;
    while (entry.tallies.size() < workers_) {
        entry.tallies.push_back(std::make_shared<DoorTally>());
    }
    return entry.tallies;
}

DoorCounters TallyBook::sum(plan::Style style, const std::string& door) const
{
    DoorCounters sum;
    sum.style = style;
    sum.name = door;
    if (const auto found = entries_.find({style, door}); found != entries_.end()) {
        for (const auto& tally : found->second.tallies) {
            tally->addTo(sum);
        }
    }
    return sum;
}

void TallyBook::forgetLongGone(std::uint64_t generation)
{
    std::vector<std::uint64_t> gone;
    for (const auto& [door, entry] : entries_) {
        if (entry.lastServed < generation) {
            gone.push_back(entry.lastServed);
        }
    }
    if (gone.size() <= goneMax) {
        return;
    }
    const auto limit = gone.end() - static_cast<std::ptrdiff_t>(goneMax);
    std::nth_element(gone.begin(), limit, gone.end());
    const std::uint64_t oldestKept = *limit;
    std::erase_if(entries_, [&](const auto& item) { return item.second.lastServed < oldestKept; });
}

} // namespace lab::live
