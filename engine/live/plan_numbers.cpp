#include "live/plan_numbers.hpp"

#include <algorithm>

namespace lab::live {
namespace {

std::size_t sizeOf(const plan::FrontDoorPlan& plan)
{
    std::size_t size = 1;
    for (const plan::Door& door : plan.doors) {
        size += 1 + door.routes.size();
    }
    return size;
}

} // namespace

Result<std::uint8_t> PlanNumbers::next()
{
    for (std::size_t tried = 0; tried < entries_.size(); ++tried) {
        const std::uint8_t number = next_++;
        if (entries_[number].isFree()) {
            return number;
        }
    }
    return Error(ErrorKind::Environment,
                 "connections are still served by each of the last 128 configurations, and the "
                 "oldest have time left yet; close the long ones, or try again in a minute");
}

std::size_t PlanNumbers::freeCount() const
{
    return static_cast<std::size_t>(std::ranges::count_if(entries_, &Entry::isFree));
}

std::vector<std::uint64_t> PlanNumbers::heldSince(Instant now, Duration atLeast) const
{
    std::vector<std::uint64_t> held;
    for (const Entry& entry : entries_) {
        if (!entry.isFree() && !entry.isCurrent && now - entry.replaced >= atLeast) {
            held.push_back(entry.generation);
        }
    }
    std::ranges::sort(held);
    held.erase(std::unique(held.begin(), held.end()), held.end()); // one a style
    return held;
}

void PlanNumbers::serve(const std::shared_ptr<const ServedPlan>& plan, Instant now, bool isFirst)
{
    if (isFirst) {
        for (Entry& entry : entries_) {
            entry.replaced = entry.isCurrent ? now : entry.replaced;
            entry.isCurrent = false;
        }
    }
    std::erase(order_, plan->number); // of the one that had it before
    order_.push_back(plan->number);
    entries_[plan->number] = {plan->plan, plan, now, {}, plan->generation, true};
    forgetOld();
}

void PlanNumbers::forgetOld()
{
    const std::uint64_t newest = entries_[order_.back()].generation;
    std::size_t size = 0;
    std::size_t plans = 0;
    for (auto number = order_.rbegin(); number != order_.rend(); ++number) {
        Entry& entry = entries_[*number];
        if (entry.generation + 1 < newest) {
            size += sizeOf(*entry.plan);
            ++plans;
        }
        if (size > routesKeptMax || plans > plansKeptMax) {
            for (auto older = number; older != order_.rend(); ++older) {
                entries_[*older].plan.reset();
            }
            order_.erase(order_.begin(), number.base());
            return;
        }
    }
}

std::shared_ptr<const plan::FrontDoorPlan>
PlanNumbers::planOf(const measurement::DoorRecord& record) const
{
    constexpr Duration resolution(1024); // of a record's times
    const Entry& entry = entries_[record.doorAndPlan.small()];
    return record.began() + record.total() + resolution >= entry.since ? entry.plan : nullptr;
}

} // namespace lab::live
