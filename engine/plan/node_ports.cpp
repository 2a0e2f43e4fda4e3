#include "plan/node_ports.hpp"

#include "plan/connection_path.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

using model::ServicePort;
using model::ServiceType;

/// Where a cluster draws numbers first (KEP-3668), the whole default range, and its end.
constexpr int drawnFirst = 30'086;
constexpr int rangeFirst = 30'000;
constexpr int rangeLast = 32'767;

std::string nameOf(const model::Service& service, const ServicePort& port)
{
    return "port " + std::to_string(port.port) + " of service \"" + service.meta.fullName() + '"';
}

const Place& placeOf(const model::Service& service, const ServicePort& port)
{
    return port.place.isKnown() ? port.place : service.meta.place;
}

} // namespace

NodePorts::NodePorts(const ClusterIndex& index,
                     const PlanOptions& options,
                     const PodTable& pods,
                     FrontDoorPlan& plan,
                     Findings& findings)
    : options_(&options)
    , pods_(&pods)
    , plan_(&plan)
    , findings_(&findings)
{
    for (const model::Service& service : index.cluster().services) {
        for (const ServicePort& port : service.ports) {
            if (port.nodePort) {
                written_.insert(*port.nodePort);
            }
        }
        if (service.healthCheckNodePort != 0) {
            written_.insert(service.healthCheckNodePort);
        }
    }
}

Door NodePorts::doorFor(const model::Service& service) const
{
    Door door;
    door.name = service.meta.fullName() + "@nodes";
    door.role = DoorRole::NodePort;
    door.mode = DoorMode::Tcp;
    door.service = service.meta.fullName();
    door.path = nodePortPathOf(service, options_->proxyMode);
    door.place = service.meta.place;
    return door;
}

void NodePorts::add(const model::Service& service, UpstreamResolver& resolver)
{
    if (service.type != ServiceType::NodePort && service.type != ServiceType::LoadBalancer) {
        return;
    }
    Door door = doorFor(service);
    UpstreamId first;
    for (const ServicePort& port : service.ports) {
        if (port.protocol != model::Protocol::Tcp) {
            continue;
        }
        const bool isWanted = port.nodePort || service.type == ServiceType::NodePort;
        if (!isWanted && service.healthCheckNodePort == 0) {
            continue;
        }
        const UpstreamId upstream = resolver.resolve(service.meta.nameSpace,
                                                     service.meta.name,
                                                     model::PortReference(port.port),
                                                     placeOf(service, port));
        first = first.isValid() ? first : upstream;
        const int number = isWanted ? numberOf(service, port) : 0;
        if (number != 0) {
            door.ports.push_back({number, false, upstream});
        }
    }
    addHealthCheck(service, first, door);
    addDoor(std::move(door));
}

void NodePorts::addController(const model::Service& service, const std::vector<DoorId>& replicas)
{
    if (service.type != ServiceType::NodePort && service.type != ServiceType::LoadBalancer) {
        return;
    }
    Door door = doorFor(service);
    door.replicas = replicas;
    for (const ServicePort& port : service.ports) {
        const bool isHttps = port.name == "https" || port.port == 443;
        const bool isHttp = port.name == "http" || port.port == 80;
        if (port.protocol != model::Protocol::Tcp || (!isHttp && !isHttps) ||
            (!port.nodePort && service.type != ServiceType::NodePort)) {
            continue;
        }
        if (const int number = numberOf(service, port); number != 0) {
            door.ports.push_back({number, isHttps, {}});
        }
    }
    addHealthCheck(service, {}, door);
    addDoor(std::move(door));
}

int NodePorts::numberOf(const model::Service& service, const ServicePort& port)
{
    const Place& place = placeOf(service, port);
    const std::string what = nameOf(service, port);
    if (!port.nodePort) {
        return freeNumber(place, what);
    }
    return take(*port.nodePort, place, what) ? *port.nodePort : 0;
}

int NodePorts::freeNumber(const Place& place, const std::string& what)
{
    const auto isFree = [&](int number) {
        return !written_.contains(number) && !given_.contains(number);
    };
    int number = drawnFirst;
    while (number <= rangeLast && !isFree(number)) {
        ++number;
    }
    if (number > rangeLast) {
        number = rangeFirst;
        while (number < drawnFirst && !isFree(number)) {
            ++number;
        }
        if (number == drawnFirst) {
            findings_->push_back({Severity::Error,
                                  "node-ports-used-up",
                                  place,
                                  "no node port is left for " + what,
                                  "a cluster has 2768 of them: let fewer Services have some"});
            return 0;
        }
    }
    given_.insert(number);
    findings_->push_back({Severity::Note,
                          "node-port-assigned",
                          place,
                          what + " names no nodePort: the lab opens " + std::to_string(number),
                          "write nodePort to choose it"});
    return number;
}

bool NodePorts::take(int number, const Place& place, const std::string& what)
{
    if (given_.insert(number).second) {
        return true;
    }
    findings_->push_back({Severity::Error,
                          "node-port-taken",
                          place,
                          "node port " + std::to_string(number) + " of " + what +
                              " belongs to another already: it is not opened",
                          "choose another number"});
    return false;
}

void NodePorts::addHealthCheck(const model::Service& service, UpstreamId upstream, Door& door)
{
    const int number = service.healthCheckNodePort;
    if (number != 0 && take(number,
                            service.meta.place,
                            "the health check of service \"" + service.meta.fullName() + '"')) {
        door.ports.push_back({number, false, upstream, true});
    }
}

void NodePorts::addDoor(Door door)
{
    if (!door.ports.empty()) {
        portCount_ += door.ports.size();
        plan_->doors.push_back(std::move(door));
    }
}

void NodePorts::finish()
{
    if (portCount_ == 0) {
        return;
    }
    const std::size_t nodeCount = pods_->nodes().size();
    const std::size_t listening =
        std::clamp(socketsMax / portCount_, std::size_t{1}, std::max<std::size_t>(nodeCount, 1));
    const Door* first = nullptr;
    for (Door& door : plan_->doors) {
        for (std::size_t i = 0; door.role == DoorRole::NodePort && i < listening; ++i) {
            door.nodes.push_back(NodeId(i));
        }
        first = first == nullptr && door.role == DoorRole::NodePort ? &door : first;
    }
    if (listening < nodeCount) {
        findings_->push_back({Severity::Warning,
                              "node-ports-on-some-nodes",
                              first->place,
                              "node ports listen on " + std::to_string(listening) + " of " +
                                  std::to_string(nodeCount) + " nodes: the lab opens at most " +
                                  std::to_string(socketsMax) + " sockets for them",
                              "give it fewer Node objects or node ports"});
    }
    if (pods_->nodes().front().isAssumed) {
        findings_->push_back({Severity::Note,
                              "nodes-assumed",
                              first->place,
                              "no manifest names a node: the lab assumes " +
                                  std::to_string(nodeCount) + " (node-1, node-2, …)",
                              "add Node objects and nodeName to say where pods run"});
    }
}

} // namespace lab::plan
