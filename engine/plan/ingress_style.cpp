#include "plan/ingress_style.hpp"

#include "plan/cloud_door.hpp"
#include "plan/controller_config.hpp"
#include "plan/host_certificates.hpp"
#include "plan/ingress_servers.hpp"
#include "plan/node_ports.hpp"
#include "plan/overall_limit.hpp"
#include "plan/resolve_upstreams.hpp"
#include "plan/route_builder.hpp"
#include "plan/service_doors.hpp"
#include "plan/upstream_policies.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

int replicaCount(const InputControllers& controllers, const PlanOptions& options)
{
    constexpr int replicasMax = 64; // each is a set of listeners and a limiter of its own
    const int wanted =
        options.controllerReplicas.value_or(controllers.isAny() ? controllers.replicas : 1);
    return std::clamp(wanted, 1, replicasMax);
}

/// The load balancers that an ingress does not save: of ports that are not HTTP.
void addDoorsBeside(const ClusterIndex& index,
                    const InputControllers& controllers,
                    const PlanOptions& options,
                    UpstreamResolver& resolver,
                    FrontDoorPlan& plan)
{
    const std::map<std::string, RoutedService> routed; // no door here stands for a route
    ServiceDoors doors(routed, options, resolver, plan);
    for (const model::Service& service : index.cluster().services) {
        if (service.type == model::ServiceType::LoadBalancer && !service.meta.isDerived &&
            !controllers.services.contains(service.meta.fullName()) && hasOtherPorts(service)) {
            plan.doors.push_back(doors.makeBeside(service));
        }
    }
}

} // namespace

FrontDoorPlan planIngressStyle(const ClusterIndex& index,
                               const SelectedIngresses& selected,
                               const InputControllers& controllers,
                               const PlanOptions& options,
                               PodTable& pods,
                               Findings& findings)
{
    FrontDoorPlan plan;
    plan.style = Style::Ingress;
    plan.profile = selected.profile;
    if (index.cluster().ingresses.empty()) {
        return plan;
    }
    const IngressPolicies policies(selected, index.cluster(), options.controller, findings);
    const std::vector<ServedHost> hosts = mergeIngresses(policies.mains(), findings);
    UpstreamResolver resolver(index, options, selected.profile, pods, plan, findings);
    Door controller;
    controller.role = DoorRole::Controller;
    controller.mode = DoorMode::Http;
    controller.ports = {{80, false, {}}, {443, true, {}}};
    if (selected.profile == Profile::IngressNginx) {
        applyConfigMap(options.controller, controller);
    }
    if (!controllers.deployments.empty()) {
        controller.place = controllers.deployments.front()->meta.place;
    }
    HostCertificates(index.cluster(), options, plan, findings)
        .assign(policies.mains(), hosts, controller);
    RouteBuilder(index, policies, options.controller, resolver, plan, findings)
        .build(hosts, controller);
    applyUpstreamPolicies(
        index, policies, options.controller, resolver, controller, plan, findings);
    const int replicas = replicaCount(controllers, options);
    plan.doors.push_back(
        cloudDoor(controller, controllers, options, pods.nodes().size(), findings));
    const std::string stem = selected.profile == Profile::IngressNginx ? "ingress-nginx-controller-"
                                                                       : "ingresslab-controller-";
    for (int i = 0; i < replicas; ++i) {
        const auto number = static_cast<std::size_t>(i);
        controller.name = stem + std::to_string(i);
        controller.node = nodeOfReplica(number, index, controllers, pods);
        plan.doors.front().replicas.push_back(DoorId(number + 1));
        plan.doors.push_back(controller);
    }
    const std::vector<DoorId> all = plan.doors.front().replicas;
    NodePorts nodePorts(index, options, pods, plan, findings);
    for (const model::Service& service : index.cluster().services) {
        if (controllers.services.contains(service.meta.fullName())) {
            nodePorts.addController(service, all);
        }
    }
    nodePorts.finish();
    if (options.derivesTwin) {
        addDoorsBeside(index, controllers, options, resolver, plan);
    }
    applyOverallLimit(options, plan, findings);
    return plan;
}

} // namespace lab::plan
