#include "plan/pod_table.hpp"

#include <algorithm>

namespace lab::plan {

PodTable::PodTable(std::vector<PlannedNode> nodes)
    : nodes_(std::move(nodes))
{
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        nodeByName_.try_emplace(nodes_[i].name, NodeId(i));
    }
}

PodId PodTable::pod(const std::string& nameSpace,
                    const std::string& name,
                    const std::string& nodeName,
                    int port)
{
    const auto [known, isNew] = indexByName_.try_emplace(nameSpace + '/' + name, pods_.size());
    if (isNew) {
        pods_.push_back({nameSpace, name, nodeName, {}});
        const auto node = nodeByName_.find(nodeName);
        nodeOfPod_.push_back(node != nodeByName_.end() ? node->second
                                                       : nodeInTurn(placedInTurn_++));
    }
    std::vector<int>& ports = pods_[known->second].ports;
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) {
        ports.push_back(port);
    }
    return PodId(known->second);
}

NodeId PodTable::nodeOf(PodId pod) const
{
    return nodeOfPod_[pod.index()];
}

NodeId PodTable::nodeInTurn(std::size_t number) const
{
    return nodes_.empty() ? NodeId() : NodeId(number % nodes_.size());
}

} // namespace lab::plan
