#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulation/footprint.hpp"
#include "simulation/run_view.hpp"
#include "simulation/simulation_spec.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lab::simulation {

/// Who is served, who waits, and for how long?  The pods' ports, each a station with its servers
/// and its line, first come first served.
///
/// How long a request takes hangs on the seed and the request's own number, not on what happened
/// before: in both styles, and whichever pod serves it, the same request takes the same time.
class PodStations {
public:
    using JobId = std::uint32_t;
    static constexpr JobId noJob = ~JobId{0};

    /// One try of a request at a pod.
    struct Job {
        std::uint32_t request = 0;
        std::uint32_t ticket = 0; ///< The request's, of this try.
        std::uint64_t number = 0; ///< Of the request, and which try: what its time hangs on.
    };
    /// A job whose service begins, and how long it takes; forever at a pod that hangs.
    struct Begun {
        JobId job = noJob;
        std::uint32_t ticket = 0; ///< Of the job: a slot is used again, its tickets are not.
        Duration service{};
    };
    struct Arrived {
        enum class Result : std::uint8_t { Begun, Waiting, Full, Hung };
        Result result = Result::Waiting;
        Begun begun;
    };
    struct Ended {
        Job job;
        std::uint16_t status = 200;
        Begun next; ///< Whose turn it is now; noJob: nobody's.
    };

    /// Endpoints at the same pod port, or real address, are one station.
    PodStations(const plan::FrontDoorPlan& plan, const SimulationSpec& spec);

    [[nodiscard]] Arrived arrive(EndpointId endpoint, const Job& job);
    [[nodiscard]] Ended end(JobId job);
    /// Does that job's service still go on?
    [[nodiscard]] bool isServing(JobId job, std::uint32_t ticket) const
    {
        return slots_[job].ticket == ticket;
    }

    /// From now on; a request that is in service goes on as it began.
    void setFault(std::uint32_t station, const PodFault& fault)
    {
        stations_[station].fault = fault;
    }
    /// The pod is killed: all that it serves and all in its line, the oldest requests first.
    [[nodiscard]] std::vector<Job> abandon(std::uint32_t station);

    [[nodiscard]] bool refuses(EndpointId endpoint) const
    {
        const PodFault::Kind kind = at(endpoint).fault.kind;
        return kind == PodFault::Kind::Refuse || kind == PodFault::Kind::Kill;
    }
    /// The endpoint that stands for all at the same port: connections are kept by it.
    [[nodiscard]] std::uint32_t stationOf(EndpointId endpoint) const
    {
        return stationOf_[endpoint.index()];
    }
    [[nodiscard]] std::size_t stationCount() const { return stations_.size(); }
    /// What arrive() there will touch.
    void addTo(Footprint& footprint, EndpointId endpoint) const
    {
        footprint.add(&stationOf_[endpoint.index()], 1);
        footprint.add(&at(endpoint), sizeof(Station));
    }
    [[nodiscard]] PodInSight sightOf(EndpointId endpoint) const
    {
        return {at(endpoint).busy, at(endpoint).waiting, at(endpoint).fault.kind};
    }
    /// Requests at that pod: in service and in line.
    [[nodiscard]] std::size_t load(EndpointId endpoint) const
    {
        return at(endpoint).busy + at(endpoint).waiting;
    }

private:
    struct Slot {
        Job job;
        JobId next = noJob; ///< In line, or among the free ones.
        std::uint32_t station = 0;
        std::uint32_t ticket = 0;
        bool isTaken = false;
    };
    struct Station {
        PodModel model;
        PodFault fault;
        std::uint32_t busy = 0;
        std::uint32_t waiting = 0;
        JobId first = noJob;
        JobId last = noJob;
    };

    [[nodiscard]] const Station& at(EndpointId endpoint) const
    {
        return stations_[stationOf_[endpoint.index()]];
    }
    [[nodiscard]] JobId keep(const Job& job, std::uint32_t station);
    void release(JobId job);
    [[nodiscard]] Begun begin(Station& station, JobId job);

    std::uint64_t seed_;
    std::vector<std::uint32_t> stationOf_; ///< By EndpointId.
    std::vector<Station> stations_;
    std::vector<Slot> slots_;
    JobId free_ = noJob;
};

} // namespace lab::simulation
