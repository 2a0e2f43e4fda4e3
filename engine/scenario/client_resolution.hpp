#pragma once

#include "base/finding.hpp"
#include "live/live_engine.hpp"
#include "live/load_run.hpp"
#include "plan/front_door_plan.hpp"
#include "scenario/scenario.hpp"

#include <memory>
#include <optional>
#include <string>

namespace lab::scenario {

/// What the ingress plan does with one URL: the Service behind it, found once (decision 3).
struct ResolvedUrl {
    bool isTls = false;
    std::string host;    ///< As written in the URL, with its port if it has one.
    std::string target;  ///< Path and query.
    std::string service; ///< "ns/name"; empty where no route takes the URL.
};

/// \pre url is an absolute http or https URL
[[nodiscard]] ResolvedUrl resolveUrl(const std::string& url,
                                     const std::string& method,
                                     const std::shared_ptr<const plan::FrontDoorPlan>& ingress);

/// The load balancer in front of the ingress: the door with controllers behind it.
[[nodiscard]] std::optional<DoorId> ingressDoor(const plan::FrontDoorPlan& plan);

/// The load balancer of that Service in the per-service plan.
[[nodiscard]] std::optional<DoorId> serviceDoor(const plan::FrontDoorPlan& plan,
                                                std::string_view service);

/// Where both styles' clients send each request of the mix, at the addresses that are bound.
struct ClientDestinations {
    live::LoadStyle perService;
    live::LoadStyle ingress;
    Findings findings; ///< URLs that have no door in one of the styles.
};

[[nodiscard]] ClientDestinations
resolveClients(const Scenario& scenario,
               const std::shared_ptr<const plan::FrontDoorPlan>& perService,
               const std::shared_ptr<const plan::FrontDoorPlan>& ingress,
               const live::ReadyState& ready);

} // namespace lab::scenario
