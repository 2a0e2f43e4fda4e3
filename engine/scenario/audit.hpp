#pragma once

#include "base/result.hpp"
#include "report/audit_report.hpp"
#include "scenario/cost_estimate.hpp"

namespace lab::scenario {

/// What do the load balancers of a real cluster cost, which could go, and what would be lost?
///
/// Reads what `kubectl get svc,ingress,deploy,endpointslices,secret -A -o yaml` prints (or JSON, a
/// folder, several files). Each Service of type LoadBalancer gets a verdict (audit::judge); the
/// two bills are priced as `cost` does, of the cluster as it stands and of the one in which those
/// that move are behind one ingress (audit::consolidated).
/// \return as estimateCost()
[[nodiscard]] Result<report::AuditReport> auditCluster(const CostOptions& options);

} // namespace lab::scenario
