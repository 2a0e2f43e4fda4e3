#include "plan/cluster_nodes.hpp"

#include <set>
#include <string>

namespace lab::plan {
namespace {

/// Enough for a client to meet a node without the pod that it wants.
constexpr int assumedNodes = 3;

/// Collects names, each once, until there are as many as addresses.
class NodeList {
public:
    void add(const std::string& name, bool isAssumed = false)
    {
        if (name.empty() || nodes_.size() == PlannedNode::nodesMax || !seen_.insert(name).second) {
            return;
        }
        nodes_.push_back({name, "127.0.2." + std::to_string(nodes_.size() + 1), isAssumed});
    }

    [[nodiscard]] const std::vector<PlannedNode>& nodes() const { return nodes_; }

private:
    std::vector<PlannedNode> nodes_;
    std::set<std::string> seen_;
};

} // namespace

std::vector<PlannedNode> clusterNodes(const model::Cluster& cluster)
{
    NodeList list;
    for (const model::Node& node : cluster.nodes) {
        list.add(node.meta.name);
    }
    for (const model::Pod& pod : cluster.pods) {
        list.add(pod.nodeName);
    }
    for (const model::EndpointSlice& slice : cluster.endpointSlices) {
        for (const model::SliceEndpoint& endpoint : slice.endpoints) {
            list.add(endpoint.nodeName);
        }
    }
    if (list.nodes().empty()) {
        for (int i = 1; i <= assumedNodes; ++i) {
            list.add("node-" + std::to_string(i), true);
        }
    }
    return list.nodes();
}

} // namespace lab::plan
