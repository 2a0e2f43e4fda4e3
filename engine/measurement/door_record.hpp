#pragma once

#include "base/instant.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace lab::measurement {

/// Whole ticks of 1,024 ns. \pre duration >= 0
[[nodiscard]] constexpr std::uint32_t ticksOf(Duration duration)
{
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(
        std::min(static_cast<std::uint64_t>(duration.count()) >> 10U, most));
}
[[nodiscard]] constexpr Duration ofTicks(std::uint32_t ticks)
{
    return Duration(std::int64_t{ticks} << 10U);
}

/// What became of one request at one http door, or of one connection at a tcp or tls door?  56
/// bytes, written when it is over.
///
/// Instants are of the engine's clock. A request begins with the turn of the worker's loop that
/// found its first byte, so that waiting behind others of the same turn counts; its total ends at a
/// fresh reading of the clock, all other times at the turn in which the thing was noticed. Times
/// are kept in ticks of 1,024 ns: good to about a microsecond, at most 73 minutes (a total beyond
/// that: to a millisecond, 52 days). Ids are indices of the plan with that number; `none` where
/// there is none.
///
/// A connection has no request: no route, no method, no head. Its bytes are those that passed, its
/// status is what nginx's stream module would say: 200 once a pod was there, 502 without one, 403
/// from outside the source ranges, 400 where TLS failed.
/// https://nginx.org/en/docs/stream/ngx_stream_core_module.html#var_status
struct DoorRecord {
    static constexpr std::uint32_t none = 0xff'ffff;
    static constexpr int longTick = 1024; ///< Ticks, in a LongTotal.

    /// What is true of it; bits of `flags`.
    enum Flag : std::uint16_t {
        Tls = 1U << 0U,
        Http2 = 1U << 1U,
        KeptConnection = 1U << 2U, ///< It went to the pod over a connection used before.
        MadeHere = 1U << 3U,       ///< The answer is the door's own.
        ErrorPage = 1U << 4U,      ///< Another Service's page replaced the pod's answer.
        ClientGone = 1U << 5U,     ///< The client did not get all of the answer.
        PodBroke = 1U << 6U,       ///< The pod did not send all of the answer.
        Tunnel = 1U << 7U,         ///< 101: bytes both ways from then on.
        BadHead = 1U << 8U,        ///< Refused before there was a request to route.
        HasHead = 1U << 9U,        ///< Its head went into the HeadRing.
        Connection = 1U << 10U,    ///< At a tcp or tls door: what is said of connections holds.
        WentIdle = 1U << 11U,      ///< A tunnel or connection in which nothing moved for too long.
        Cut = 1U << 12U,           ///< The engine ended it: its plan or the worker had to go.
        LongTotal = 1U << 13U,     ///< totalTicks are 1,024 times as long.
    };

    /// An id and a small number beside it in one word.
    struct Pair {
        std::uint32_t word = none;

        constexpr Pair() = default;
        constexpr Pair(std::size_t id, std::uint8_t small)
            : word((static_cast<std::uint32_t>(id) & none) | std::uint32_t{small} << 24U)
        {
        }
        [[nodiscard]] constexpr std::uint32_t id() const { return word & none; }
        [[nodiscard]] constexpr std::uint8_t small() const
        {
            return static_cast<std::uint8_t>(word >> 24U);
        }
    };

    std::int64_t beganNs = 0;         ///< Instant of its first byte.
    std::uint64_t bodyAndHeadOut = 0; ///< See bodyBytesOut(), headBytesOut().
    std::uint32_t bytesIn = 0;        ///< Head and body; at most 4 GiB less one.
    std::uint32_t headTicks = 0; ///< First byte → whole head. A connection: accepted → TLS.
    std::uint32_t beforePodTicks = 0; ///< Whole head → on its way to the pod that answered:
                                      ///< deciding, connecting, tries that failed.
    std::uint32_t upstreamTicks = 0;  ///< …from there to the head of that pod's answer.
    std::uint32_t totalTicks = 0;     ///< All of it: see setTotal().
    Pair doorAndPlan;         ///< DoorId; number of the served plan, from 0 again after 255.
    Pair routeAndMethod;      ///< RouteId; methodNumber(). A connection: DoorId of the controller
                              ///< replica that it went to.
    Pair upstreamAndTries;    ///< UpstreamId; endpoints that gave no proper answer before.
    Pair endpointAndRefusal;  ///< EndpointId; frontdoor::Refusal, of a connection
                              ///< frontdoor::L4Decision::Outcome
    std::uint16_t status = 0; ///< 0: the client went before there was an answer.
    std::uint16_t flags = 0;

    /// To the client: body with its chunk framing, and head (at most 65,535).
    [[nodiscard]] std::uint64_t bodyBytesOut() const { return bodyAndHeadOut >> 16U; }
    [[nodiscard]] std::uint64_t headBytesOut() const { return bodyAndHeadOut & 0xffffU; }
    void setBytesOut(std::uint64_t all, std::uint64_t ofHead)
    {
        const std::uint64_t head = std::min<std::uint64_t>(ofHead, 0xffff);
        bodyAndHeadOut = (all - std::min(all, ofHead)) << 16U | head;
    }
    [[nodiscard]] Duration head() const { return ofTicks(headTicks); }
    [[nodiscard]] Duration beforePod() const { return ofTicks(beforePodTicks); }
    [[nodiscard]] Duration upstreamWait() const { return ofTicks(upstreamTicks); }
    [[nodiscard]] Duration total() const
    {
        return ofTicks(totalTicks) * (is(LongTotal) ? longTick : 1);
    }
    void setTotal(Duration total)
    {
        const bool isLong = total.count() >> 10U > std::int64_t{0xffff'ffff};
        totalTicks = ticksOf(isLong ? total / longTick : total);
        mark(isLong ? LongTotal : Flag{});
    }
    [[nodiscard]] Instant began() const { return Instant(Duration(beganNs)); }
    [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
    void mark(Flag flag) { flags = static_cast<std::uint16_t>(flags | flag); }
};
static_assert(sizeof(DoorRecord) == 56 && std::is_trivially_copyable_v<DoorRecord>);

/// By their number in a record; 0 is every other.
inline constexpr std::array<std::string_view, 9> recordedMethods{
    "other", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"};

/// 1 to 8 for the methods of RFC 9110 9 but CONNECT, and PATCH; 0 for all others.
[[nodiscard]] constexpr std::uint8_t methodNumber(std::string_view method)
{
    if (method == "GET") { // mostly
        return 1;
    }
    for (std::uint8_t number = 2; number < recordedMethods.size(); ++number) {
        if (method == recordedMethods[number]) {
            return number;
        }
    }
    return 0;
}
/// "GET"; "other"
[[nodiscard]] constexpr std::string_view methodText(std::uint32_t number)
{
    return recordedMethods[number < recordedMethods.size() ? number : 0];
}

} // namespace lab::measurement
