#pragma once

#include "model/object_meta.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace lab::model {

enum class ServiceType { ClusterIP, NodePort, LoadBalancer, ExternalName };
enum class Protocol { Tcp, Udp, Sctp };
enum class TrafficPolicy { Cluster, Local };

/// A port by number or by name, as in targetPort and in an Ingress backend.
using PortReference = std::variant<int, std::string>;

/// One port of a Service. https://kubernetes.io/docs/concepts/services-networking/service/
struct ServicePort {
    std::string name;
    Protocol protocol = Protocol::Tcp;
    int port = 0;             ///< 1–65535.
    PortReference targetPort; ///< The port's own number where the manifest has none.
    std::optional<int> nodePort;
    std::string appProtocol;
    Place place;
};

/// A Service of core/v1.
struct Service {
    ObjectMeta meta;
    ServiceType type = ServiceType::ClusterIP;
    bool isHeadless = false; ///< clusterIP: None
    std::string clusterIp;   ///< As written; empty when the cluster would assign it.
    std::string externalName;
    Labels selector;
    std::vector<ServicePort> ports;
    TrafficPolicy externalTrafficPolicy = TrafficPolicy::Cluster;
    TrafficPolicy internalTrafficPolicy = TrafficPolicy::Cluster;
    bool hasClientIpAffinity = false; ///< sessionAffinity: ClientIP
    int affinitySeconds = 10'800;
    int healthCheckNodePort = 0; ///< As written; 0 where the cluster would assign it.
    bool publishesNotReady = false;
    bool allocatesNodePorts = true;
    std::string loadBalancerClass;
    std::string loadBalancerIp; ///< spec.loadBalancerIP: the address that was asked for.
    /// status.loadBalancer: the addresses or names that it has, as the cluster tells.
    std::vector<std::string> balancerAddresses;
    std::vector<std::string> loadBalancerSourceRanges; ///< CIDRs as written.

    /// The port a reference means (by number or name), or nullptr.
    [[nodiscard]] const ServicePort* port(const PortReference& reference) const;
};

/// "80" or "http".
[[nodiscard]] std::string toText(const PortReference& reference);

} // namespace lab::model
