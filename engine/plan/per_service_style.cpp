#include "plan/per_service_style.hpp"

#include "plan/external_dns.hpp"
#include "plan/load_balancer_mode.hpp"
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

    /// Behind a door that passes bytes kube-proxy chooses, at random (iptables mode).
    UpstreamId
    upstreamOf(const model::Service& service, const model::ServicePort& port, DoorMode mode)
    {
        const Place place = port.place.isKnown() ? port.place : service.meta.place;
        const UpstreamId id = resolver_->resolve(
            service.meta.nameSpace, service.meta.name, model::PortReference(port.port), place);
        plan_->upstreams[id.index()].policy =
            mode == DoorMode::Http ? balancing::Policy::RoundRobin : balancing::Policy::Random;
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
                   " is not simulated: the lab opens the door as the default controller would",
               "");
    }
    if (!service.loadBalancerSourceRanges.empty()) {
        report("source-ranges",
               "loadBalancerSourceRanges of service " + name + " are not honoured: all may connect",
               "");
    }
    if (service.hasClientIpAffinity) {
        report("client-ip-affinity",
               "sessionAffinity ClientIP of service " + name +
                   " is not honoured: any pod is chosen",
               "");
    }
    for (const model::ServicePort& port : service.ports) {
        if (port.protocol != model::Protocol::Tcp) {
            report("protocol-not-tcp",
                   "port " + std::to_string(port.port) + " of service " + name +
                       " is not TCP: the lab does not open it",
                   "");
        }
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
    for (const model::Service& service : index.cluster().services) {
        const bool isController = controllers.services.contains(service.meta.fullName());
        if (service.type != model::ServiceType::LoadBalancer || isController) {
            continue;
        }
        plan.doors.push_back(maker.make(service));
        reportUnhonoured(service, findings);
    }
    applyOverallLimit(options, plan, findings);
    return plan;
}

} // namespace lab::plan
