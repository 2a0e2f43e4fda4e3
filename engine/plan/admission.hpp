#pragma once

#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"

#include <string>
#include <vector>

namespace lab::plan {

/// An Ingress that ingress-nginx's validating webhook would not let into the cluster.
struct WebhookRefusal {
    std::string ingress; ///< "ns/name"
    std::string message; ///< As the webhook words it.
    Place place;
};

/// Judges each Ingress of the controller's own classes, in the order of the cluster, against those
/// already accepted; the refused ones are taken out of the cluster.
///
/// Refused: path types with characters that need ImplementationSpecific, snippets, annotation
/// values of the refused class, and a host and path that another Ingress serves already (unless
/// one of the two is a canary).  Source: ingress-nginx v1.15 controller.go CheckIngress.
[[nodiscard]] std::vector<WebhookRefusal> applyWebhook(model::Cluster& cluster,
                                                       const PlanOptions& options);

} // namespace lab::plan
