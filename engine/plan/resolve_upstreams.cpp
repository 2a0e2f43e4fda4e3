#include "plan/resolve_upstreams.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"
#include "plan/cluster_index.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace lab::plan {
namespace {

/// The container port with that name in this pod, or nothing.
std::optional<int> namedPort(const model::Pod& pod, const std::string& name)
{
    for (const model::Container& container : pod.containers) {
        for (const model::ContainerPort& port : container.ports) {
            if (port.name == name && port.protocol == model::Protocol::Tcp) {
                return port.number;
            }
        }
    }
    return std::nullopt;
}

std::optional<int> targetPortIn(const model::Pod& pod, const model::ServicePort& port)
{
    if (const int* number = std::get_if<int>(&port.targetPort)) {
        return *number;
    }
    return namedPort(pod, std::get<std::string>(port.targetPort));
}

/// The port of a slice that belongs to this Service port: by name, else the numeric target port.
std::optional<int> slicePort(const model::EndpointSlice& slice, const model::ServicePort& port)
{
    for (const model::SlicePort& candidate : slice.ports) {
        if (candidate.name == port.name && candidate.protocol == model::Protocol::Tcp) {
            return candidate.number;
        }
    }
    if (const int* number = std::get_if<int>(&port.targetPort); number && slice.ports.empty()) {
        return *number;
    }
    return std::nullopt;
}

int portOfAddress(const std::string& address)
{
    int port = 0;
    const std::size_t colon = address.rfind(':');
    if (colon != std::string::npos) {
        std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
    }
    return port;
}

std::string portList(const model::Service& service)
{
    std::string text;
    for (const model::ServicePort& port : service.ports) {
        text += text.empty() ? "" : ", ";
        text += std::to_string(port.port);
        text += port.name.empty() ? "" : " (" + port.name + ")";
    }
    return text;
}

} // namespace

UpstreamResolver::UpstreamResolver(const ClusterIndex& index,
                                   const PlanOptions& options,
                                   Profile profile,
                                   PodTable& pods,
                                   FrontDoorPlan& plan,
                                   Findings& findings)
    : index_(&index)
    , options_(&options)
    , profile_(profile)
    , pods_(&pods)
    , plan_(&plan)
    , findings_(&findings)
{
}

UpstreamId UpstreamResolver::resolve(const std::string& nameSpace,
                                     const std::string& service,
                                     const model::PortReference& port,
                                     const Place& place)
{
    const std::string fullName = nameSpace + '/' + service;
    const UpstreamId id(plan_->upstreams.size());
    const auto [known, isNew] = known_.try_emplace(fullName + ':' + model::toText(port), id);
    if (!isNew) {
        return known->second;
    }
    Upstream upstream;
    upstream.nameSpace = nameSpace;
    upstream.service = service;
    if (const int* number = std::get_if<int>(&port)) {
        upstream.servicePort = *number;
    }
    if (const model::Service* found = index_->service(fullName); found == nullptr) {
        upstream.brokenLink = "no Service " + quoted(service) + " in namespace " + nameSpace;
        reportMissingService(upstream, place);
    } else if (const model::ServicePort* servicePort = portOf(*found, port, place);
               servicePort == nullptr) {
        upstream.brokenLink = "Service " + quoted(service) + " has no port " + model::toText(port);
        reportMissingPort(*found, port, place);
    } else {
        upstream.servicePort = servicePort->port;
        upstream.speaksHttp2 = speaksHttp2(*found, *servicePort);
        fill(upstream, *found, *servicePort);
        if (!upstream.brokenLink.empty()) {
            findings_->push_back(
                {Severity::Warning,
                 "no-endpoint",
                 place.isKnown() ? place : found->meta.place,
                 "service " + quoted(service) + " has no endpoint: " + upstream.brokenLink,
                 "requests for it are answered with 503 until a pod is ready"});
        }
    }
    plan_->upstreams.push_back(std::move(upstream));
    return id;
}

/// KEP-3726. The ingress-nginx controller goes by its annotation alone.
/// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
bool UpstreamResolver::speaksHttp2(const model::Service& service, const model::ServicePort& port)
{
    if (port.appProtocol != "kubernetes.io/h2c") {
        return false;
    }
    const bool isIgnored = profile_ == Profile::IngressNginx && plan_->style == Style::Ingress;
    if (isIgnored) {
        findings_->push_back(
            {Severity::Note,
             "app-protocol-ignored",
             service.meta.place,
             "ingress-nginx does not look at appProtocol: service " + quoted(service.meta.name) +
                 " is spoken to in HTTP/1.1 unless an Ingress says otherwise",
             "annotate the Ingress with nginx.ingress.kubernetes.io/backend-protocol: GRPC"});
    }
    return !isIgnored;
}

const model::ServicePort* UpstreamResolver::portOf(const model::Service& service,
                                                   const model::PortReference& reference,
                                                   const Place& place)
{
    if (profile_ == Profile::Spec) {
        return service.port(reference);
    }
    // ingress-nginx takes the first port whose number, target or name is the text of the reference.
    const std::string wanted = model::toText(reference);
    for (const model::ServicePort& port : service.ports) {
        if (std::to_string(port.port) == wanted || port.name == wanted) {
            return &port;
        }
        if (model::toText(port.targetPort) == wanted) {
            findings_->push_back({Severity::Warning,
                                  "port-is-target-port",
                                  place,
                                  "port " + wanted + " is a target port of service " +
                                      quoted(service.meta.name) +
                                      ", not a port; only ingress-nginx accepts that",
                                  "write port " + std::to_string(port.port)});
            return &port;
        }
    }
    return nullptr;
}

void UpstreamResolver::fill(Upstream& upstream,
                            const model::Service& service,
                            const model::ServicePort& port)
{
    if (const auto real = options_->backendAddresses.find(service.meta.fullName());
        real != options_->backendAddresses.end()) {
        addAddresses(upstream, real->second);
        return;
    }
    if (service.type == model::ServiceType::ExternalName) {
        upstream.brokenLink = "an ExternalName leads out of the lab";
        return;
    }
    if (port.protocol != model::Protocol::Tcp) {
        upstream.brokenLink = "port " + std::to_string(port.port) + " is not TCP";
        return;
    }
    const auto slices = index_->slicesOf(service);
    const std::vector<Candidate> candidates = slices.empty()
                                                  ? fromSelector(service, port, upstream.brokenLink)
                                                  : fromSlices(slices, port);
    bool hasReady = false;
    for (const Candidate& candidate : candidates) {
        Endpoint endpoint;
        endpoint.name =
            candidate.nameSpace + '/' + candidate.pod + ':' + std::to_string(candidate.port);
        endpoint.pod =
            pods_->pod(candidate.nameSpace, candidate.pod, candidate.node, candidate.port);
        endpoint.targetPort = candidate.port;
        endpoint.isReady = candidate.isReady;
        endpoint.isLastResort = candidate.isLastResort;
        endpoint.node = pods_->nodeOf(endpoint.pod);
        hasReady = hasReady || candidate.isReady;
        upstream.endpoints.push_back(EndpointId(plan_->endpoints.size()));
        plan_->endpoints.push_back(std::move(endpoint));
    }
    if (!hasReady && upstream.brokenLink.empty()) {
        upstream.brokenLink = candidates.empty() ? "no EndpointSlice has an endpoint for port " +
                                                       std::to_string(port.port)
                                                 : "no ready pod";
    }
}

std::vector<UpstreamResolver::Candidate>
UpstreamResolver::fromSlices(const std::vector<const model::EndpointSlice*>& slices,
                             const model::ServicePort& port) const
{
    std::vector<Candidate> candidates;
    std::set<std::pair<std::string, int>> seen;
    for (const model::EndpointSlice* slice : slices) {
        const std::optional<int> number = slicePort(*slice, port);
        if (!number) {
            continue;
        }
        for (const model::SliceEndpoint& endpoint : slice->endpoints) {
            if (seen.emplace(endpoint.address, *number).second) {
                candidates.push_back(
                    {slice->meta.nameSpace,
                     endpoint.podName.empty() ? endpoint.address : endpoint.podName,
                     endpoint.nodeName,
                     *number,
                     endpoint.isReady,
                     endpoint.isTerminating && endpoint.isServing && !endpoint.isReady});
            }
        }
    }
    return candidates;
}

std::vector<UpstreamResolver::Candidate> UpstreamResolver::fromSelector(
    const model::Service& service, const model::ServicePort& port, std::string& brokenLink) const
{
    std::vector<Candidate> candidates;
    if (service.selector.empty()) {
        brokenLink = "it has neither a selector nor an EndpointSlice";
        return candidates;
    }
    const auto pods = index_->podsOf(service.meta.nameSpace, service.selector);
    for (const model::Pod* pod : pods) {
        if (const std::optional<int> number = targetPortIn(*pod, port)) {
            const bool isReady = (pod->isReady || service.publishesNotReady) && !pod->isTerminating;
            candidates.push_back({pod->meta.nameSpace,
                                  pod->meta.name,
                                  pod->nodeName,
                                  *number,
                                  isReady,
                                  pod->isTerminating && pod->isReady});
        }
    }
    if (pods.empty()) {
        brokenLink = "its selector matches no pod";
    } else if (candidates.empty()) {
        brokenLink = "no pod has a port named " + quoted(model::toText(port.targetPort));
    }
    return candidates;
}

void UpstreamResolver::addAddresses(Upstream& upstream, const std::vector<std::string>& addresses)
{
    for (const std::string& address : addresses) {
        Endpoint endpoint;
        endpoint.name = address;
        endpoint.address = address;
        endpoint.targetPort = portOfAddress(address);
        endpoint.node = pods_->nodeInTurn(upstream.endpoints.size());
        upstream.endpoints.push_back(EndpointId(plan_->endpoints.size()));
        plan_->endpoints.push_back(std::move(endpoint));
    }
    if (addresses.empty()) {
        upstream.brokenLink = "the scenario names no address for it";
    }
}

void UpstreamResolver::reportMissingService(const Upstream& upstream, const Place& place)
{
    const std::vector<std::string> names = index_->serviceNames(upstream.nameSpace);
    const std::string_view near = nearest(upstream.service, names);
    findings_->push_back({Severity::Error,
                          "backend-service-missing",
                          place,
                          "service " + quoted(upstream.service) + " does not exist in namespace " +
                              upstream.nameSpace,
                          near.empty() ? "create it, or name one that exists"
                                       : "did you mean " + quoted(std::string(near)) + '?'});
}

void UpstreamResolver::reportMissingPort(const model::Service& service,
                                         const model::PortReference& port,
                                         const Place& place)
{
    findings_->push_back(
        {Severity::Error,
         "backend-port-missing",
         place,
         "service " + quoted(service.meta.name) + " has no port " + model::toText(port),
         service.ports.empty() ? "give the Service a port" : "its ports: " + portList(service)});
}

} // namespace lab::plan
