#include "plan/cloud_door.hpp"

#include "plan/connection_path.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

bool speaksProxyProtocol(const PlanOptions& options)
{
    const auto found = options.controller.configMap.find("use-proxy-protocol");
    return found != options.controller.configMap.end() && found->second == "true";
}

} // namespace

Door cloudDoor(const Door& controller,
               const InputControllers& controllers,
               const PlanOptions& options,
               std::size_t nodeCount,
               Findings& findings)
{
    Door door;
    door.name = "ingress";
    door.role = DoorRole::LoadBalancer;
    door.mode = DoorMode::Tcp;
    door.hosts = controller.hosts;
    door.ports = controller.ports;
    if (controllers.cloudService == nullptr) {
        return door;
    }
    const model::Service& service = *controllers.cloudService;
    door.service = service.meta.fullName();
    door.place = service.meta.place;
    door.path = pathOf(service, options.proxyMode);
    door.path.keepsClient = door.path.keepsClient || speaksProxyProtocol(options);
    door.sourceRanges = sourceRangesOf(service);
    reportPath(service, door, nodeCount, findings);
    if (!door.path.keepsClient) {
        findings.push_back({Severity::Warning,
                            "client-address-hidden",
                            door.place,
                            "the controller sees the address of a node instead of the client's, "
                            "because of service \"" +
                                door.service +
                                "\": limits and allow lists take all clients for one",
                            "set externalTrafficPolicy: Local"});
    }
    return door;
}

NodeId nodeOfReplica(std::size_t number,
                     const ClusterIndex& index,
                     const InputControllers& controllers,
                     const PodTable& pods)
{
    if (!controllers.deployments.empty()) {
        const model::Deployment& deployment = *controllers.deployments.front();
        const auto running = index.podsOf(deployment.meta.nameSpace, deployment.podLabels);
        if (number < running.size()) {
            const std::string& wanted = running[number]->nodeName;
            const auto& nodes = pods.nodes();
            const auto node = std::find_if(nodes.begin(), nodes.end(), [&](const auto& planned) {
                return planned.name == wanted;
            });
            if (node != nodes.end()) {
                return NodeId(static_cast<std::size_t>(node - nodes.begin()));
            }
        }
    }
    return pods.nodeInTurn(number);
}

} // namespace lab::plan
