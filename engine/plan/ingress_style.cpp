#include "plan/ingress_style.hpp"

#include "plan/host_certificates.hpp"
#include "plan/ingress_servers.hpp"
#include "plan/overall_limit.hpp"
#include "plan/resolve_upstreams.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

/// A controller with all routes; replicas are copies of it.
Door controllerDoor(const std::vector<ServedHost>& hosts, UpstreamResolver& resolver)
{
    Door door;
    door.role = DoorRole::Controller;
    door.mode = DoorMode::Http;
    door.ports = {{80, false, {}}, {443, true, {}}};
    std::vector<routing::RouteRule> rules;
    for (const ServedHost& served : hosts) {
        if (!served.host.empty()) {
            door.hosts.push_back(served.host);
        }
        for (const ServedPath& path : served.paths) {
            const model::ObjectMeta& meta = path.ingress->meta;
            Route route;
            route.name = meta.fullName() + ' ' + served.host + path.path;
            route.ingress = meta.fullName();
            route.host = served.host;
            route.path = path.path;
            route.upstream = resolver.resolve(
                meta.nameSpace, path.backend->service, path.backend->port, path.backend->place);
            route.place = path.place;
            route.isDerived = meta.isDerived;
            rules.push_back({served.host, path.kind, path.path, RouteId(door.routes.size())});
            door.routes.push_back(std::move(route));
        }
    }
    door.table = routing::RouteTable(std::move(rules));
    return door;
}

Door cloudDoor(const Door& controller, const InputControllers& controllers, int replicas)
{
    Door door;
    door.name = "ingress";
    door.role = DoorRole::LoadBalancer;
    door.mode = DoorMode::Tcp;
    door.hosts = controller.hosts;
    door.ports = controller.ports;
    if (controllers.cloudService != nullptr) {
        door.service = controllers.cloudService->meta.fullName();
        door.place = controllers.cloudService->meta.place;
    }
    for (int i = 1; i <= replicas; ++i) {
        door.replicas.push_back(DoorId(static_cast<std::size_t>(i)));
    }
    return door;
}

int replicaCount(const InputControllers& controllers, const PlanOptions& options)
{
    constexpr int replicasMax = 64; // each is a set of listeners and a limiter of its own
    const int wanted =
        options.controllerReplicas.value_or(controllers.isAny() ? controllers.replicas : 1);
    return std::clamp(wanted, 1, replicasMax);
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
    const std::vector<ServedHost> hosts = mergeIngresses(selected, findings);
    UpstreamResolver resolver(index, options, selected.profile, pods, plan, findings);
    Door controller = controllerDoor(hosts, resolver);
    if (!controllers.deployments.empty()) {
        controller.place = controllers.deployments.front()->meta.place;
    }
    HostCertificates(index.cluster(), options, plan, findings).assign(selected, hosts, controller);
    const int replicas = replicaCount(controllers, options);
    plan.doors.push_back(cloudDoor(controller, controllers, replicas));
    const std::string stem = selected.profile == Profile::IngressNginx ? "ingress-nginx-controller-"
                                                                       : "ingresslab-controller-";
    for (int i = 0; i < replicas; ++i) {
        controller.name = stem + std::to_string(i);
        plan.doors.push_back(controller);
    }
    applyOverallLimit(options, plan, findings);
    return plan;
}

} // namespace lab::plan
