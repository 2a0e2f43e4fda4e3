#include "cost/quotas.hpp"

#include <algorithm>
#include <cmath>

namespace lab::cost {
namespace {

/// What of a Service counts towards a limit.
enum class Counted { Services, Zones, Listeners, NodePorts, Certificates, Rules };

struct Limit {
    std::string_view madeAs; ///< The product of the fleet; empty: every one.
    std::string_view product;
    std::string_view key;
    Counted counted;
    const char* what;
};

constexpr Limit limits[] = {
    {"aws.nlb",
     "aws.nlb",
     "quota_lbs_per_region",
     Counted::Services,
     "network load balancers in the region"},
    {"aws.nlb",
     "aws.nlb",
     "quota_enis_per_vpc",
     Counted::Zones,
     "network interfaces of NLBs in the VPC"},
    {"aws.nlb",
     "aws.nlb",
     "quota_target_groups_per_region",
     Counted::Listeners,
     "target groups in the region"},
    {"aws.nlb",
     "aws.vpc",
     "quota_enis_per_region",
     Counted::Zones,
     "network interfaces in the region"},
    {"aws.alb",
     "aws.alb",
     "quota_lbs_per_region",
     Counted::Services,
     "application load balancers in the region"},
    {"aws.alb",
     "aws.alb",
     "quota_target_groups_per_region",
     Counted::Services,
     "target groups in the region"},
    {"aws.alb",
     "aws.vpc",
     "quota_enis_per_region",
     Counted::Zones,
     "network interfaces in the region"},
    {"aws.clb",
     "aws.clb",
     "quota_lbs_per_region",
     Counted::Services,
     "classic load balancers in the region"},
    {"aws.clb",
     "aws.vpc",
     "quota_security_group_rules",
     Counted::Rules,
     "rules in the nodes' security group"},
    {"aws.nlb", "aws.acm", "quota_certificates", Counted::Certificates, "ACM certificates"},
    {"aws.alb", "aws.acm", "quota_certificates", Counted::Certificates, "ACM certificates"},
    {"aws.nlb",
     "aws.vpc",
     "quota_security_group_rules",
     Counted::Rules,
     "rules in the nodes' security group"},
    {"azure.lb",
     "azure.lb",
     "quota_rules_per_nic",
     Counted::Listeners,
     "rules on a node's network interface"},
    {"azure.lb",
     "azure.lb",
     "quota_rules_per_lb",
     Counted::Listeners,
     "rules of the shared load balancer"},
    {"azure.lb",
     "azure.lb",
     "quota_standard_public_ips_payg",
     Counted::Services,
     "public addresses (pay as you go)"},
    {"azure.lb",
     "azure.lb",
     "quota_frontends",
     Counted::Services,
     "frontends of the shared load balancer"},
    {"gcp.l4",
     "gcp.l4",
     "quota_forwarding_rules_observed",
     Counted::Services,
     "forwarding rules of the project (as once observed)"},
    {"gcp.l4",
     "gcp.l4",
     "quota_in_use_addresses_observed",
     Counted::Services,
     "addresses in use in the region (as once observed)"},
    {"hetzner.lb", "hetzner.lb", "quota_lbs", Counted::Services, "load balancers of the account"},
    {"", "k8s.limits", "node_port_count", Counted::NodePorts, "node ports of the cluster"},
    {"",
     "k8s.limits",
     "services_per_cluster_threshold",
     Counted::Services,
     "Services of the cluster (tested up to)"},
};

double perService(const FleetShape& shape, Counted counted)
{
    switch (counted) {
    case Counted::Services:
        return 1;
    case Counted::Zones:
        return std::max(1, shape.zones);
    case Counted::Listeners:
        return shape.listenersPerService;
    case Counted::NodePorts:
        return shape.nodePortsPerService;
    case Counted::Certificates:
        return shape.certificatesPerService;
    case Counted::Rules:
        return shape.rulesPerService;
    }
    return 0;
}

} // namespace

double QuotaUse::servicesAtLimit() const
{
    return std::floor(limit / perService + 1e-9);
}

std::vector<QuotaUse> quotasOf(const FleetShape& shape, const PriceBook& book)
{
    std::vector<QuotaUse> uses;
    for (const Limit& limit : limits) {
        const Product* product = book.product(limit.product);
        const PriceFact* fact = product != nullptr ? product->fact(limit.key) : nullptr;
        const double each = perService(shape, limit.counted);
        const bool isMeant = limit.madeAs.empty() || limit.madeAs == shape.product;
        if (!isMeant || fact == nullptr || !fact->text.empty() || each <= 0) {
            continue;
        }
        const auto source = book.sources.find(fact->source);
        uses.push_back({limit.what,
                        product->id + '.' + fact->key,
                        fact->value,
                        each,
                        each * shape.services,
                        fact->isAdjustable,
                        fact->isConfirmed,
                        source == book.sources.end() ? std::string() : source->second.title});
    }
    std::stable_sort(uses.begin(), uses.end(), [](const QuotaUse& a, const QuotaUse& b) {
        return a.servicesAtLimit() < b.servicesAtLimit();
    });
    return uses;
}

double sharedGatewaysNeeded(const SharedGatewayUse& use, const PriceBook& book)
{
    const Product* product = book.product("aws.alb");
    if (product == nullptr) {
        return 1;
    }
    const auto share = [product](double used, std::string_view key) {
        const double limit = product->number(key, 0);
        return limit > 0 ? used / limit : 0.0;
    };
    const double most = std::max({share(use.services, "quota_target_groups_per_lb"),
                                  share(use.rules, "quota_rules_per_lb"),
                                  share(use.certificates, "quota_certificates_per_lb"),
                                  share(use.targets, "quota_targets_per_lb")});
    return std::max(1.0, std::ceil(most - 1e-9));
}

} // namespace lab::cost
