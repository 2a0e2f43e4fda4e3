#pragma once

#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"

#include <set>
#include <string>

namespace lab::audit {

/// The cluster after these Services have moved behind the ingress: of type ClusterIP, each with an
/// Ingress that leads to it; all others as they are.
///
/// New objects are marked `meta.isDerived`, so that plan::derivedYaml() writes them. An Ingress is
/// named as its Service, or, where that name is taken, SERVICE-consolidated. Hosts as
/// plan::deriveTwin() chooses them.
/// \param moved  "ns/name" of Services of type LoadBalancer with an HTTP port
[[nodiscard]] model::Cluster consolidated(const model::Cluster& cluster,
                                          const std::set<std::string>& moved,
                                          const plan::PlanOptions& options);

} // namespace lab::audit
