#pragma once

#include <QPointF>

#include "desktop/player.hpp"
#include "desktop/stage_layout.hpp"
#include "desktop/style_track.hpp"

#include <cstdint>
#include <vector>

namespace lab::desktop {

/// One request that is drawn.
struct Dot {
    QPointF at;
    Ending ending = Ending::Served; ///< As far as it has come: under way is Served, too.
    bool isWaiting = false;         ///< At its pod, or in line there.
    float opacity = 1.0F;
    std::uint64_t number = 0;
};

/// Where are the requests?  Dots of one side at the moment the player shows.
///
/// Flights are drawn longer than they take, always for the same while of picture time; what waits
/// at a pod waits as long as it does in the run. One dot stands for `every` requests: those whose
/// number the same hash chooses on both sides.
struct DotFlight {
    // Picture seconds.
    static constexpr double toDoor = 0.8;
    static constexpr double toIngress = 0.35; ///< From the load balancer before it.
    static constexpr double toPod = 0.75;
    static constexpr double back = 0.9;
    static constexpr double fading = 0.35; ///< Of a cross, where it failed.
};

/// \param every  at least 1
[[nodiscard]] std::vector<Dot>
dotsOf(const Player& player, const StageSide& side, const StageLayout& layout, std::uint32_t every);

/// So many requests a dot that about dotsMax are on their way: 1, 2, 5, 10, 20, …
[[nodiscard]] std::uint32_t requestsPerDot(double arrivalsPerSecond, double speed, double dotsMax);

} // namespace lab::desktop
