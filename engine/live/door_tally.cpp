#include "live/door_tally.hpp"

namespace lab::live {

void DoorTally::addTo(DoorCounters& sum) const
{
    const std::uint64_t closed = connectionsClosed.value(); // first: never above accepted
    const std::uint64_t accepted = connectionsAccepted.value();
    sum.connectionsAccepted += accepted;
    sum.connectionsOpen += accepted - closed;
    sum.requests += requests.value();
    for (std::size_t i = 0; i < responsesByClass.size(); ++i) {
        sum.responsesByClass[i] += responsesByClass[i].value();
    }
    sum.refusedByLimit += refusedByLimit.value();
    sum.unrouted += unrouted.value();
    sum.upstreamErrors += upstreamErrors.value();
    sum.bytesIn += bytesIn.value();
    sum.bytesOut += bytesOut.value();
    for (std::size_t i = 0; i < durations.size(); ++i) {
        sum.durations[i] += durations[i].value();
    }
    sum.durationSum += Duration(static_cast<std::int64_t>(durationNs.value()));
}

} // namespace lab::live
