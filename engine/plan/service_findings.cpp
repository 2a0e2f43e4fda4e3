#include "plan/service_findings.hpp"

#include <algorithm>

namespace lab::plan {
namespace {

bool hasPort(const model::Pod& pod, const std::string& name)
{
    return std::any_of(pod.containers.begin(), pod.containers.end(), [&](const auto& container) {
        return std::any_of(container.ports.begin(), container.ports.end(), [&](const auto& port) {
            return port.name == name;
        });
    });
}

} // namespace

void reportUnusablePorts(const ClusterIndex& index, Findings& findings)
{
    for (const model::Service& service : index.cluster().services) {
        if (service.selector.empty() || service.type == model::ServiceType::ExternalName ||
            !index.slicesOf(service).empty()) {
            continue;
        }
        const auto pods = index.podsOf(service.meta.nameSpace, service.selector);
        for (const model::ServicePort& port : service.ports) {
            const auto* name = std::get_if<std::string>(&port.targetPort);
            if (name == nullptr || pods.empty() ||
                std::any_of(pods.begin(), pods.end(), [&](const model::Pod* pod) {
                    return hasPort(*pod, *name);
                })) {
                continue;
            }
            findings.push_back({Severity::Warning,
                                "target-port-missing",
                                port.place,
                                "service \"" + service.meta.fullName() + "\" sends port " +
                                    std::to_string(port.port) + " to the pods' port \"" + *name +
                                    "\", which none of them has",
                                "name the port in the pods, or write its number"});
        }
    }
}

} // namespace lab::plan
