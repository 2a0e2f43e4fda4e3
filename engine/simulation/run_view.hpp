#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "simulation/simulation_spec.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lab::simulation {

/// Where a request is.
enum class Leg : std::uint8_t {
    WaitsForConnection, ///< All of its client's are taken.
    Connecting,         ///< A new one: handshakes, and then the way to the door.
    ToDoor,
    AtDoor, ///< The door is busy with another one.
    ToPod,  ///< From an http door; through a tcp door: all the way from the client.
    AtPod,  ///< In service, or in line.
    FromPod,
    ToClient,
};

/// One request under way, as somebody sees it who looks down on the whole.
struct RequestInSight {
    std::uint64_t number = 0;  ///< Among all of the run: the same in both styles.
    std::uint32_t traffic = 0; ///< Index into SimulationSpec::traffic
    std::uint32_t entry = 0;   ///< Index into its mix.
    std::uint32_t client = 0;
    Leg leg = Leg::WaitsForConnection;
    Instant since;            ///< When this leg began.
    Instant until;            ///< When it will end; = since: nobody knows yet (pods, lines).
    DoorId entryDoor;         ///< Where its client came in.
    DoorId door;              ///< The http door that deals with it; not valid: none yet, or none.
    UpstreamId upstream;      ///< Not valid before the door's decision.
    EndpointId endpoint;      ///< The pod port of this try, likewise.
    std::uint16_t status = 0; ///< Of the answer on its way back; else 0.
    bool isRefused = false;   ///< By a limit: the door's own answer.
};

/// One pod port at work.
struct PodInSight {
    std::size_t inService = 0;
    std::size_t inLine = 0;
    PodFault::Kind fault = PodFault::Kind::None;
};

/// What can be seen of a run at one instant: values, for who draws it.
struct RunView {
    Instant now;
    std::uint64_t eventCount = 0;
    std::size_t underWay = 0;             ///< All requests, shown or not.
    std::vector<RequestInSight> requests; ///< The oldest first.
    std::vector<PodInSight> pods;         ///< By EndpointId; those at one pod port show the same.
};

} // namespace lab::simulation
