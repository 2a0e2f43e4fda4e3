#pragma once

#include "plan/front_door_plan.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace lab::plan {

/// The pods that some upstream needs, in the order of first need. Both styles share one table, so
/// that a pod has the same id in both plans and is started once.
class PodTable {
public:
    /// The pod with that name; the port is added to those it listens on.
    PodId pod(const std::string& nameSpace,
              const std::string& name,
              const std::string& nodeName,
              int port);

    [[nodiscard]] const std::vector<PlannedPod>& pods() const { return pods_; }

private:
    std::vector<PlannedPod> pods_;
    std::unordered_map<std::string, std::size_t> indexByName_; ///< Key "ns/name".
};

} // namespace lab::plan
