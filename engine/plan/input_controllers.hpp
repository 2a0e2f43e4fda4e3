#pragma once

#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"

#include <set>
#include <string>
#include <vector>

namespace lab::plan {

/// The ingress controllers that the manifests bring along: they configure the ingress style, and
/// their Services are its cloud door, never a per-service door (decision 6 of the design).
struct InputControllers {
    std::vector<const model::Deployment*> deployments;
    std::set<std::string> services; ///< "ns/name" of the Services that select one of them.
    const model::Service* cloudService = nullptr; ///< The first of type LoadBalancer among them.
    bool isIngressNginx = false; ///< The first one is ingress-nginx (else Traefik).
    int replicas = 0;            ///< Of the first one; 0 without any.
    ControllerSettings settings; ///< From the first one's arguments and ConfigMap.

    [[nodiscard]] bool isAny() const { return !deployments.empty(); }
};

/// Deployments labelled `app.kubernetes.io/name: ingress-nginx|traefik` or running their image.
[[nodiscard]] InputControllers findControllers(const model::Cluster& cluster);

} // namespace lab::plan
