#include "scenario/fleet_estimate.hpp"

#include "cost/made_balancer.hpp"

#include <algorithm>

namespace lab::scenario {
namespace {

/// Sums over Services while they are counted.
struct Fleet {
    double services = 0;
    double listeners = 0;
    double nodePorts = 0;

    void add(const model::Service& service)
    {
        ++services;
        listeners += static_cast<double>(service.ports.size());
        nodePorts += static_cast<double>(cost::nodePortsTaken(service));
    }

    [[nodiscard]] cost::FleetShape shape(const std::string& product, int zones) const
    {
        cost::FleetShape shape;
        shape.product = product;
        shape.services = services;
        shape.zones = zones;
        shape.listenersPerService = services > 0 ? listeners / services : 0;
        shape.nodePortsPerService = services > 0 ? nodePorts / services : 0;
        return shape;
    }
};

} // namespace

std::vector<cost::QuotaUse> fleetQuotas(const model::Cluster& cluster,
                                        const std::map<std::string, std::string>& products,
                                        int zones,
                                        const cost::PriceBook& book)
{
    std::map<std::string, Fleet> fleets;
    Fleet all;
    for (const model::Service& service : cluster.services) {
        const auto product = products.find(service.meta.fullName());
        if (product != products.end()) {
            fleets[product->second].add(service);
            all.add(service);
        }
    }
    // Of no product at all: what the cluster itself limits.
    std::vector<cost::QuotaUse> quotas = cost::quotasOf(all.shape("", zones), book);
    for (const auto& [product, fleet] : fleets) {
        for (cost::QuotaUse& quota : cost::quotasOf(fleet.shape(product, zones), book)) {
            const auto known = std::find_if(quotas.begin(), quotas.end(), [&quota](const auto& q) {
                return q.priceKey == quota.priceKey;
            });
            if (known == quotas.end()) {
                quotas.push_back(std::move(quota));
            } else if (!known->priceKey.starts_with("k8s.")) { // Two products share it.
                known->used += quota.used;
            }
        }
    }
    std::stable_sort(quotas.begin(), quotas.end(), [](const auto& a, const auto& b) {
        return a.used / a.limit > b.used / b.limit;
    });
    return quotas;
}

} // namespace lab::scenario
