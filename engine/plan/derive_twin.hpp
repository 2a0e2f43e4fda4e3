#pragma once

#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"

namespace lab::plan {

/// The cluster with what the other style lacks, each derived object marked `meta.isDerived`.
///
/// A Service that a route uses becomes one of type LoadBalancer; a LoadBalancer Service that no
/// route leads to gets an Ingress (host from the external-dns annotation, else
/// SERVICE.NAMESPACE.lab; path `/`; its HTTP port). Services of controllers, ports that are not
/// HTTP, and canaries are left alone. The given objects are otherwise unchanged.
[[nodiscard]] model::Cluster deriveTwin(const model::Cluster& cluster, const PlanOptions& options);

} // namespace lab::plan
