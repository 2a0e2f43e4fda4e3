#include "base/quoted.hpp"
#include "manifest/fields.hpp"
#include "manifest/names.hpp"
#include "manifest/object_readers.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace lab::manifest {
namespace {

using model::Service;
using model::ServicePort;
using model::ServiceType;
using model::TrafficPolicy;
using yaml::MapReader;

/// kube-apiserver's default --service-node-port-range.
constexpr std::int64_t nodePortMin = 30'000;
constexpr std::int64_t nodePortMax = 32'767;
constexpr std::int64_t affinitySecondsMax = 86'400;

bool isReachedFromOutside(ServiceType type)
{
    return type == ServiceType::NodePort || type == ServiceType::LoadBalancer;
}

ServicePort readServicePort(MapReader& port, ServiceType type)
{
    ServicePort read;
    read.place = port.place();
    read.name = readName(port, "name", labelNameMistake);
    read.protocol = readProtocol(port);
    port.require("port");
    read.port = readPort(port, "port");
    read.targetPort = readPortReference(port, "targetPort").value_or(read.port);
    if (const std::optional<std::int64_t> number = port.integer("nodePort", 0, portMax);
        number.value_or(0) != 0) {
        read.nodePort = static_cast<int>(*number);
        if (!isReachedFromOutside(type)) {
            port.addWrong(
                "nodePort", "node-port", "may only be used when type is NodePort or LoadBalancer");
        } else if (*number < nodePortMin || *number > nodePortMax) {
            port.addWrong("nodePort",
                          "node-port",
                          "must be in the range 30000-32767, not " + std::to_string(*number));
        }
    }
    read.appProtocol = port.text("appProtocol").value_or("");
    port.finish();
    return read;
}

void checkUnique(MapReader& port, const ServicePort& read, const std::vector<ServicePort>& before)
{
    for (const ServicePort& other : before) {
        if (!read.name.empty() && other.name == read.name) {
            port.addWrong("name", "duplicate-port", quoted(read.name) + " names two ports");
        }
        if (read.port != 0 && other.port == read.port && other.protocol == read.protocol) {
            port.addWrong("port",
                          "duplicate-port",
                          std::to_string(read.port) + " is already a port of this Service");
        }
    }
}

void readPorts(MapReader& spec, Service& service)
{
    std::vector<MapReader> ports = spec.maps("ports");
    for (MapReader& port : ports) {
        const ServicePort read = readServicePort(port, service.type);
        checkUnique(port, read, service.ports);
        if (ports.size() > 1 && !port.has("name")) {
            port.addWrong("name",
                          "port-name-missing",
                          "is required: a Service with several ports names each of them");
        }
        service.ports.push_back(read);
    }
    if (ports.empty() && !spec.has("ports") && !service.isHeadless &&
        service.type != ServiceType::ExternalName) {
        spec.addWrong("ports", "missing-key", "is missing: a Service needs at least one port");
    }
}

void readAddresses(MapReader& spec, Service& service)
{
    service.clusterIp = spec.text("clusterIP").value_or("");
    service.isHeadless = service.clusterIp == "None";
    const bool isAddress = isIpv4(service.clusterIp) || isIpv6(service.clusterIp);
    if (!service.clusterIp.empty() && !service.isHeadless && !isAddress) {
        spec.addWrong("clusterIP",
                      "invalid-address",
                      "must be an IP address, \"None\" or empty, not " + quoted(service.clusterIp));
    }
    if (service.isHeadless && isReachedFromOutside(service.type)) {
        spec.addWrong(
            "clusterIP", "headless", "may not be \"None\" for NodePort and LoadBalancer services");
    }
    if (service.type == ServiceType::ExternalName) {
        spec.require("externalName");
        service.externalName = readName(spec, "externalName", subdomainMistake);
    } else {
        service.externalName = spec.text("externalName").value_or("");
    }
}

void readAffinity(MapReader& spec, Service& service)
{
    service.hasClientIpAffinity =
        spec.choice<bool>("sessionAffinity", {{"None", false}, {"ClientIP", true}}).value_or(false);
    MapReader config = spec.map("sessionAffinityConfig");
    MapReader clientIp = config.map("clientIP");
    service.affinitySeconds =
        static_cast<int>(clientIp.integer("timeoutSeconds", 1, affinitySecondsMax)
                             .value_or(service.affinitySeconds));
    clientIp.finish();
    config.finish();
}

void readPolicies(MapReader& spec, Service& service)
{
    const auto policy = [&](std::string_view key) {
        return spec
            .choice<TrafficPolicy>(
                key, {{"Cluster", TrafficPolicy::Cluster}, {"Local", TrafficPolicy::Local}})
            .value_or(TrafficPolicy::Cluster);
    };
    service.externalTrafficPolicy = policy("externalTrafficPolicy");
    service.internalTrafficPolicy = policy("internalTrafficPolicy");
    if (service.internalTrafficPolicy == TrafficPolicy::Local) {
        noteNotHonoured(spec,
                        "internalTrafficPolicy",
                        "it is about clients in the cluster, and the lab's come from outside");
    }
    if (spec.has("externalTrafficPolicy") && !isReachedFromOutside(service.type) &&
        !spec.has("externalIPs")) {
        spec.addWrong("externalTrafficPolicy",
                      "field-needs-type",
                      "may only be set for NodePort and LoadBalancer services");
    }
    const bool isLocalBalancer = service.type == ServiceType::LoadBalancer &&
                                 service.externalTrafficPolicy == TrafficPolicy::Local;
    service.healthCheckNodePort =
        static_cast<int>(spec.integer("healthCheckNodePort", 0, portMax).value_or(0));
    if (service.healthCheckNodePort != 0 && !isLocalBalancer) {
        spec.addWrong("healthCheckNodePort",
                      "field-needs-type",
                      "may only be set when type is LoadBalancer and externalTrafficPolicy Local");
    }
}

void readBalancer(MapReader& spec, Service& service)
{
    service.allocatesNodePorts = spec.boolean("allocateLoadBalancerNodePorts").value_or(true);
    service.loadBalancerClass = spec.text("loadBalancerClass").value_or("");
    service.loadBalancerIp = spec.text("loadBalancerIP").value_or("");
    service.loadBalancerSourceRanges = spec.texts("loadBalancerSourceRanges");
    for (const MapReader::Item& range : spec.items("loadBalancerSourceRanges")) {
        if (range.node->isScalar() && !isCidr(range.node->scalar)) {
            spec.reading().addWrong(spec.reading().document.place(*range.node),
                                    "invalid-address",
                                    range.path + " must be a CIDR such as 10.0.0.0/8, not " +
                                        quoted(range.node->scalar));
        }
    }
    if (service.type == ServiceType::LoadBalancer) {
        return;
    }
    for (const std::string_view key :
         {"allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges"}) {
        if (spec.has(key)) {
            spec.addWrong(key, "field-needs-type", "may only be used when type is LoadBalancer");
        }
    }
}

/// Doors and pods of the lab speak IPv4 on loopback; what a cluster writes by default asks no more.
void noteFamilies(MapReader& spec)
{
    constexpr std::string_view why = "the lab listens on IPv4 loopback addresses";
    const std::vector<std::string> families = spec.texts("ipFamilies");
    if (std::find(families.begin(), families.end(), "IPv6") != families.end()) {
        noteNotHonoured(spec, "ipFamilies", why);
    }
    const std::string policy = spec.text("ipFamilyPolicy").value_or("SingleStack");
    if (policy != "SingleStack") {
        noteNotHonoured(spec, "ipFamilyPolicy", why);
    }
}

/// What the cluster tells of its load balancer; a Service that waits for one has none.
std::vector<std::string> readBalancerAddresses(MapReader& root)
{
    std::vector<std::string> addresses;
    MapReader status = root.map("status");
    MapReader balancer = status.map("loadBalancer");
    for (MapReader& point : balancer.maps("ingress")) {
        const std::string address = point.text("ip").value_or("");
        addresses.push_back(address.empty() ? point.text("hostname").value_or("") : address);
        point.passOver({"ipMode", "ports"});
        point.finish();
    }
    balancer.finish();
    status.passOver({"conditions"});
    status.finish();
    return addresses;
}

} // namespace

model::Service readService(MapReader& root)
{
    Service service;
    service.meta = readMeta(root, serviceNameMistake);
    root.require("spec");
    MapReader spec = root.map("spec");
    service.type = spec.choice<ServiceType>("type",
                                            {{"ClusterIP", ServiceType::ClusterIP},
                                             {"NodePort", ServiceType::NodePort},
                                             {"LoadBalancer", ServiceType::LoadBalancer},
                                             {"ExternalName", ServiceType::ExternalName}})
                       .value_or(ServiceType::ClusterIP);
    if (spec.isPresent()) {
        readAddresses(spec, service);
        readPorts(spec, service);
    }
    service.selector = readLabels(spec, "selector");
    readAffinity(spec, service);
    readPolicies(spec, service);
    readBalancer(spec, service);
    service.publishesNotReady = spec.boolean("publishNotReadyAddresses").value_or(false);
    spec.passOver({"clusterIPs"});
    noteFamilies(spec);
    noteNotHonoured(spec, "loadBalancerIP", "the lab gives every door a loopback address");
    noteNotHonoured(spec, "externalIPs", "the lab listens on loopback only");
    noteNotHonoured(spec, "trafficDistribution", "all ready endpoints count alike");
    spec.finish();
    service.balancerAddresses = readBalancerAddresses(root);
    root.finish();
    return service;
}

} // namespace lab::manifest
