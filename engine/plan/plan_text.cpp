#include "plan/plan_text.hpp"

#include <array>
#include <cstdio>

namespace lab::plan {
namespace {

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? word : ", " + word;
    }
    return text;
}

/// At most six significant digits: "100", "33.3333".
std::string number(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value);
    return text.data();
}

std::string_view toText(balancing::Policy policy)
{
    switch (policy) {
    case balancing::Policy::RoundRobin:
        return "round robin";
    case balancing::Policy::LeastRequests:
        return "least requests";
    case balancing::Policy::Ewma:
        return "lower latency";
    case balancing::Policy::Random:
        return "random";
    case balancing::Policy::KeptConnection:
        return "kube-proxy, once a connection";
    }
    return "";
}

std::string_view toText(PlannedCertificate::Source source)
{
    switch (source) {
    case PlannedCertificate::Source::Secret:
        return "from a secret";
    case PlannedCertificate::Source::LabIssued:
        return "issued by the lab";
    case PlannedCertificate::Source::SelfSigned:
        return "self-signed";
    }
    return "";
}

std::string_view toText(DoorRole role)
{
    switch (role) {
    case DoorRole::LoadBalancer:
        return "load balancer";
    case DoorRole::Controller:
        return "controller";
    case DoorRole::NodePort:
        return "node ports";
    }
    return "";
}

std::string_view kindText(routing::PathKind kind)
{
    switch (kind) {
    case routing::PathKind::Exact:
        return " exact";
    case routing::PathKind::Regex:
        return " pattern";
    case routing::PathKind::Prefix:
        break;
    }
    return "";
}

std::string upstreamName(const Upstream& upstream)
{
    return upstream.fullService() + ':' + std::to_string(upstream.servicePort);
}

std::string pathText(const FrontDoorPlan& plan, const Door& door)
{
    const ConnectionPath& path = door.path;
    std::string text = path.isDirect ? "  path: direct" : "  path: by a node";
    text += path.isLocal ? " to its own pods" : "";
    text += path.keepsClient ? ", keeps the client's address" : "";
    if (path.affinity > Duration::zero()) {
        text += ", remembers a client for " + number(toSeconds(path.affinity)) + " s";
    }
    text += path.takesTurns ? ", in turn\n" : "\n";
    if (!door.nodes.empty()) {
        text += "  nodes:";
        for (const NodeId node : door.nodes) {
            text += ' ' + plan.node(node).name;
        }
        text += '\n';
    }
    if (!door.sourceRanges.empty()) {
        text += "  source ranges: " + std::to_string(door.sourceRanges.size()) + '\n';
    }
    return text;
}

std::string portsText(const FrontDoorPlan& plan, const Door& door)
{
    std::string text = "  ports:";
    for (const DoorPort& port : door.ports) {
        text += ' ' + std::to_string(port.number) + (port.isTls ? " tls" : "") +
                (port.answersHealth ? " health" : "");
        if (port.upstream.isValid()) {
            text += " -> " + upstreamName(plan.upstream(port.upstream));
        }
        text += ',';
    }
    text.back() = '\n';
    return text;
}

std::string routesText(const FrontDoorPlan& plan, const Door& door)
{
    std::string text;
    for (const routing::RouteRule& rule : door.table.rules()) {
        const Route& route = door.routes[rule.route.index()];
        text += "  route " + (rule.host.empty() ? std::string("(any host)") : rule.host) + ' ' +
                rule.path + std::string(kindText(rule.kind));
        if (route.upstream.isValid()) {
            text += " -> " + upstreamName(plan.upstream(route.upstream));
        }
        text += route.ingress.empty() ? "" : " by " + route.ingress;
        text += route.isDerived ? " (derived)\n" : "\n";
    }
    return text;
}

std::string doorText(const FrontDoorPlan& plan, const Door& door)
{
    std::string text = "door " + door.name + ": " + std::string(toText(door.mode)) + ' ' +
                       std::string(toText(door.role)) + (door.isDerived ? " (derived)\n" : "\n");
    if (!door.hosts.empty()) {
        text += "  hosts: " + joined(door.hosts) + '\n';
    }
    text += portsText(plan, door);
    const bool isPlain = door.path.isDirect && door.path.keepsClient && door.sourceRanges.empty();
    if (door.mode != DoorMode::Http && !isPlain) {
        text += pathText(plan, door);
    }
    for (const DoorId replica : door.replicas) {
        text += "  behind it: " + plan.door(replica).name + '\n';
    }
    if (door.limit) {
        text += "  limit: " + number(door.limit->ratePerSecond) + "/s, burst " +
                number(door.limit->burst) + '\n';
    }
    text += routesText(plan, door);
    for (const NamedCertificate& named : door.certificates) {
        text += "  certificate for " + named.host + ": " +
                plan.certificates[named.certificate.index()].name + '\n';
    }
    if (door.defaultCertificate.isValid()) {
        text +=
            "  default certificate: " + plan.certificates[door.defaultCertificate.index()].name +
            '\n';
    }
    return text;
}

} // namespace

std::string renderPlan(const FrontDoorPlan& plan)
{
    std::string text = std::string(toText(plan.style)) + " style, profile " +
                       std::string(toText(plan.profile)) + "\nload balancers " +
                       std::to_string(plan.loadBalancerCount()) + ", controllers " +
                       std::to_string(plan.controllerCount()) + ", certificates to renew " +
                       std::to_string(plan.certificateCount()) + '\n';
    for (const Door& door : plan.doors) {
        text += doorText(plan, door);
    }
    for (const Upstream& upstream : plan.upstreams) {
        text += "upstream " + upstreamName(upstream) + ": " + std::string(toText(upstream.policy));
        for (const EndpointId id : upstream.endpoints) {
            const Endpoint& endpoint = plan.endpoint(id);
            text += ", " + endpoint.name + (endpoint.isReady ? "" : " (not ready)");
        }
        text += upstream.brokenLink.empty() ? "\n" : "; broken: " + upstream.brokenLink + '\n';
    }
    for (const PlannedCertificate& planned : plan.certificates) {
        text += "certificate " + planned.name + ' ' + std::string(toText(planned.source)) +
                (planned.dnsNames.empty() ? "" : ": " + joined(planned.dnsNames)) + '\n';
    }
    return text;
}

} // namespace lab::plan
