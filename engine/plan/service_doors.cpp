#include "plan/service_doors.hpp"

#include "plan/connection_path.hpp"
#include "plan/external_dns.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

bool isTlsPort(const DoorPort& port)
{
    return port.isTls;
}

bool isOther(const model::ServicePort& port)
{
    return !isHttpPort(port);
}

} // namespace

bool hasOtherPorts(const model::Service& service)
{
    return std::any_of(service.ports.begin(), service.ports.end(), isOther);
}

ServiceDoors::ServiceDoors(const std::map<std::string, RoutedService>& routed,
                           const PlanOptions& options,
                           UpstreamResolver& resolver,
                           FrontDoorPlan& plan)
    : routed_(&routed)
    , options_(&options)
    , resolver_(&resolver)
    , plan_(&plan)
{
}

Door ServiceDoors::make(const model::Service& service)
{
    const LoadBalancerMode mode = modeOf(service, options_->perServiceMode);
    Door door = begin(service, mode.mode);
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

Door ServiceDoors::makeBeside(const model::Service& service)
{
    const LoadBalancerMode mode = modeOf(service, {});
    Door door = begin(service, mode.mode == DoorMode::Tls ? DoorMode::Tls : DoorMode::Tcp);
    for (const model::ServicePort& port : service.ports) {
        if (port.protocol == model::Protocol::Tcp && isOther(port)) {
            door.ports.push_back({port.port,
                                  door.mode == DoorMode::Tls && mode.isTls(port),
                                  upstreamOf(service, port, door.mode)});
        }
    }
    addCertificate(door);
    return door;
}

Door ServiceDoors::begin(const model::Service& service, DoorMode mode) const
{
    Door door;
    door.name = service.meta.fullName();
    door.mode = mode;
    door.isDerived = service.meta.isDerived;
    door.service = door.name;
    door.hosts = hostsOf(service);
    door.place = service.meta.place;
    door.path = pathOf(service, options_->proxyMode);
    door.sourceRanges = sourceRangesOf(service);
    return door;
}

const model::ServicePort* ServiceDoors::frontPort(const model::Service& service) const
{
    if (service.meta.isDerived) {
        if (const auto routed = routed_->find(service.meta.fullName()); routed != routed_->end()) {
            return service.port(routed->second.port);
        }
    }
    return httpPortOf(service);
}

std::vector<std::string> ServiceDoors::hostsOf(const model::Service& service) const
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
UpstreamId ServiceDoors::upstreamOf(const model::Service& service,
                                    const model::ServicePort& port,
                                    DoorMode mode)
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

void ServiceDoors::makeHttp(Door& door,
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

void ServiceDoors::makeBytes(Door& door,
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
    const auto isHttps = [](const DoorPort& port) { return port.number == 443; };
    if (isTerminating && front != nullptr &&
        std::none_of(door.ports.begin(), door.ports.end(), isTlsPort) &&
        std::none_of(door.ports.begin(), door.ports.end(), isHttps)) {
        door.ports.push_back({443, true, upstreamOf(service, *front, door.mode)});
    }
    addCertificate(door);
}

/// One certificate for all names of a door with a TLS port: the lab's, standing for the user's.
void ServiceDoors::addCertificate(Door& door)
{
    if (std::none_of(door.ports.begin(), door.ports.end(), isTlsPort)) {
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

} // namespace lab::plan
