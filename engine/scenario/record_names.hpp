#pragma once

#include "measurement/access_line.hpp"
#include "measurement/door_record.hpp"
#include "plan/front_door_plan.hpp"

#include <string_view>

namespace lab::scenario {

/// What do a record's ids stand for?  Texts of the plan; empty where the record names none, or
/// there is no plan.
struct RecordNames {
    std::string_view style;
    std::string_view door;
    std::string_view route;
    std::string_view nameSpace; ///< Of the Service.
    std::string_view service;
    int servicePort = 0;
    std::string_view endpoint; ///< A connection's may be a controller replica.
    std::string_view refusal;  ///< "no-route"; empty: forwarded, or never routed.

    /// \param plan  that the record's number means, or nullptr; outlives this
    RecordNames(const plan::FrontDoorPlan* plan, const measurement::DoorRecord& record);
};

/// A record with its names and its time of day, for a log. \param unixMsAtStart  the engine's zero
[[nodiscard]] measurement::AccessEntry accessEntry(const measurement::RecordedHead& head,
                                                   const plan::FrontDoorPlan* plan,
                                                   std::int64_t unixMsAtStart);

} // namespace lab::scenario
