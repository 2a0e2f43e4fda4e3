#include "desktop/stage_model.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace lab::desktop {
namespace {

using ServiceIndex = std::unordered_map<std::string, int>;

/// Services that anything is sent to, by name within their namespace.
std::set<std::string> servicesOf(const plan::FrontDoorPlan& plan)
{
    std::set<std::string> names;
    for (const plan::Upstream& upstream : plan.upstreams) {
        names.insert(upstream.fullService());
    }
    for (const plan::Door& door : plan.doors) {
        if (door.role == plan::DoorRole::LoadBalancer && door.replicas.empty() &&
            !door.service.empty()) {
            names.insert(door.service);
        }
    }
    return names;
}

std::vector<StageService> servicesOf(const plan::FrontDoorPlan& perService,
                                     const plan::FrontDoorPlan& ingress)
{
    std::set<std::string> names = servicesOf(perService);
    names.merge(servicesOf(ingress));
    std::vector<StageService> services;
    bool isOneSpace = true;
    for (const std::string& name : names) {
        const QString full = QString::fromStdString(name);
        services.push_back({name, full.section('/', 1), full.section('/', 0, 0)});
        isOneSpace = isOneSpace && services.back().nameSpace == services.front().nameSpace;
    }
    for (StageService& service : services) {
        service.name = isOneSpace ? service.name : QString::fromStdString(service.fullName);
    }
    return services;
}

void placePods(const plan::FrontDoorPlan& plan, const ServiceIndex& index, StageSide& side)
{
    side.places.resize(plan.endpoints.size());
    side.pods.resize(index.size());
    std::unordered_map<std::string, EndpointId> seen; // service and endpoint: one pod port
    for (const plan::Upstream& upstream : plan.upstreams) {
        const int service = index.at(upstream.fullService());
        auto& pods = side.pods[static_cast<std::size_t>(service)];
        for (const EndpointId endpoint : upstream.endpoints) {
            const std::string key = upstream.fullService() + ' ' + plan.endpoint(endpoint).name;
            const auto [found, isNew] = seen.try_emplace(key, endpoint);
            if (isNew) {
                side.places[endpoint.index()] = {service, static_cast<int>(pods.size())};
                pods.push_back(endpoint);
            } else {
                side.places[endpoint.index()] = side.places[found->second.index()];
            }
        }
    }
}

StageSide sideOf(const plan::FrontDoorPlan& plan, const ServiceIndex& index)
{
    StageSide side;
    side.style = plan.style;
    side.certificateCount = plan.certificateCount();
    side.hasLimit = plan.limitingPointCount() > 0;
    side.serviceOfDoor.assign(plan.doors.size(), -1);
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const plan::Door& door = plan.doors[i];
        const auto own = index.find(door.service);
        if (door.role == plan::DoorRole::Controller) {
            side.controllers.emplace_back(i);
            side.routeCount = std::max(side.routeCount, door.routes.size());
        } else if (door.role == plan::DoorRole::LoadBalancer) {
            side.entries.emplace_back(i);
            if (!door.replicas.empty()) {
                side.shared = DoorId(i);
            } else if (own != index.end()) {
                side.serviceOfDoor[i] = own->second;
            }
        }
        side.endsTls = side.endsTls || (door.mode != plan::DoorMode::Tcp &&
                                        std::ranges::any_of(door.ports, &plan::DoorPort::isTls));
    }
    std::ranges::stable_sort(
        side.entries, {}, [&](DoorId id) { return side.serviceOfDoor[id.index()]; });
    placePods(plan, index, side);
    return side;
}

} // namespace

int StageModel::indexOf(const std::string& fullName) const
{
    const auto found = std::ranges::find(services, fullName, &StageService::fullName);
    return found == services.end() ? -1 : static_cast<int>(found - services.begin());
}

StageModel stageOf(const plan::FrontDoorPlan& perService, const plan::FrontDoorPlan& ingress)
{
    StageModel model;
    model.services = servicesOf(perService, ingress);
    ServiceIndex index;
    for (std::size_t i = 0; i < model.services.size(); ++i) {
        index.emplace(model.services[i].fullName, static_cast<int>(i));
    }
    model.sides = {sideOf(perService, index), sideOf(ingress, index)};
    return model;
}

} // namespace lab::desktop
