#include "scenario/live_timeline.hpp"

#include <algorithm>
#include <utility>

namespace lab::scenario {
namespace {

using Simulated = simulation::PodFault;

/// The live engine's word for it; nothing: the pod is well.
std::optional<live::PodFault> liveFault(const Simulated& fault)
{
    live::PodFault live;
    live.status = fault.status;
    live.delay = fault.delay;
    switch (fault.kind) {
    case Simulated::Kind::None:
        return std::nullopt;
    case Simulated::Kind::Refuse:
        live.kind = live::PodFault::Kind::Refuse;
        break;
    case Simulated::Kind::Hang:
        live.kind = live::PodFault::Kind::Hang;
        break;
    case Simulated::Kind::Status:
        live.kind = live::PodFault::Kind::Status;
        break;
    case Simulated::Kind::Delay:
        live.kind = live::PodFault::Kind::Delay;
        break;
    case Simulated::Kind::Kill:
        live.kind = live::PodFault::Kind::Kill;
        break;
    }
    return live;
}

} // namespace

std::vector<std::string> podsOf(const plan::FrontDoorPlan& plan,
                                const simulation::PodIncident& incident)
{
    std::vector<std::string> pods;
    for (const plan::Upstream& upstream : plan.upstreams) {
        if (upstream.fullService() != incident.service) {
            continue;
        }
        for (const EndpointId id : upstream.endpoints) {
            const PodId pod = plan.endpoint(id).pod;
            if (!pod.isValid() || pods.size() >= incident.podsMax) {
                continue;
            }
            const plan::PlannedPod& planned = plan.pods[pod.index()];
            const std::string name = planned.nameSpace + '/' + planned.name;
            if (std::ranges::find(pods, name) == pods.end()) {
                pods.push_back(name);
            }
        }
    }
    return pods;
}

LiveTimeline::LiveTimeline(live::LiveEngine& engine,
                           const RunPlans& plans,
                           live::LiveOptions options,
                           std::vector<simulation::PodIncident> incidents)
    : engine_(engine)
    , plans_(plans)
    , options_(std::move(options))
    , incidents_(std::move(incidents))
{
    std::ranges::stable_sort(incidents_, {}, &simulation::PodIncident::at);
}

void LiveTimeline::addTo(live::LoadSpec& spec)
{
    if (incidents_.empty()) {
        return;
    }
    spec.slice = spec.perStyle;
    spec.beforeSlice = [this] { healAll(); };
    for (const simulation::PodIncident& incident : incidents_) {
        spec.events.push_back({incident.at, [this, &incident] { befall(incident); }});
    }
}

void LiveTimeline::healAll()
{
    if (!options_.podFaults.empty()) {
        options_.podFaults.clear();
        apply();
    }
}

/// Both plans are asked: one may know pods that the other does not.
void LiveTimeline::befall(const simulation::PodIncident& incident)
{
    const std::optional<live::PodFault> fault = liveFault(incident.fault);
    for (const auto& plan : {plans_.perService, plans_.ingress}) {
        for (const std::string& pod : podsOf(*plan, incident)) {
            options_.podFaults.erase(pod);
            if (fault) {
                options_.podFaults.emplace(pod, *fault);
            }
        }
    }
    apply();
}

void LiveTimeline::apply()
{
    const auto replaced = engine_.replace({plans_.perService, plans_.ingress}, options_);
    if (!replaced && !failure_) {
        failure_ = replaced.error();
    }
}

} // namespace lab::scenario
