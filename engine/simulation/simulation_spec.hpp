#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "limiting/token_bucket.hpp"
#include "plan/front_door_plan.hpp"
#include "workload/service_time.hpp"
#include "workload/traffic.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab::simulation {

/// Where one style's clients send one kind of request.
struct Destination {
    DoorId door;          ///< Not valid: counted as NoDoor, never sent.
    std::size_t port = 0; ///< Index into Door::ports.
    std::string host;     ///< Host field and server name.
    std::string target;   ///< Path and query.
    std::string service;  ///< "ns/name" for the counts; may be empty.
};

/// What the network and the doors cost. The defaults are what the live engine takes on loopback on
/// a small machine: 130 µs through one door, 190 µs through two.
struct NetworkModel {
    Duration hop = std::chrono::microseconds(30); ///< One way between two processes, with waking.
    Duration handshake = std::chrono::microseconds(300); ///< Of a door, for a new TLS connection.
    Duration doorWork{}; ///< Of an http door, a request; it does one at a time.
};

/// What a pod takes for a request, and how many it serves at once.
struct PodModel {
    workload::ServiceTime time;
    std::uint32_t workers = 0;       ///< Requests served at once; 0: as many as come.
    std::uint32_t waitingMax = 1024; ///< Further ones in line; who finds no place gets 503.
};

/// How a pod misbehaves.
struct PodFault {
    enum class Kind : std::uint8_t {
        None,
        Refuse, ///< Its ports are closed: no connection comes about.
        Hang,   ///< Takes requests, and never answers.
        Status, ///< Answers with `status`.
        Delay,  ///< Takes `delay` longer.
        Kill,   ///< It dies: what it had in hand is lost, and its ports are closed.
    };
    Kind kind = Kind::None;
    std::uint16_t status = 503;
    Duration delay{};
};

/// Something that is done to the pods of a Service while the run goes on.
struct PodIncident {
    Instant at;
    std::string service;                   ///< "ns/name"
    std::size_t podsMax = ~std::size_t{0}; ///< The first so many of them.
    PodFault fault;                        ///< None: they are well again.
};

/// How long the doors wait where the route does not say it.
struct DoorTimeouts {
    Duration connect = std::chrono::seconds(2);
    Duration answer = std::chrono::seconds(5);
    Duration keepAliveIdle = std::chrono::seconds(60);
};

/// One style's run: what stands there, and what the clients do.
struct SimulationSpec {
    std::shared_ptr<const plan::FrontDoorPlan> plan;
    std::vector<workload::Traffic> traffic;
    std::vector<std::vector<Destination>> destinations; ///< [traffic][mix entry]
    Duration duration = std::chrono::seconds(4);        ///< Of the traffic.
    Duration warmUp{};                                  ///< Its start, not counted.
    Duration patience = std::chrono::seconds(10);       ///< Per request, from its intended time.
    std::uint64_t seed = 1;
    std::optional<limiting::BucketPolicy> ideal; ///< The overall limit, for idealAdmitted.
    NetworkModel network;
    DoorTimeouts timeouts;
    std::map<std::string, PodModel> pods; ///< By "ns/service".
    PodModel otherPods;                   ///< Of the Services that are not named.
    std::vector<PodIncident> incidents;   ///< In any order.
    std::size_t connectionsPerDestinationMax = 256;
};

} // namespace lab::simulation
