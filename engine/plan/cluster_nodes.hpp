#pragma once

#include "model/cluster.hpp"
#include "plan/front_door_plan.hpp"

#include <vector>

namespace lab::plan {

/// Which machines does this cluster have?  Its Node objects, then those that only pods and
/// EndpointSlices name; without any, three are assumed. At most PlannedNode::nodesMax.
[[nodiscard]] std::vector<PlannedNode> clusterNodes(const model::Cluster& cluster);

} // namespace lab::plan
