#pragma once

#include "model/cluster.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace lab::plan {

/// A cluster with look-ups by name, for planners: one hash instead of a walk.
class ClusterIndex {
public:
    explicit ClusterIndex(const model::Cluster& cluster);

    [[nodiscard]] const model::Cluster& cluster() const { return *cluster_; }
    [[nodiscard]] const model::Service* service(const std::string& fullName) const;
    /// The pods of that namespace that carry every label of the selector, in order of reading.
    [[nodiscard]] std::vector<const model::Pod*> podsOf(const std::string& nameSpace,
                                                        const model::Labels& selector) const;
    [[nodiscard]] std::vector<const model::EndpointSlice*>
    slicesOf(const model::Service& service) const;
    /// Names of the Services in that namespace: for suggestions.
    [[nodiscard]] std::vector<std::string> serviceNames(const std::string& nameSpace) const;

private:
    const model::Cluster* cluster_;
    std::unordered_map<std::string, const model::Service*> services_;
    std::vector<model::Pod> pods_;
    std::unordered_map<std::string, std::vector<std::size_t>> podsByLabel_; ///< "ns/key=value"
    std::unordered_map<std::string, std::vector<const model::EndpointSlice*>> slicesByService_;
};

} // namespace lab::plan
