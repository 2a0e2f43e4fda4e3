#include "cost/products.hpp"

#include "cost/bill.hpp"

#include <algorithm>

namespace lab::cost {
namespace {

constexpr ProviderProducts allProviders[] = {
    {"aws", "aws.nlb", "aws.alb"},
    {"gcp", "gcp.l4", "gcp.l7"},
    {"azure", "azure.lb", "azure.agw"},
    {"digitalocean", "digitalocean.lb", "digitalocean.lb"},
    {"akamai-linode", "linode.nodebalancer", "linode.nodebalancer"},
    {"hetzner", "hetzner.lb", "hetzner.lb"},
    {"ovhcloud", "ovh.lb", "ovh.lb"},
    {"oracle", "oci.lb", "oci.lb"},
    {"scaleway", "scaleway.lb", "scaleway.lb"},
    {"on-premises", "onprem.vip", "onprem.vip"},
};

} // namespace

const ProviderProducts* productsOf(std::string_view provider)
{
    const auto* const found =
        std::find_if(std::begin(allProviders),
                     std::end(allProviders),
                     [provider](const ProviderProducts& p) { return p.provider == provider; });
    return found == std::end(allProviders) ? nullptr : found;
}

std::string_view productFor(const ProviderProducts& products, plan::DoorMode mode)
{
    return mode == plan::DoorMode::Http ? products.layer7 : products.layer4;
}

const std::vector<std::string>& pricedProviders()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const ProviderProducts& products : allProviders) {
            all.emplace_back(products.provider);
        }
        return all;
    }();
    return names;
}

const std::vector<std::string>& pricedProducts()
{
    static const std::vector<std::string> ids = [] {
        std::vector<std::string> all{"aws.clb", "azure.agc"};
        for (const ProviderProducts& products : allProviders) {
            all.emplace_back(products.layer4);
            if (products.layer7 != products.layer4) {
                all.emplace_back(products.layer7);
            }
        }
        std::sort(all.begin(), all.end());
        return all;
    }();
    return ids;
}

} // namespace lab::cost
