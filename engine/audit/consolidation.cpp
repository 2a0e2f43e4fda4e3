#include "audit/consolidation.hpp"

#include "plan/derive_twin.hpp"

#include <algorithm>

namespace lab::audit {
namespace {

/// A twin is derived of load balancers only: those that stay hide meanwhile.
model::Cluster withMovedOnly(const model::Cluster& cluster, const std::set<std::string>& moved)
{
    model::Cluster hidden = cluster;
    for (model::Service& service : hidden.services) {
        if (service.type == model::ServiceType::LoadBalancer &&
            !moved.contains(service.meta.fullName())) {
            service.type = model::ServiceType::ClusterIP;
        }
    }
    return hidden;
}

void nameApart(model::Cluster& after)
{
    std::set<std::string> given;
    for (const model::Ingress& ingress : after.ingresses) {
        if (!ingress.meta.isDerived) {
            given.insert(ingress.meta.fullName());
        }
    }
    for (model::Ingress& ingress : after.ingresses) {
        if (ingress.meta.isDerived && given.contains(ingress.meta.fullName())) {
            ingress.meta.name += "-consolidated";
        }
    }
}

} // namespace

model::Cluster consolidated(const model::Cluster& cluster,
                            const std::set<std::string>& moved,
                            const plan::PlanOptions& options)
{
    model::Cluster after = plan::deriveTwin(withMovedOnly(cluster, moved), options);
    for (std::size_t i = 0; i < after.services.size(); ++i) { // in the same order
        model::Service& service = after.services[i];
        service.meta.isDerived = false; // no load balancer is made for routed Services
        service.type = cluster.services[i].type;
        if (moved.contains(service.meta.fullName())) {
            service.type = model::ServiceType::ClusterIP;
            service.loadBalancerClass.clear();
            service.loadBalancerSourceRanges.clear();
            service.externalTrafficPolicy = model::TrafficPolicy::Cluster;
        }
    }
    nameApart(after);
    return after;
}

} // namespace lab::audit
