#include "plan/cluster_index.hpp"

namespace lab::plan {
namespace {

std::string labelKey(const std::string& nameSpace,
                     const std::pair<const std::string, std::string>& label)
{
    return nameSpace + '/' + label.first + '=' + label.second;
}

} // namespace

ClusterIndex::ClusterIndex(const model::Cluster& cluster)
    : cluster_(&cluster)
    , pods_(model::podsOf(cluster))
{
    for (const model::Service& service : cluster.services) {
        services_.try_emplace(service.meta.fullName(), &service);
    }
    for (std::size_t i = 0; i < pods_.size(); ++i) {
        for (const auto& label : pods_[i].meta.labels) {
            podsByLabel_[labelKey(pods_[i].meta.nameSpace, label)].push_back(i);
        }
    }
    for (const model::EndpointSlice& slice : cluster.endpointSlices) {
        slicesByService_[slice.meta.nameSpace + '/' + slice.serviceName].push_back(&slice);
    }
}

const model::Service* ClusterIndex::service(const std::string& fullName) const
{
    const auto found = services_.find(fullName);
    return found == services_.end() ? nullptr : found->second;
}

std::vector<const model::Pod*> ClusterIndex::podsOf(const std::string& nameSpace,
                                                    const model::Labels& selector) const
{
    const std::vector<std::size_t>* fewest = nullptr;
    for (const auto& label : selector) {
        const auto found = podsByLabel_.find(labelKey(nameSpace, label));
        if (found == podsByLabel_.end()) {
            return {};
        }
        if (fewest == nullptr || found->second.size() < fewest->size()) {
            fewest = &found->second;
        }
    }
    std::vector<const model::Pod*> chosen;
    if (fewest != nullptr) {
        for (const std::size_t i : *fewest) {
            if (model::selects(selector, pods_[i].meta.labels)) {
                chosen.push_back(&pods_[i]);
            }
        }
    }
    return chosen;
}

std::vector<const model::EndpointSlice*> ClusterIndex::slicesOf(const model::Service& service) const
{
    const auto found = slicesByService_.find(service.meta.fullName());
    return found == slicesByService_.end() ? std::vector<const model::EndpointSlice*>{}
                                           : found->second;
}

std::vector<std::string> ClusterIndex::serviceNames(const std::string& nameSpace) const
{
    std::vector<std::string> names;
    for (const model::Service& service : cluster_->services) {
        if (service.meta.nameSpace == nameSpace) {
            names.push_back(service.meta.name);
        }
    }
    return names;
}

} // namespace lab::plan
