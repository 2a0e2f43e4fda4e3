#include "live/request_log.hpp"

#include "measurement/flight_recorder.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace lab::live {
namespace {

using measurement::DoorRecord;

constexpr std::size_t badLineBytesMax = 1024;

/// A field that lets its holder in somewhere: it is never remembered.
bool isSecret(const http::Field& field)
{
    static constexpr std::string_view cookie = "cookie";
    const auto isSame = [](char a, char b) { return (a | 0x20) == b; };
    return field.known == http::FieldName::Authorization ||
           field.known == http::FieldName::ProxyAuthorization ||
           std::ranges::equal(field.name, cookie, isSame);
}

std::string requestLineOf(const http::RequestHead& head)
{
    std::string line(head.method);
    line.append(" ").append(head.target);
    return line + (head.majorVersion == 2   ? " HTTP/2.0"
                   : head.minorVersion == 0 ? " HTTP/1.0"
                                            : " HTTP/1.1");
}

std::string fieldsOf(const http::RequestHead& head)
{
    std::string fields;
    for (const http::Field& field : head.fields.all()) {
        if (!isSecret(field)) {
            fields.append(field.name).append(": ").append(field.value).append("\r\n");
        }
    }
    return fields;
}

} // namespace

DoorRecord::Flag flagOf(TunnelEnd::Cause cause)
{
    switch (cause) {
    case TunnelEnd::Cause::Finished:
        return {};
    case TunnelEnd::Cause::FrontBroke:
        return DoorRecord::ClientGone;
    case TunnelEnd::Cause::BackBroke:
        return DoorRecord::PodBroke;
    case TunnelEnd::Cause::WentIdle:
        return DoorRecord::WentIdle;
    case TunnelEnd::Cause::Cut:
        return DoorRecord::Cut;
    }
    return {};
}

void RequestLog::tunnelEnded(const TunnelEnd& end)
{
    sent(end.back);
    received(end.forward);
    mark(flagOf(end.cause));
}

void RequestLog::headRefused(DoorContext& door, std::string_view bytes)
{
    if (door_ == nullptr) {
        place(door);
        badLine_ = bytes.substr(0, std::min(bytes.find_first_of("\r\n"), badLineBytesMax));
    }
    mark(Flag::BadHead);
}

void RequestLog::finish()
{
    if (door_ == nullptr) {
        return;
    }
    const Duration total = worker_.clockNow() - began_;
    tally_->took(total);
    if (measurement::FlightRecorder* const recorder = worker_.recorder()) {
        const DoorRecord made = record(total);
        if (recorder->wantsHead(made)) {
            writeWithHead(made);
        } else {
            recorder->write(made);
        }
    }
    door_ = nullptr;
}

DoorRecord RequestLog::record(Duration total) const
{
    constexpr std::uint64_t bytesInMax = std::numeric_limits<std::uint32_t>::max();
    DoorRecord made;
    made.beganNs = began_.sinceStart().count();
    made.setBytesOut(bytesOut_, headBytesOut_);
    made.bytesIn = static_cast<std::uint32_t>(std::min(bytesIn_, bytesInMax));
    made.headTicks = measurement::ticksOf(headCame_ - began_);
    made.setTotal(total);
    made.doorAndPlan = {door_->id.index(), door_->served.number};
    made.status = status_;
    made.flags = flags_;
    made.mark(status_ == 0 ? Flag::ClientGone : Flag{});
    if (sentToPod_ != Instant()) {
        made.beforePodTicks = measurement::ticksOf(sentToPod_ - headCame_);
        if (podAnswered_ >= sentToPod_) {
            made.upstreamTicks = measurement::ticksOf(podAnswered_ - sentToPod_);
        }
    }
    if (decision_ != nullptr) {
        constexpr std::size_t triesMax = std::numeric_limits<std::uint8_t>::max();
        const auto tries = static_cast<std::uint8_t>(std::min(failedTries_, triesMax));
        made.routeAndMethod = {decision_->route.index(), method_};
        made.upstreamAndTries = {decision_->upstream.index(), tries};
        made.endpointAndRefusal = {decision_->endpoint.index(),
                                   static_cast<std::uint8_t>(decision_->refusal)};
        made.mark(decision_->isErrorPage ? Flag::ErrorPage : Flag{});
    } else {
        made.routeAndMethod = {DoorRecord::none, method_};
    }
    return made;
}

void RequestLog::writeWithHead(const DoorRecord& made) const
{
    measurement::FlightRecorder& recorder = *worker_.recorder();
    if (isHeadKnown_) {
        recorder.write(made, client_, requestLineOf(head_), fieldsOf(head_));
    } else {
        recorder.write(made, client_, badLine_, {});
    }
}

} // namespace lab::live
