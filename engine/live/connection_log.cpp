#include "live/connection_log.hpp"

#include "live/request_log.hpp"
#include "measurement/flight_recorder.hpp"

#include <algorithm>
#include <limits>

namespace lab::live {

using frontdoor::L4Decision;
using measurement::DoorRecord;

ConnectionLog::ConnectionLog(DoorContext& door, const SocketAddress& peer)
    : door_(door)
    , peer_(peer)
    , began_(door.worker.now())
    , secured_(began_)
{
    door_.tally().connectionsAccepted.add();
}

ConnectionLog::~ConnectionLog()
{
    if (measurement::FlightRecorder* const recorder = door_.worker.recorder()) {
        const DoorRecord made = record();
        if (recorder->wantsHead(made)) {
            recorder->write(made, peer_.host(), {}, {});
        } else {
            recorder->write(made);
        }
    }
    door_.tally().connectionsClosed.add();
}

void ConnectionLog::secured()
{
    secured_ = door_.worker.now();
    mark(Flag::Tls);
}

void ConnectionLog::handshakeFailed()
{
    status_ = 400;
    secured();
    mark(Flag::BadHead);
}

void ConnectionLog::decided(const L4Decision& decision)
{
    decision_ = decision;
    isDecided_ = true;
    status_ = decision.outcome == L4Decision::Outcome::RefusedSource ? 403 : 502;
    if (decision.outcome != L4Decision::Outcome::RefusedSource && !decision.isPassed()) {
        door_.tally().upstreamErrors.add();
    }
}

void ConnectionLog::connected()
{
    connected_ = door_.worker.now();
    status_ = 200;
}

void ConnectionLog::ended(const TunnelEnd& end)
{
    bytes_ = end;
    mark(flagOf(end.cause));
    door_.tally().bytesIn.add(end.forward);
    door_.tally().bytesOut.add(end.back);
}

DoorRecord ConnectionLog::record() const
{
    constexpr std::uint64_t bytesInMax = std::numeric_limits<std::uint32_t>::max();
    DoorRecord made;
    made.beganNs = began_.sinceStart().count();
    made.setBytesOut(bytes_.back, 0);
    made.bytesIn = static_cast<std::uint32_t>(std::min(bytes_.forward, bytesInMax));
    made.headTicks = measurement::ticksOf(secured_ - began_);
    made.doorAndPlan = {door_.id.index(), door_.served.number};
    made.status = status_;
    made.flags = flags_;
    made.setTotal(door_.worker.clockNow() - began_);
    if (connected_ != Instant()) {
        made.beforePodTicks = measurement::ticksOf(connected_ - secured_);
    }
    if (isDecided_) {
        made.upstreamAndTries = {door_.port.upstream.index(), 0};
        made.routeAndMethod = {decision_.replica.index(), 0};
        made.endpointAndRefusal = {decision_.endpoint.index(),
                                   static_cast<std::uint8_t>(decision_.outcome)};
    }
    return made;
}

} // namespace lab::live
