#pragma once

#include "model/cluster.hpp"

#include <string>

namespace lab::plan {

/// The derived objects of a twin as Kubernetes YAML that a cluster would accept: Services of type
/// LoadBalancer on port 80, Ingresses, an IngressClass. Empty if nothing is derived.
[[nodiscard]] std::string derivedYaml(const model::Cluster& twin);

} // namespace lab::plan
