#pragma once

#include "live/live_engine.hpp"
#include "plan/front_door_plan.hpp"

#include <string>

namespace lab::scenario {

/// What `serve` prints once everything is bound: one JSON object on one line, without newline.
///
/// {"event":"ready","pid":…,"admin":…,"ca":…,"doors":{"ingress":{…},"per-service":{…}},
/// "controllers":[…]}; addresses are bare host:port. A Service with node ports has them beside its
/// "ports", the ingress beside its schemes: "nodePorts":{"30080":{"node-a":"127.0.2.1:30080"}}.
/// `ca` and `admin` are null when there is none.
[[nodiscard]] std::string readyLine(const live::ReadyState& ready,
                                    const plan::FrontDoorPlan& perService,
                                    const plan::FrontDoorPlan& ingress,
                                    const std::string& caPath,
                                    int pid);

} // namespace lab::scenario
