#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>

namespace lab {

/// An index into one table of a plan, typed so that a route is never taken for an endpoint.
template <typename Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::size_t index)
        : index_(static_cast<std::uint32_t>(index))
    {
    }

    [[nodiscard]] constexpr std::size_t index() const { return index_; }
    [[nodiscard]] constexpr bool isValid() const { return index_ != noIndex; }

    friend constexpr auto operator<=>(Id, Id) = default;

private:
    static constexpr std::uint32_t noIndex = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t index_ = noIndex;
};

using DoorId = Id<struct DoorTag>;               ///< FrontDoorPlan::doors
using RouteId = Id<struct RouteTag>;             ///< Door::routes
using UpstreamId = Id<struct UpstreamTag>;       ///< FrontDoorPlan::upstreams
using EndpointId = Id<struct EndpointTag>;       ///< FrontDoorPlan::endpoints
using PodId = Id<struct PodTag>;                 ///< FrontDoorPlan::pods
using NodeId = Id<struct NodeTag>;               ///< FrontDoorPlan::nodes
using CertificateId = Id<struct CertificateTag>; ///< FrontDoorPlan::certificates

} // namespace lab

template <typename Tag>
struct std::hash<lab::Id<Tag>> {
    std::size_t operator()(lab::Id<Tag> id) const noexcept { return id.index(); }
};
