#pragma once

#include "plan/front_door_plan.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace lab::plan {

/// The pods that some upstream needs, in the order of first need, and the nodes that they run on.
/// Both styles share one table, so that a pod has the same id in both plans and is started once.
class PodTable {
public:
    /// \param nodes  of the cluster; none: no pod has a node
    explicit PodTable(std::vector<PlannedNode> nodes = {});

    /// The pod with that name; the port is added to those it listens on.
    PodId pod(const std::string& nameSpace,
              const std::string& name,
              const std::string& nodeName,
              int port);

    /// The node that the pod names; else one in turn, as a scheduler would spread them.
    [[nodiscard]] NodeId nodeOf(PodId pod) const;
    /// The node of the n-th thing that names none.
    [[nodiscard]] NodeId nodeInTurn(std::size_t number) const;

    [[nodiscard]] const std::vector<PlannedPod>& pods() const { return pods_; }
    [[nodiscard]] const std::vector<PlannedNode>& nodes() const { return nodes_; }

private:
    std::vector<PlannedNode> nodes_;
    std::unordered_map<std::string, NodeId> nodeByName_;
    std::vector<PlannedPod> pods_;
    std::vector<NodeId> nodeOfPod_; ///< By PodId.
    std::size_t placedInTurn_ = 0;
    std::unordered_map<std::string, std::size_t> indexByName_; ///< Key "ns/name".
};

} // namespace lab::plan
