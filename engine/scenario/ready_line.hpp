#pragma once

#include "base/instant.hpp"
#include "live/live_engine.hpp"
#include "plan/front_door_plan.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lab::scenario {

/// How the line begins.
struct EventHead {
    std::string_view event = "ready";
    int pid = 0;
    std::uint64_t generation = 0; ///< As the next two, "reloaded" only.
    std::string digest;
    Duration took{};
};

/// What `serve` prints once everything is bound: one JSON object on one line, without newline.
///
/// {"event":"ready","pid":…,"admin":…,"ca":…,"doors":{"ingress":{…},"per-service":{…}},
/// "controllers":[…]}; addresses are bare host:port. A Service with node ports has them beside its
/// "ports", the ingress beside its schemes: "nodePorts":{"30080":{"node-a":"127.0.2.1:30080"}}.
/// `ca` and `admin` are null when there is none. After a reload the event is "reloaded", and there
/// are "generation" (1 for the first reload), "config" (the input's digest) and "milliseconds"
/// (from the call for it to its end).
[[nodiscard]] std::string readyLine(const live::ReadyState& ready,
                                    const plan::FrontDoorPlan& perService,
                                    const plan::FrontDoorPlan& ingress,
                                    const std::string& caPath,
                                    const EventHead& head);

} // namespace lab::scenario
