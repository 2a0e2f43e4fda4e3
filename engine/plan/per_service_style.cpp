#include "plan/per_service_style.hpp"

#include "plan/connection_path.hpp"
#include "plan/external_dns.hpp"
#include "plan/load_balancer_mode.hpp"
#include "plan/node_ports.hpp"
#include "plan/overall_limit.hpp"
#include "plan/resolve_upstreams.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

/// Makes one door; what all doors share is given once.
class DoorMaker {
public:
    DoorMaker(const std::map<std::string, RoutedService>& routed,
              const PlanOptions& options,
              UpstreamResolver& resolver,
              FrontDoorPlan& plan)
        : routed_(&routed)
        , options_(&options)
        , resolver_(&resolver)
        , plan_(&plan)
    {
    }

    Door make(const model::Service& service)
    {
        const LoadBalancerMode mode = modeOf(service, options_->perServiceMode);
        Door door;
        door.name = service.meta.fullName();
        door.mode = mode.mode;
        door.isDerived = service.meta.isDerived;
        door.service = door.name;
        door.hosts = hostsOf(service);
        door.place = service.meta.place;
        door.path = pathOf(service, options_->proxyMode);
        door.sourceRanges = sourceRangesOf(service);
        const model::ServicePort* http = frontPort(service);
        if (door.mode == DoorMode::Http && http == nullptr) {
            door.mode = DoorMode::Tcp; // nothing at it speaks HTTP
        }
        if (door.mode == DoorMode::Http) {
            makeHttp(door, service, *http, mode);
        } else {
            makeBytes(door, service, http, mode);
        }
        return door;
    }

private:
    /// The Service port behind 80 and 443 of a door that stands for a route or reads HTTP.
    const model::ServicePort* frontPort(const model::Service& service) const
    {
        if (service.meta.isDerived) {
            if (const auto routed = routed_->find(service.meta.fullName());
                routed != routed_->end()) {
                return service.port(routed->second.port);
            }
        }
        return httpPortOf(service);
    }

    std::vector<std::string> hostsOf(const model::Service& service) const
    {
        std::vector<std::string> hosts = externalDnsHosts(service.meta);
        const auto routed = routed_->find(service.meta.fullName());
        if (hosts.empty() && options_->derivesTwin && routed != routed_->end()) {
            hosts = routed->second.hosts;
        }
        if (hosts.empty()) {
            hosts.push_back(labHost(service.meta));
        }
        return hosts;
    }

    /// Behind a door that passes bytes kube-proxy chooses: at random, or in turn (ipvs mode).
    UpstreamId
    upstreamOf(const model::Service& service, const model::ServicePort& port, DoorMode mode)
    {
        const Place place = port.place.isKnown() ? port.place : service.meta.place;
        const UpstreamId id = resolver_->resolve(
            service.meta.nameSpace, service.meta.name, model::PortReference(port.port), place);
        plan_->upstreams[id.index()].policy =
            mode == DoorMode::Http || options_->proxyMode == ProxyMode::Ipvs
                ? balancing::Policy::RoundRobin
                : balancing::Policy::Random;
        return id;
    }

    void makeHttp(Door& door,
                  const model::Service& service,
                  const model::ServicePort& port,
                  const LoadBalancerMode& mode)
    {
        Route route;
        route.name = door.name;
        route.path = "/";
        route.upstream = upstreamOf(service, port, door.mode);
        route.place = service.meta.place;
        route.isDerived = door.isDerived;
        door.routes.push_back(std::move(route));
        door.table = routing::RouteTable({{"", routing::PathKind::Prefix, "/", RouteId(0)}});
        if (options_->perServiceMode || door.isDerived || options_->issuesLabCertificates) {
            door.ports.push_back({80, false, {}});
            if (options_->issuesLabCertificates || mode.hasCertificate) {
                door.ports.push_back({443, true, {}});
            }
        } else {
            for (const model::ServicePort& listed : service.ports) {
                door.ports.push_back({listed.port, mode.isTls(listed), {}});
            }
        }
        addCertificate(door);
    }

    void makeBytes(Door& door,
                   const model::Service& service,
                   const model::ServicePort* front,
                   const LoadBalancerMode& mode)
    {
        const bool isTerminating = door.mode == DoorMode::Tls;
        if (door.isDerived && front != nullptr) {
            door.ports.push_back({80, false, upstreamOf(service, *front, door.mode)});
        } else {
            for (const model::ServicePort& port : service.ports) {
                if (port.protocol == model::Protocol::Tcp) {
                    door.ports.push_back({port.port,
                                          isTerminating && mode.isTls(port),
                                          upstreamOf(service, port, door.mode)});
                }
            }
        }
        const auto isTls = [](const DoorPort& port) { return port.isTls; };
        const auto isHttps = [](const DoorPort& port) { return port.number == 443; };
        if (isTerminating && front != nullptr &&
            std::none_of(door.ports.begin(), door.ports.end(), isTls) &&
            std::none_of(door.ports.begin(), door.ports.end(), isHttps)) {
            door.ports.push_back({443, true, upstreamOf(service, *front, door.mode)});
        }
        addCertificate(door);
    }

    /// One certificate for all names of a door with a TLS port: the lab's, standing for the user's.
    void addCertificate(Door& door)
    {
        const auto isTls = [](const DoorPort& port) { return port.isTls; };
        if (std::none_of(door.ports.begin(), door.ports.end(), isTls)) {
            return;
        }
        PlannedCertificate planned;
        planned.name = "lab:" + door.name;
        const CertificateId id(plan_->certificates.size());
        for (const std::string& host : door.hosts) {
            planned.dnsNames.push_back(host);
            planned.dnsNames.push_back(host + ".localhost");
            door.certificates.push_back({host, id, true});
        }
        door.defaultCertificate = id;
        plan_->certificates.push_back(std::move(planned));
    }

    const std::map<std::string, RoutedService>* routed_;
    const PlanOptions* options_;
    UpstreamResolver* resolver_;
    FrontDoorPlan* plan_;
};

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
    DoorMaker maker(routed, options, resolver, plan);
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
            plan.doors.push_back(maker.make(*service));
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
