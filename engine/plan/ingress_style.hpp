#pragma once

#include "plan/cluster_index.hpp"
#include "plan/input_controllers.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/pod_table.hpp"
#include "plan/select_ingresses.hpp"

namespace lab::plan {

/// The ingress style: one cloud load balancer that passes bytes, and behind it the controller
/// replicas, each with every route, every certificate and a limiter state of its own.
///
/// No Ingress object: no doors. Pods are filled in by the caller from the table.
[[nodiscard]] FrontDoorPlan planIngressStyle(const ClusterIndex& index,
                                             const SelectedIngresses& selected,
                                             const InputControllers& controllers,
                                             const PlanOptions& options,
                                             PodTable& pods,
                                             Findings& findings);

} // namespace lab::plan
