#include "plan/derive_twin.hpp"

#include "plan/external_dns.hpp"
#include "plan/input_controllers.hpp"
#include "plan/select_ingresses.hpp"
#include "plan/service_ports.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

model::Ingress ingressFor(const model::Service& service,
                          const model::ServicePort& port,
                          const std::string& className)
{
    model::Ingress ingress;
    ingress.meta.name = service.meta.name;
    ingress.meta.nameSpace = service.meta.nameSpace;
    ingress.meta.place = service.meta.place;
    ingress.meta.order = service.meta.order;
    ingress.meta.isDerived = true;
    ingress.className = className;
    std::vector<std::string> hosts = externalDnsHosts(service.meta);
    if (hosts.empty()) {
        hosts.push_back(labHost(service.meta));
    }
    for (std::string& host : hosts) {
        model::IngressPath path;
        path.path = "/";
        path.type = model::PathType::Prefix;
        path.backend = {service.meta.name, port.port, service.meta.place};
        path.place = service.meta.place;
        ingress.rules.push_back({std::move(host), {std::move(path)}, service.meta.place});
    }
    return ingress;
}

bool hasClass(const model::Cluster& cluster, const std::string& name)
{
    return std::any_of(cluster.ingressClasses.begin(),
                       cluster.ingressClasses.end(),
                       [&](const auto& candidate) { return candidate.meta.name == name; });
}

/// The class of derived Ingresses, made too where nothing else would bring it about.
std::string
classForDerived(model::Cluster& twin, const PlanOptions& options, const SelectedIngresses& selected)
{
    const bool isNginx = selected.profile == Profile::IngressNginx;
    std::string name = selected.className;
    if (name.empty()) {
        name = isNginx ? "nginx" : "ingresslab";
    }
    const bool isAssumed = options.assumesClasses && twin.ingressClasses.empty();
    if (!isAssumed && !hasClass(twin, name)) {
        model::IngressClass made;
        made.meta.name = name;
        made.meta.nameSpace.clear();
        made.meta.isDerived = true;
        made.controller = isNginx ? nginxController : labController;
        twin.ingressClasses.push_back(std::move(made));
    }
    return name;
}

} // namespace

model::Cluster deriveTwin(const model::Cluster& cluster, const PlanOptions& options)
{
    model::Cluster twin = cluster;
    Findings unused; // the planner reports them from the twin
    const InputControllers controllers = findControllers(cluster);
    const SelectedIngresses selected =
        selectIngresses(cluster, options, controllers.isIngressNginx, unused);
    const auto routed = routedServices(selected.ingresses);
    std::vector<model::Ingress> derived;
    for (model::Service& service : twin.services) {
        if (controllers.services.contains(service.meta.fullName()) ||
            service.type == model::ServiceType::ExternalName) {
            continue;
        }
        const auto route = routed.find(service.meta.fullName());
        if (route != routed.end()) {
            if (service.type != model::ServiceType::LoadBalancer &&
                service.port(route->second.port) != nullptr) {
                service.type = model::ServiceType::LoadBalancer;
                service.meta.isDerived = true;
            }
        } else if (service.type == model::ServiceType::LoadBalancer) {
            if (const model::ServicePort* port = httpPortOf(service)) {
                derived.push_back(ingressFor(service, *port, {}));
            }
        }
    }
    if (!derived.empty()) {
        const std::string className = classForDerived(twin, options, selected);
        for (model::Ingress& ingress : derived) {
            ingress.className = className;
            twin.ingresses.push_back(std::move(ingress));
        }
    }
    return twin;
}

} // namespace lab::plan
