#include "simulation/pod_stations.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace lab::simulation {
namespace {

/// Odd, and not the step with which Random spreads a seed: neighbours share no state.
constexpr std::uint64_t numberStep = 0xd1342543de82ef95U;

std::string placeOf(const plan::Endpoint& endpoint)
{
    return endpoint.pod.isValid()
               ? std::to_string(endpoint.pod.index()) + ':' + std::to_string(endpoint.targetPort)
               : endpoint.address;
}

} // namespace

PodStations::PodStations(const plan::FrontDoorPlan& plan, const SimulationSpec& spec)
    : seed_(Random(spec.seed).stream("service").next())
    , stationOf_(plan.endpoints.size())
{
    std::unordered_map<std::string, std::uint32_t> known;
    for (std::size_t i = 0; i < plan.endpoints.size(); ++i) {
        const auto fresh = static_cast<std::uint32_t>(stations_.size());
        const auto [found, isNew] = known.try_emplace(placeOf(plan.endpoints[i]), fresh);
        stationOf_[i] = found->second;
        if (isNew) {
            stations_.emplace_back().model = spec.otherPods;
        }
    }
    for (const plan::Upstream& upstream : plan.upstreams) {
        const auto model = spec.pods.find(upstream.fullService());
        for (const EndpointId endpoint : upstream.endpoints) {
            if (model != spec.pods.end()) {
                stations_[stationOf(endpoint)].model = model->second;
            }
        }
    }
}

PodStations::Arrived PodStations::arrive(EndpointId endpoint, const Job& job)
{
    const std::uint32_t index = stationOf(endpoint);
    Station& station = stations_[index];
    if (station.fault.kind == PodFault::Kind::Hang) {
        return {Arrived::Result::Hung, {}};
    }
    if (station.model.workers == 0 || station.busy < station.model.workers) {
        return {Arrived::Result::Begun, begin(station, keep(job, index))};
    }
    if (station.waiting == station.model.waitingMax) {
        return {Arrived::Result::Full, {}};
    }
    const JobId id = keep(job, index);
    (station.first == noJob ? station.first : slots_[station.last].next) = id;
    station.last = id;
    ++station.waiting;
    return {Arrived::Result::Waiting, {}};
}

PodStations::Ended PodStations::end(JobId id)
{
    Station& station = stations_[slots_[id].station];
    Ended ended;
    ended.job = slots_[id].job;
    if (station.fault.kind == PodFault::Kind::Status) {
        ended.status = station.fault.status;
    }
    release(id);
    --station.busy;
    if (station.first != noJob) {
        const JobId next = station.first;
        station.first = slots_[next].next;
        --station.waiting;
        ended.next = begin(station, next);
    }
    return ended;
}

std::vector<PodStations::Job> PodStations::abandon(std::uint32_t index)
{
    std::vector<JobId> lost;
    for (JobId id = 0; id < slots_.size(); ++id) {
        if (slots_[id].isTaken && slots_[id].station == index) {
            lost.push_back(id);
        }
    }
    std::ranges::sort(lost, {}, [&](JobId id) { return slots_[id].job.number; });
    std::vector<Job> jobs;
    for (const JobId id : lost) {
        jobs.push_back(slots_[id].job);
        release(id);
    }
    Station& station = stations_[index];
    station.busy = 0;
    station.waiting = 0;
    station.first = noJob;
    station.last = noJob;
    return jobs;
}

PodStations::JobId PodStations::keep(const Job& job, std::uint32_t station)
{
    JobId id = free_;
    if (id == noJob) {
        id = static_cast<JobId>(slots_.size());
        slots_.emplace_back();
    } else {
        free_ = slots_[id].next;
    }
    slots_[id] = {job, noJob, station, slots_[id].ticket + 1, true};
    return id;
}

void PodStations::release(JobId job)
{
    slots_[job].next = free_;
    slots_[job].isTaken = false;
    ++slots_[job].ticket;
    free_ = job;
}

PodStations::Begun PodStations::begin(Station& station, JobId job)
{
    ++station.busy;
    const workload::ServiceTime& time = station.model.time;
    Duration service = time.mean();
    if (!time.isConstant()) {
        Random random(seed_ + slots_[job].job.number * numberStep);
        service = time.draw(random);
    }
    if (station.fault.kind == PodFault::Kind::Delay) {
        service += station.fault.delay;
    }
    return {job, slots_[job].ticket, service};
}

} // namespace lab::simulation
