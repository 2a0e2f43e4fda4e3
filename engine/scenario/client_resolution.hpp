#pragma once

#include "base/finding.hpp"
#include "frontdoor/front_door.hpp"
#include "live/live_engine.hpp"
#include "live/load_run.hpp"
#include "plan/front_door_plan.hpp"
#include "scenario/scenario.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// What the ingress plan does with one URL: the Service behind it, found once (decision 3).
struct ResolvedUrl {
    bool isTls = false;
    std::string host;    ///< As written in the URL, with its port if it has one.
    std::string target;  ///< Path and query.
    std::string service; ///< "ns/name"; empty where no route takes the URL.
};

/// Which Service does the ingress plan send a URL to?  Asks that plan's own decision, one URL after
/// the other; what was asked before changes nothing.
class UrlResolver {
public:
    explicit UrlResolver(std::shared_ptr<const plan::FrontDoorPlan> ingress);

    /// \pre url is an absolute http or https URL
    [[nodiscard]] ResolvedUrl resolve(const std::string& url, const std::string& method);

private:
    [[nodiscard]] std::string serviceOf(const ResolvedUrl& url, const std::string& method);

    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    std::optional<DoorId> controller_; ///< None: the plan has no ingress.
    std::shared_ptr<const frontdoor::UpstreamTables> tables_;
    frontdoor::WorkerState worker_; ///< Whose turn it is among the pods: no matter here.
};

/// The load balancer in front of the ingress: the door with controllers behind it.
[[nodiscard]] std::optional<DoorId> ingressDoor(const plan::FrontDoorPlan& plan);

/// The door port where one style's clients send one kind of request.
struct ClientDoor {
    std::optional<DoorId> door; ///< None: this style has no door for the URL.
    std::size_t port = 0;       ///< Index into Door::ports.
    bool isTls = false;
    std::string host;
    std::string target;
    std::string service; ///< "ns/name" for the counts; may be empty.
};

/// Where both styles' clients send each request of the mix: [traffic][mix entry].
struct ClientDoors {
    std::vector<std::vector<ClientDoor>> perService;
    std::vector<std::vector<ClientDoor>> ingress;
    Findings findings; ///< URLs that have no door in one of the styles.
};

[[nodiscard]] ClientDoors resolveDoors(const Scenario& scenario,
                                       const std::shared_ptr<const plan::FrontDoorPlan>& perService,
                                       const std::shared_ptr<const plan::FrontDoorPlan>& ingress);

/// The same, at the addresses that are bound.
struct ClientDestinations {
    live::LoadStyle perService;
    live::LoadStyle ingress;
    Findings findings; ///< As above.
};

[[nodiscard]] ClientDestinations
resolveClients(const Scenario& scenario,
               const std::shared_ptr<const plan::FrontDoorPlan>& perService,
               const std::shared_ptr<const plan::FrontDoorPlan>& ingress,
               const live::ReadyState& ready);

} // namespace lab::scenario
