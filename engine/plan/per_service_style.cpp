#include "plan/per_service_style.hpp"

#include "plan/connection_path.hpp"
#include "plan/node_ports.hpp"
#include "plan/overall_limit.hpp"
#include "plan/resolve_upstreams.hpp"
#include "plan/service_doors.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

void reportUnhonoured(const model::Service& service, Findings& findings)
{
    const std::string name = '"' + service.meta.fullName() + '"';
    const auto report = [&](const char* id, std::string message, std::string remedy) {
        findings.push_back(
            {Severity::Warning, id, service.meta.place, std::move(message), std::move(remedy)});
    };
    if (!service.loadBalancerClass.empty()) {
        report("load-balancer-class",
               "loadBalancerClass " + service.loadBalancerClass + " of service " + name +
                   " is not simulated: the lab opens the door as if somebody served that class",
               "make sure that a controller for it runs: else its address stays pending");
    }
    for (const model::ServicePort& port : service.ports) {
        if (port.protocol != model::Protocol::Tcp) {
            report("protocol-not-tcp",
                   "port " + std::to_string(port.port) + " of service " + name +
                       " is not TCP: the lab does not open it",
                   "try it in a cluster; the lab speaks TCP only");
        }
    }
}

/// Under the policy Local it matters where pods run: says so where the lab chose it.
void reportUnplaced(const model::Service& service,
                    const Door& door,
                    const FrontDoorPlan& plan,
                    const PodTable& pods,
                    Findings& findings)
{
    const auto isUnplaced = [&](EndpointId id) {
        const PodId pod = plan.endpoint(id).pod;
        return !pod.isValid() || pods.pods()[pod.index()].nodeName.empty();
    };
    const auto isConcerned = [&](const DoorPort& port) {
        if (!port.upstream.isValid()) {
            return false;
        }
        const auto& endpoints = plan.upstream(port.upstream).endpoints;
        return std::any_of(endpoints.begin(), endpoints.end(), isUnplaced);
    };
    if (door.path.isLocal && std::any_of(door.ports.begin(), door.ports.end(), isConcerned)) {
        findings.push_back({Severity::Note,
                            "pods-placed",
                            service.meta.place,
                            "service \"" + service.meta.fullName() +
                                "\" has externalTrafficPolicy Local, and pods that name no node: "
                                "the lab spreads them over " +
                                std::to_string(pods.nodes().size()) + " in turn",
                            "write nodeName to say where they run"});
    }
}

} // namespace

FrontDoorPlan planPerServiceStyle(const ClusterIndex& index,
                                  const std::map<std::string, RoutedService>& routed,
                                  const InputControllers& controllers,
                                  Profile profile,
                                  const PlanOptions& options,
                                  PodTable& pods,
                                  Findings& findings)
{
    FrontDoorPlan plan;
    plan.style = Style::PerService;
    plan.profile = profile;
    UpstreamResolver resolver(index, options, Profile::Spec, pods, plan, findings);
    ServiceDoors doors(routed, options, resolver, plan);
    std::vector<const model::Service*> open; // to the outside, and no controller's
    for (const model::Service& service : index.cluster().services) {
        const bool isOpen = service.type == model::ServiceType::LoadBalancer ||
                            service.type == model::ServiceType::NodePort;
        if (isOpen && !controllers.services.contains(service.meta.fullName())) {
            open.push_back(&service);
        }
    }
    for (const model::Service* service : open) {
        reportUnhonoured(*service, findings);
        if (service->type == model::ServiceType::LoadBalancer) {
            plan.doors.push_back(doors.make(*service));
            reportPath(*service, plan.doors.back(), pods.nodes().size(), findings);
            reportUnplaced(*service, plan.doors.back(), plan, pods, findings);
        }
    }
    NodePorts nodePorts(index, options, pods, plan, findings);
    for (const model::Service* service : open) {
        nodePorts.add(*service, resolver);
    }
    nodePorts.finish();
    applyOverallLimit(options, plan, findings);
    return plan;
}

} // namespace lab::plan
