#pragma once

#include "plan/cluster_index.hpp"
#include "plan/ingress_policies.hpp"
#include "plan/resolve_upstreams.hpp"

namespace lab::plan {

/// Gives the upstreams their balancing, affinity and canaries, as the annotations of the Ingresses
/// that use them say: load-balance, upstream-hash-by and service-upstream by the first Ingress that
/// uses the upstream, the cookie by the last with affinity.
void applyUpstreamPolicies(const ClusterIndex& index,
                           const IngressPolicies& policies,
                           const ControllerSettings& settings,
                           UpstreamResolver& resolver,
                           const Door& controller,
                           FrontDoorPlan& plan,
                           Findings& findings);

} // namespace lab::plan
