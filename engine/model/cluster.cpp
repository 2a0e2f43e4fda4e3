#include "model/cluster.hpp"

#include <algorithm>

namespace lab::model {
namespace {

template <typename Object>
const Object*
find(const std::vector<Object>& objects, std::string_view nameSpace, std::string_view name)
{
    const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& object) {
        return object.meta.name == name && object.meta.nameSpace == nameSpace;
    });
    return found == objects.end() ? nullptr : &*found;
}

} // namespace

const Service* Cluster::service(std::string_view nameSpace, std::string_view name) const
{
    return find(services, nameSpace, name);
}

const Secret* Cluster::secret(std::string_view nameSpace, std::string_view name) const
{
    return find(secrets, nameSpace, name);
}

const ConfigMap* Cluster::configMap(std::string_view nameSpace, std::string_view name) const
{
    return find(configMaps, nameSpace, name);
}

std::vector<Pod> podsOf(const Cluster& cluster)
{
    std::vector<Pod> pods = cluster.pods;
    for (const Deployment& deployment : cluster.deployments) {
        const int replicas = deployment.arePodsListed ? 0 : deployment.replicas;
        for (int i = 0; i < replicas; ++i) {
            Pod pod;
            pod.meta = deployment.meta;
            pod.meta.name += '-' + std::to_string(i);
            pod.meta.labels = deployment.podLabels;
            pod.containers = deployment.containers;
            pod.requests = deployment.requests;
            pod.deployment = deployment.meta.name;
            pods.push_back(std::move(pod));
        }
    }
    return pods;
}

bool selects(const Labels& selector, const Labels& labels)
{
    return !selector.empty() &&
           std::all_of(selector.begin(), selector.end(), [&](const auto& wanted) {
               const auto found = labels.find(wanted.first);
               return found != labels.end() && found->second == wanted.second;
           });
}

} // namespace lab::model
