#pragma once

#include "base/instant.hpp"
#include "base/result.hpp"
#include "live/served_plan.hpp"
#include "measurement/door_record.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace lab::live {

/// Which plan do a record's ids belong to?  The numbers that served plans go by in records.
///
/// Plans that are served no more stay known for a while, as records of them do: those before the
/// last reload, and of the older ones the last that together have no more than routesKeptMax
/// routes. Numbers begin again after 255; a record made
/// before its number's plan was served is of one that is forgotten. Used by one thread at a time.
class PlanNumbers {
public:
    static constexpr std::size_t routesKeptMax = 5'000; ///< And doors, of older plans.
    static constexpr std::size_t plansKeptMax = 32;     ///< So many of these.

    /// A number for a plan that is to be served. Environment if all belong to plans by which
    /// connections are still served.
    [[nodiscard]] Result<std::uint8_t> next();
    /// How many times next() would give one.
    [[nodiscard]] std::size_t freeCount() const;
    /// Generations by which connections are served still, though they were replaced at least so
    /// long ago; the oldest first.
    [[nodiscard]] std::vector<std::uint64_t> heldSince(Instant now, Duration atLeast) const;

    /// From now on that is served. \param isFirst  and none that was served before
    void serve(const std::shared_ptr<const ServedPlan>& plan, Instant now, bool isFirst);

    [[nodiscard]] std::shared_ptr<const plan::FrontDoorPlan>
    planOf(const measurement::DoorRecord& record) const;

private:
    struct Entry {
        std::shared_ptr<const plan::FrontDoorPlan> plan; ///< None: forgotten.
        std::weak_ptr<const ServedPlan> served;
        Instant since;
        Instant replaced; ///< Unless it is current.
        std::uint64_t generation = 0;
        bool isCurrent = false;

        [[nodiscard]] bool isFree() const { return served.expired() && !isCurrent; }
    };
    void forgetOld();

    std::array<Entry, 256> entries_;
    std::deque<std::uint8_t> order_; ///< Numbers of plans that are known, the oldest first.
    std::uint8_t next_ = 0;
};

} // namespace lab::live
