#pragma once

#include "plan/cluster_index.hpp"
#include "plan/input_controllers.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/pod_table.hpp"

namespace lab::plan {

/// The load balancer in front of the controller's replicas, as the controller's Service in the
/// manifests wants it: traffic policy, affinity, source ranges.
///
/// Without such a Service it passes every connection straight to a replica and tells the client's
/// address. With one, `externalTrafficPolicy: Cluster` (the default) hides the client behind a
/// node, unless the ConfigMap says use-proxy-protocol.
/// \param controller  what the replicas have in common: hosts and ports
[[nodiscard]] Door cloudDoor(const Door& controller,
                             const InputControllers& controllers,
                             const PlanOptions& options,
                             std::size_t nodeCount,
                             Findings& findings);

/// The machine of the n-th replica: its pod's, where the manifests tell; else one in turn.
[[nodiscard]] NodeId nodeOfReplica(std::size_t number,
                                   const ClusterIndex& index,
                                   const InputControllers& controllers,
                                   const PodTable& pods);

} // namespace lab::plan
