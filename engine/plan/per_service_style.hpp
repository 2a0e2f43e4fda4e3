#pragma once

#include "plan/cluster_index.hpp"
#include "plan/input_controllers.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/pod_table.hpp"
#include "plan/service_ports.hpp"

namespace lab::plan {

/// The per-service style: a door for each Service of type LoadBalancer that is not a controller's.
///
/// A tcp door passes the bytes of every Service port to its pods; a tls door terminates TLS first;
/// an http door reads requests and sends them all to the Service's HTTP port.
/// \param routed  what the Ingresses lead to: hosts and ports of derived doors
[[nodiscard]] FrontDoorPlan planPerServiceStyle(const ClusterIndex& index,
                                                const std::map<std::string, RoutedService>& routed,
                                                const InputControllers& controllers,
                                                Profile profile,
                                                const PlanOptions& options,
                                                PodTable& pods,
                                                Findings& findings);

} // namespace lab::plan
