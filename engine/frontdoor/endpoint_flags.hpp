#pragma once

#include "frontdoor/front_door.hpp"

#include <array>
#include <span>
#include <vector>

namespace lab::frontdoor {

/// Which endpoints of an upstream may be chosen, one flag each, on the caller's stack.
class EndpointFlags {
public:
    /// All that are ready but those in `failed`.
    EndpointFlags(const plan::FrontDoorPlan& plan,
                  const plan::Upstream& upstream,
                  const std::vector<EndpointId>& failed);

    [[nodiscard]] std::span<const bool> all() const { return {flags_.data(), count_}; }

private:
    std::array<bool, FrontDoor::endpointsMax> flags_; // NOLINT: only count_ of them are used
    std::size_t count_;
};

} // namespace lab::frontdoor
