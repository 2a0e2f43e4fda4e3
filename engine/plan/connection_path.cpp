#include "plan/connection_path.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string_view>

namespace lab::plan {
namespace {

constexpr std::string_view awsPrefix = "service.beta.kubernetes.io/aws-load-balancer-";

std::string awsValue(const model::Service& service, std::string_view name)
{
    const model::Annotation* found =
        service.meta.annotation(std::string(awsPrefix) + std::string(name));
    return found == nullptr ? std::string() : found->value;
}

/// The only target group attribute that changes something here.
constexpr std::string_view keepsClient = "preserve_client_ip.enabled";

bool hasIpTargets(const model::Service& service)
{
    return awsValue(service, "type") == "nlb-ip" || awsValue(service, "nlb-target-type") == "ip";
}

/// An AWS annotation, and no type: the in-tree provider makes a Classic Load Balancer.
bool isClassic(const model::Service& service)
{
    return awsValue(service, "type").empty() &&
           std::any_of(
               service.meta.annotations.begin(),
               service.meta.annotations.end(),
               [](const auto& annotation) { return annotation.key.starts_with(awsPrefix); });
}

bool hasNodePort(const model::Service& service)
{
    return std::any_of(service.ports.begin(), service.ports.end(), [](const auto& port) {
        return port.nodePort.has_value();
    });
}

bool isLocal(const model::Service& service)
{
    return service.externalTrafficPolicy == model::TrafficPolicy::Local;
}

class Report {
public:
    Report(const model::Service& service, Findings& findings)
        : service_(&service)
        , findings_(&findings)
    {
    }

    [[nodiscard]] std::string name() const { return '"' + service_->meta.fullName() + '"'; }

    void add(Severity severity, const char* id, std::string message, std::string remedy) const
    {
        findings_->push_back(
            {severity, id, service_->meta.place, std::move(message), std::move(remedy)});
    }

private:
    const model::Service* service_;
    Findings* findings_;
};

void reportHttpDoor(const model::Service& service, const Report& report)
{
    if (service.hasClientIpAffinity) {
        report.add(Severity::Warning,
                   "client-ip-affinity",
                   "sessionAffinity ClientIP of service " + report.name() +
                       " is not honoured at an http door: kube-proxy sees the load balancer, not "
                       "the client",
                   "choose door: tcp, or cookie affinity at an ingress");
    }
    if (isLocal(service)) {
        report.add(Severity::Warning,
                   "traffic-policy",
                   "externalTrafficPolicy Local of service " + report.name() +
                       " is not honoured at an http door: it chooses among all ready pods",
                   "choose door: tcp to see what the policy does");
    }
}

void reportAffinity(const Door& door, std::size_t nodeCount, const Report& report)
{
    if (door.path.affinity == Duration::zero()) {
        report.add(Severity::Warning,
                   "client-ip-affinity",
                   "sessionAffinity ClientIP of service " + report.name() +
                       " is not honoured: its load balancer goes past kube-proxy to IP targets",
                   "use instance targets");
    } else if (!door.path.isDirect && nodeCount > 1) {
        report.add(Severity::Note,
                   "client-ip-affinity",
                   "sessionAffinity ClientIP of service " + report.name() +
                       " is remembered by each node for itself: the lab's load balancer keeps a "
                       "client on one node, others may not (kubernetes issue 103000)",
                   "ask your cloud whether its load balancer does");
    }
}

void reportAttributes(const model::Service& service, const Report& report)
{
    std::istringstream attributes(awsValue(service, "target-group-attributes"));
    for (std::string attribute; std::getline(attributes, attribute, ',');) {
        if (attribute.find(keepsClient) == std::string::npos) {
            report.add(Severity::Warning,
                       "annotation-not-honoured",
                       "target group attribute " + attribute + " of service " + report.name() +
                           " is not honoured",
                       "expect the load balancer as it is without it");
        }
    }
}

} // namespace

ConnectionPath pathOf(const model::Service& service, ProxyMode mode)
{
    ConnectionPath path = nodePortPathOf(service, mode);
    const std::string attributes = awsValue(service, "target-group-attributes");
    const bool isKept = attributes.find(std::string(keepsClient) + "=true") != attributes.npos;
    const bool isHidden = attributes.find(std::string(keepsClient) + "=false") != attributes.npos;
    if (hasIpTargets(service)) {
        return {true, false, isKept, {}, false};
    }
    if (!service.allocatesNodePorts && !hasNodePort(service)) {
        path.isDirect = true;
        path.isLocal = false;
    }
    if (isClassic(service) || isHidden) {
        path.keepsClient = false;
    }
    return path;
}

ConnectionPath nodePortPathOf(const model::Service& service, ProxyMode mode)
{
    ConnectionPath path;
    path.isDirect = false;
    path.isLocal = isLocal(service);
    path.keepsClient = path.isLocal;
    if (service.hasClientIpAffinity) {
        path.affinity = std::chrono::seconds(service.affinitySeconds);
    }
    path.takesTurns = mode == ProxyMode::Ipvs;
    return path;
}

std::vector<limiting::AddressRange> sourceRangesOf(const model::Service& service)
{
    std::vector<limiting::AddressRange> ranges;
    for (const std::string& text : service.loadBalancerSourceRanges) {
        if (const auto range = limiting::parseAddressRange(text)) {
            ranges.push_back(*range);
        }
    }
    return ranges;
}

void reportPath(const model::Service& service,
                const Door& door,
                std::size_t nodeCount,
                Findings& findings)
{
    const Report report(service, findings);
    if (!door.sourceRanges.empty() && !limiting::isInAny(door.sourceRanges, "127.0.0.1")) {
        report.add(Severity::Warning,
                   "source-ranges",
                   "loadBalancerSourceRanges of service " + report.name() +
                       " leave out 127.0.0.1: its door refuses the lab's own clients",
                   "add 127.0.0.0/8 to try it here");
    }
    reportAttributes(service, report);
    if (door.mode == DoorMode::Http) {
        reportHttpDoor(service, report);
    } else if (service.hasClientIpAffinity) {
        reportAffinity(door, nodeCount, report);
    }
}

} // namespace lab::plan
