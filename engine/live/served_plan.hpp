#pragma once

#include "frontdoor/front_door.hpp"
#include "frontdoor/l4_door.hpp"
#include "live/door_tally.hpp"
#include "live/endpoint_addresses.hpp"
#include "live/http2_pods.hpp"
#include "live/live_engine.hpp"
#include "live/real_ports.hpp"
#include "live/socket_address.hpp"
#include "live/tls_server.hpp"
#include "live/upstream_pool.hpp"
#include "live/worker.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lab::live {

/// Where a controller replica listens for its cloud door, which speaks PROXY v2 there.
struct ControllerAddresses {
    SocketAddress http;
    SocketAddress https;
};

/// A plan as it is served: deciders, real addresses and certificates.  Immutable, shared by all
/// workers; kept alive by whatever still works by it.
struct ServedPlan {
    std::shared_ptr<const plan::FrontDoorPlan> plan;
    LiveOptions options;
    std::uint8_t number = 0;      ///< In records: see PlanNumbers.
    std::uint64_t generation = 0; ///< The plans served at the start, after the first reload, …
    std::vector<std::unique_ptr<const frontdoor::FrontDoor>> doors; ///< By DoorId.
    /// By DoorId; none for http doors without source ranges.
    std::vector<std::unique_ptr<const frontdoor::L4Door>> l4Doors;
    std::vector<SocketAddress> nodeAddresses; ///< By NodeId.
    EndpointAddresses endpoints;
    std::vector<DoorCertificates> certificates;   ///< By DoorId.
    std::vector<ControllerAddresses> controllers; ///< By DoorId; controllers only.
    /// By DoorId and RouteId: the field line that tells a lab pod who sent it here. Without lab
    /// pods none.
    std::vector<std::vector<std::string>> hopFields;
    SiblingPorts siblingPorts; ///< Of all doors, for the Location of a redirect.
};

/// What one worker has of its own for a served plan. Used on that worker's thread; made and
/// destroyed on any.
struct WorkerPlan {
    std::shared_ptr<const ServedPlan> served;
    frontdoor::WorkerState state;
    UpstreamPool& pool; ///< The worker's, for all its plans, as the next.
    Http2Pods& http2Pods;
    Random random;
    std::vector<std::shared_ptr<DoorTally>> tallies; ///< By DoorId.
};

/// All that an exchange needs to know of the door it came in by: one door port by one plan, on one
/// worker. Whoever holds it keeps the plan; a connection that waits for its next request does not.
struct DoorContext {
    Worker& worker;
    const TlsServer& tls;
    const std::shared_ptr<WorkerPlan> plan;
    const ServedPlan& served; ///< Of `plan`, as the next three.
    WorkerPlan& own;          ///< Is `plan`.
    const LiveOptions& options;
    const plan::DoorPort& port;
    DoorId id;
    std::size_t portIndex = 0; ///< Of `port` in Door::ports.
    NodeId node;               ///< NodePort doors: the machine that this listener stands for.
    bool isProxied = false;    ///< A controller's private listener: PROXY v2 comes first.
    bool isGone = false;       ///< No plan has this door any more. The worker thread's.

    [[nodiscard]] const plan::Door& door() const { return served.plan->door(id); }
    [[nodiscard]] bool isHttp() const { return door().mode == plan::DoorMode::Http; }
    [[nodiscard]] const frontdoor::FrontDoor& frontDoor() const
    {
        return *served.doors[id.index()];
    }
    /// \pre a tcp or tls door, or one with source ranges
    [[nodiscard]] const frontdoor::L4Door& l4Door() const { return *served.l4Doors[id.index()]; }
    [[nodiscard]] DoorTally& tally() const { return *own.tallies[id.index()]; }

    /// Is the exchange under way the last one of its connection?
    [[nodiscard]] bool endsConnections() const { return isGone || worker.isDraining(); }
};

/// One listening socket on one worker: which plan's door answers there now?
///
/// Lives as long as its listener and the connections accepted there; each request of an http
/// session is served by what is `current` when its head has arrived. A door that becomes one of
/// another kind gets another site. Only on its worker's thread.
struct DoorSite {
    Worker& worker;
    std::shared_ptr<DoorContext> current; ///< Of a door that is gone: the last one.

    [[nodiscard]] bool isGone() const { return current->isGone; }
};

} // namespace lab::live
