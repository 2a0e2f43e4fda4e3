#pragma once

#include "frontdoor/front_door.hpp"
#include "frontdoor/l4_door.hpp"
#include "frontdoor/retry.hpp"
#include "measurement/record_collector.hpp"
#include "simulation/client_pool.hpp"
#include "simulation/event_queue.hpp"
#include "simulation/footprint.hpp"
#include "simulation/pod_stations.hpp"
#include "simulation/request_table.hpp"
#include "simulation/run_view.hpp"
#include "simulation/simulation_spec.hpp"
#include "simulation/trail.hpp"
#include "workload/arrival_stream.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lab::simulation {

/// One style's clients, doors and pods in virtual time: what each event does to them.
///
/// The doors decide by frontdoor::FrontDoor and L4Door, as the live engine's do; around them this
/// is the model: what takes how long, who waits for whom, what is given up.
class World {
public:
    static constexpr std::size_t trailsMax = 2'000'000; ///< 96 bytes each.

    explicit World(SimulationSpec spec);

    /// The next thing happens. \return false if there is nothing more to come
    bool step();
    /// When that will be; nothing if there is nothing more.
    [[nodiscard]] std::optional<Instant> nextAt() const;

    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] std::uint64_t eventCount() const { return eventCount_; }
    /// A table was full, and the run stopped: its numbers are worth nothing.
    [[nodiscard]] bool hasOverflown() const { return hasOverflown_; }
    [[nodiscard]] std::size_t underWay() const { return requests_.size(); }
    [[nodiscard]] std::uint64_t arrivalCount() const { return arrivalCount_; }
    [[nodiscard]] const measurement::RecordCollector& collector() const { return collector_; }
    [[nodiscard]] const SimulationSpec& spec() const { return spec_; }
    [[nodiscard]] const PodStations& pods() const { return pods_; }
    [[nodiscard]] RunView view(std::size_t requestsMax) const;
    void keepTrails() { keepsTrails_ = true; }
    [[nodiscard]] std::vector<Trail> takeTrails() { return std::exchange(trails_, {}); }

private:
    enum Happening : std::uint8_t {
        Connect,     ///< The client's SYN is at the entry door.
        AtDoor,      ///< The request is at an http door.
        Decide,      ///< The door has time for it.
        AtPod,       ///< One try is at its pod.
        Served,      ///< A pod is done with a job (the event's subject).
        AnswerBack,  ///< The pod's answer is at the door.
        TryRefused,  ///< The pod's port was closed.
        TryBroken,   ///< The pod closed the connection.
        TryTimedOut, ///< The door does not wait any longer.
        AtClient,    ///< The answer, or the failure, is at the client.
        Incident,    ///< Something is done to pods (the event's subject: which).
    };

    /// An entry of a source's mix, made ready.
    struct Kind {
        std::string method;
        std::string host;
        std::string hostField;
        std::string path;
        std::string target;
        std::size_t port = 0;
        std::size_t service = measurement::RecordCollector::noService;
        std::uint64_t bodyBytes = 0;
        std::uint32_t requestBytes = 0;
        std::uint32_t pool = 0;
        std::uint32_t traffic = 0;
        DoorId door; ///< Where clients come in; not valid: nowhere.
        bool isTls = false;
        bool isMalformed = false; ///< No path: 400.
        bool endsTlsAtEntry = true;
        EventQueue::LaneId way =
            0; ///< From the client to the http door or, at a tcp door, the pod.
        Duration wayTime{};
        Footprint footprint;
        UpstreamId wentTo; ///< Where its last request went: the footprint has that.
    };

    /// Where a client's connection leads: packed into ClientPool's target.
    struct Leads {
        bool isToPod = false;
        std::uint32_t place = 0;  ///< EndpointId or DoorId.
        std::uint32_t source = 0; ///< 0: the client's own address; 1: the door's; n + 2: node n's.
    };

    // world.cpp
    void addKinds();
    void addKind(const workload::Traffic& traffic, std::size_t trafficIndex, std::size_t entry);
    void addDoors();
    [[nodiscard]] std::uint32_t poolOf(const Destination& destination, bool isTls);
    void handle(const Event& event);
    void put(EventQueue::LaneId lane, Duration delay, Happening what, std::uint32_t id);
    [[nodiscard]] bool isOver() const;

    // world_ahead.cpp
    [[nodiscard]] const workload::Arrival* nextArrival() const;
    void drawArrivals();
    [[nodiscard]] workload::Arrival takeArrival();
    void leaveFootprint(Kind& kind, DoorId httpDoor, UpstreamId upstream);
    void fetchWayBack(const Request& request) const;
    [[nodiscard]] const ClientPool* poolOf(const Kind& kind) const;
    [[nodiscard]] const workload::Arrival& arrivalAt(std::size_t ahead) const
    {
        return ahead_[(aheadFirst_ + ahead) % aheadMax];
    }
    [[nodiscard]] std::uint32_t kindOf(const workload::Arrival& arrival) const
    {
        return firstKinds_[arrival.traffic] + arrival.entry;
    }

    // world_view.cpp
    [[nodiscard]] Leg legOf(const Request& request) const;
    [[nodiscard]] RequestInSight sightOf(const Request& request) const;

    // world_clients.cpp
    void arrive();
    [[nodiscard]] bool takeTurn(std::uint32_t id);
    void sendOn(std::uint32_t id);
    void connect(std::uint32_t id);
    [[nodiscard]] std::optional<Leads> passOn(Request& request, const Kind& kind);
    void fail(std::uint32_t id, measurement::Outcome outcome);
    void endAtClient(std::uint32_t id);
    void losePatience(std::uint32_t id);
    void endConnection(Request& request, bool isReusable);
    [[nodiscard]] bool leadsNowhere(const Request& request) const;
    void serveLine(std::uint32_t pool);
    void record(const Request& request, measurement::Outcome outcome);
    void keepTrail(const Request& request, const measurement::RequestRecord& record);
    [[nodiscard]] std::string_view addressOf(const Request& request) const;

    // world_doors.cpp
    void atDoor(std::uint32_t id);
    void decide(std::uint32_t id);
    void answerItself(std::uint32_t id, std::uint16_t status);
    void answer(std::uint32_t id);
    void tryPod(std::uint32_t id);
    void atPod(std::uint32_t id);
    void beginService(const PodStations::Begun& begun);
    void served(const Event& event);
    void befall(const PodIncident& incident);
    void answerBack(std::uint32_t id);
    [[nodiscard]] bool isReplaced(std::uint32_t id);
    void tryFailed(std::uint32_t id, frontdoor::TryOutcome::Kind how);
    [[nodiscard]] bool triesAgain(std::uint32_t id, const frontdoor::TryOutcome& outcome);
    [[nodiscard]] frontdoor::RequestView viewOf(const Request& request) const;
    [[nodiscard]] Duration answerTime(const Request& request) const;
    [[nodiscard]] std::uint16_t& kept(const Request& request);
    [[nodiscard]] frontdoor::WorkerState& stateOf(const Request& request)
    {
        return states_[stateIndex_[request.door.index()]];
    }
    [[nodiscard]] const frontdoor::FrontDoor& frontDoor(const Request& request) const
    {
        return *doors_[request.door.index()];
    }
    [[nodiscard]] const plan::FrontDoorPlan& plan() const { return *spec_.plan; }
    [[nodiscard]] Leads leadsOf(const Request& request) const;

    SimulationSpec spec_;
    EventQueue queue_;
    RequestTable requests_;
    PodStations pods_;
    workload::ArrivalStream arrivals_;
    static constexpr std::size_t aheadMax = 16;
    std::array<workload::Arrival, aheadMax> ahead_; ///< A ring of the arrivals that come next.
    std::size_t aheadFirst_ = 0;
    std::size_t aheadCount_ = 0;
    measurement::RecordCollector collector_;
    std::vector<Trail> trails_;
    bool keepsTrails_ = false;
    std::optional<limiting::TokenBucket> ideal_;
    Random replicaRandom_;

    std::vector<Kind> kinds_;
    std::vector<std::uint32_t> firstKinds_; ///< By traffic.
    std::vector<ClientPool> pools_;
    std::unordered_map<std::string, std::uint32_t> poolByName_;
    std::vector<std::string> clientAddresses_;

    std::vector<std::unique_ptr<const frontdoor::FrontDoor>> doors_; ///< By DoorId; http ones.
    std::vector<std::unique_ptr<const frontdoor::L4Door>> l4Doors_;  ///< By DoorId; the others.
    std::vector<std::uint32_t> stateIndex_;                          ///< By DoorId.
    std::vector<frontdoor::WorkerState> states_; ///< All load balancers' together; each replica's.
    std::vector<std::vector<std::uint16_t>> kept_; ///< By state, then station: idle connections.
    std::vector<Instant> freeAt_;                  ///< By DoorId.

    EventQueue::LaneId hop_ = 0;
    EventQueue::LaneId twoHops_ = 0;
    EventQueue::LaneId threeHops_ = 0;
    Instant now_;
    std::uint64_t eventCount_ = 0;
    std::uint64_t arrivalCount_ = 0;
    bool hasOverflown_ = false;
};

} // namespace lab::simulation
