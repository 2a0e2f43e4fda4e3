#include "plan/pod_table.hpp"

#include <algorithm>

namespace lab::plan {

PodId PodTable::pod(const std::string& nameSpace,
                    const std::string& name,
                    const std::string& nodeName,
                    int port)
{
    const auto [known, isNew] = indexByName_.try_emplace(nameSpace + '/' + name, pods_.size());
    if (isNew) {
        pods_.push_back({nameSpace, name, nodeName, {}});
    }
    std::vector<int>& ports = pods_[known->second].ports;
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) {
        ports.push_back(port);
    }
    return PodId(known->second);
}

} // namespace lab::plan
