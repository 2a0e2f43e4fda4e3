#pragma once

#include "base/finding.hpp"
#include "model/cluster.hpp"
#include "plan/front_door_plan.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lab::plan {

/// The wish for the whole site: all clients, all services together (limits.overall).
struct OverallLimit {
    double ratePerSecond = 0.0; ///< Above 0.
    double burst = 1.0;         ///< At least 1.
    bool isSplitEvenly = false; ///< Divide by the number of enforcing points instead of repeating.
};

/// What a Secret of type kubernetes.io/tls holds, as read by module `certificates`.
struct SecretCertificate {
    std::vector<std::string> dnsNames; ///< Subject alternative names, lower case.
    std::string commonName;
    bool hasMatchingKey = false;
    std::int64_t notAfterSeconds = 0; ///< Unix time
};

/// How the ingress controller is set up; what a controller in the input says is used besides.
struct ControllerSettings {
    bool watchesWithoutClass = false; ///< --watch-ingress-without-class
    std::string defaultCertificate;   ///< --default-ssl-certificate, "ns/name"; empty: self-made
    std::map<std::string, std::string> configMap; ///< Keys of the controller's ConfigMap.
    std::map<std::string, Place> configPlaces;    ///< Where they stand, if a manifest has them.
};

/// How kube-proxy chooses a pod for a connection
/// (https://kubernetes.io/docs/reference/networking/virtual-ips/).
enum class ProxyMode {
    Iptables, ///< Each with the same chance; nftables mode does the same.
    Ipvs,     ///< In turn, each node for itself.
};

/// What a plan is made from besides the manifests.
struct PlanOptions {
    std::optional<Profile>
        profile;                ///< Default: IngressNginx where such a class is used, else Spec.
    bool derivesTwin = false;   ///< Derive what one style lacks from the other (both styles).
    bool assumesClasses = true; ///< No IngressClass at all: assume the ones that are named.
    bool issuesLabCertificates = false;     ///< `certificates: lab`
    std::optional<DoorMode> perServiceMode; ///< Scenario override of the per-service doors' mode.
    std::optional<OverallLimit> overallLimit;
    std::optional<int> controllerReplicas; ///< Default: from a controller Deployment, else 1.
    std::map<std::string, std::vector<std::string>> backendAddresses; ///< "ns/name" → "host:port"s.
    std::map<std::string, SecretCertificate> secretCertificates; ///< "ns/name" → what was read.
    ControllerSettings controller;
    ProxyMode proxyMode = ProxyMode::Iptables;
};

/// Both styles from one set of manifests, and everything noticed on the way.
struct PlannedStyles {
    FrontDoorPlan perService;
    FrontDoorPlan ingress;
    Profile profile = Profile::Spec;
    Findings findings;

    [[nodiscard]] const FrontDoorPlan& of(Style style) const
    {
        return style == Style::PerService ? perService : ingress;
    }
};

/// Plans the doors of both styles.  Pure; the same input gives the same plan.
///
/// A style whose objects the manifests lack has no doors, unless the twin is derived: a Service
/// that a route uses gets a derived load balancer (80, and 443 where certificates are issued); a
/// LoadBalancer Service without a route gets a derived Ingress rule.
[[nodiscard]] PlannedStyles planFrontDoors(const model::Cluster& cluster,
                                           const PlanOptions& options);

} // namespace lab::plan
