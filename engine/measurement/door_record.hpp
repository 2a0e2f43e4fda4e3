#pragma once

#include "base/instant.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace lab::measurement {

/// What became of one request at one http door?  56 bytes, written when it is over.
///
/// Instants are of the engine's clock. A request begins with the turn of the worker's loop that
/// found its first byte, so that waiting behind others of the same turn counts; `total` ends at a
/// fresh reading of the clock, all other times at the turn in which the thing was noticed. Ids are
/// indices of the plan with that number; `none` where there is none.
struct DoorRecord {
    static constexpr std::uint32_t none = 0xff'ffff;

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
    };

    std::int64_t beganNs = 0;            ///< Instant of its first byte.
    std::uint64_t bodyBytesOut : 48 = 0; ///< To the client, with chunk framing.
    std::uint64_t headBytesOut : 16 = 0; ///< At most 65,535.
    std::uint32_t bytesIn = 0;           ///< Head and body; at most 4 GiB less one.
    std::uint32_t headUs = 0;            ///< First byte → whole head.
    std::uint32_t beforePodUs = 0;       ///< Whole head → on its way to the pod that answered:
                                         ///< deciding, connecting, tries that failed.
    std::uint32_t upstreamUs = 0;        ///< …from there to the head of that pod's answer.
    std::uint32_t totalUs = 0;           ///< All of it; at most 71 minutes, as the others.
    std::uint32_t door : 24 = none;      ///< DoorId
    std::uint32_t plan : 8 = 0;          ///< Number of the served plan; they begin again at 256.
    std::uint32_t route : 24 = none;     ///< RouteId
    std::uint32_t method : 8 = 0;        ///< methodNumber()
    std::uint32_t upstream : 24 = none;  ///< UpstreamId
    std::uint32_t failedTries : 8 = 0;   ///< Endpoints that gave no proper answer; at most 255.
    std::uint32_t endpoint : 24 = none;  ///< EndpointId
    std::uint32_t refusal : 8 = 0;       ///< frontdoor::Refusal
    std::uint16_t status = 0;            ///< 0: the client went before there was an answer.
    std::uint16_t flags = 0;

    [[nodiscard]] Instant began() const { return Instant(Duration(beganNs)); }
    [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
    void mark(Flag flag) { flags = static_cast<std::uint16_t>(flags | flag); }
};
static_assert(sizeof(DoorRecord) == 56 && std::is_trivially_copyable_v<DoorRecord>);

/// Whole microseconds, rounded to the nearest; 0 to 2³²−1.
[[nodiscard]] constexpr std::uint32_t microseconds(Duration duration)
{
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>((duration.count() + 500) / 1000, 0, most));
}

/// An index as the record holds it: `none` where it does not fit.
[[nodiscard]] constexpr std::uint32_t recordedIndex(std::uint64_t index)
{
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(index, DoorRecord::none));
}

/// 1 to 8 for the methods of RFC 9110 9 but CONNECT, and PATCH; 0 for all others.
[[nodiscard]] std::uint8_t methodNumber(std::string_view method);
[[nodiscard]] std::string_view methodText(std::uint8_t number); ///< "GET"; "other"

} // namespace lab::measurement
