#pragma once

#include "frontdoor/front_door.hpp"
#include "frontdoor/l4_door.hpp"
#include "live/door_tally.hpp"
#include "live/endpoint_addresses.hpp"
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
/// workers.
struct ServedPlan {
    std::shared_ptr<const plan::FrontDoorPlan> plan;
    std::vector<std::unique_ptr<const frontdoor::FrontDoor>> doors; ///< By DoorId.
    std::vector<std::unique_ptr<const frontdoor::L4Door>> l4Doors;  ///< By DoorId.
    std::vector<SocketAddress> nodeAddresses;                       ///< By NodeId.
    EndpointAddresses endpoints;
    std::vector<DoorCertificates> certificates;   ///< By DoorId.
    std::vector<ControllerAddresses> controllers; ///< By DoorId; controllers only.
    /// By DoorId and RouteId: the field line that tells a lab pod who sent it here.
    std::vector<std::vector<std::string>> hopFields;
    SiblingPorts siblingPorts; ///< Of all doors, for the Location of a redirect.
};

/// What one worker has of its own for a served plan.
struct WorkerPlan {
    frontdoor::WorkerState state;
    UpstreamPool pool;
    Random random;
    std::vector<DoorTally> tallies; ///< By DoorId.
};

/// All that a session needs to know of the door it came in by. Lives as long as its worker.
struct DoorContext {
    Worker& worker;
    const ServedPlan& served;
    WorkerPlan& own;
    const TlsServer& tls;
    const LiveOptions& options;
    DoorId id;
    plan::DoorPort port;
    std::size_t portIndex = 0; ///< Of `port` in Door::ports.
    NodeId node;               ///< NodePort doors: the machine that this listener stands for.

    [[nodiscard]] const plan::Door& door() const { return served.plan->door(id); }
    [[nodiscard]] const frontdoor::FrontDoor& frontDoor() const
    {
        return *served.doors[id.index()];
    }
    [[nodiscard]] const frontdoor::L4Door& l4Door() const { return *served.l4Doors[id.index()]; }
    [[nodiscard]] DoorTally& tally() const { return own.tallies[id.index()]; }
};

} // namespace lab::live
