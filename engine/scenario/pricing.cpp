#include "scenario/pricing.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"
#include "plan/input_controllers.hpp"
#include "scenario/calendar_date.hpp"

#include <algorithm>
#include <set>

namespace lab::scenario {
namespace {

cost::PricingOptions wishedPricing(const CostOptions& options, const PlanInput& input)
{
    cost::PricingOptions pricing =
        input.scenario ? input.scenario->pricing : cost::PricingOptions{};
    pricing.followsPaths = true;
    pricing.provider = options.provider.empty() ? pricing.provider : options.provider;
    pricing.region = options.region.empty() ? pricing.region : options.region;
    pricing.zones = options.zones.value_or(pricing.zones);
    pricing.isZoneAware = options.isZoneAware || pricing.isZoneAware;
    return pricing;
}

} // namespace

Result<void> knowProvider(const std::string& provider)
{
    const std::vector<std::string>& known = cost::pricedProviders();
    if (provider.empty() || std::find(known.begin(), known.end(), provider) != known.end()) {
        return {};
    }
    const std::string_view near = nearest(provider, known);
    std::string remedy = near.empty() ? "known are " : "did you mean " + quoted(near) + '?';
    for (std::size_t i = 0; near.empty() && i < known.size(); ++i) {
        remedy += (i == 0 ? "" : ", ") + known[i];
    }
    return Error(ErrorKind::WrongUse,
                 "no prices are known for " + quoted(provider) + "; " + remedy);
}

Result<PricedInput> openPricedInput(const CostOptions& options)
{
    if (const Result<void> known = knowProvider(options.provider); !known) {
        return known.error();
    }
    if (!options.date.empty() && !isDate(options.date)) {
        return Error(ErrorKind::WrongUse,
                     "--date takes a day such as 2026-11-25, not " + quoted(options.date));
    }
    Result<cost::PriceBook> book = openPrices(options.prices);
    if (!book) {
        return book.error();
    }
    Result<PlanInput> input = readPlanInput(options.inputs, {options.assumesClasses});
    if (!input) {
        return input.error();
    }
    if (!input->isReadable()) {
        return Error(std::move(input->findings));
    }
    Result<AssumedTraffic> traffic = AssumedTraffic::read(options.traffic, input->cluster);
    if (!traffic) {
        return traffic.error();
    }
    return PricedInput{std::move(*book), std::move(*input), std::move(*traffic)};
}

Pricing choosePricing(const CostOptions& options, const PlanInput& input)
{
    Pricing chosen{wishedPricing(options, input), {}};
    if (chosen.options.provider.empty() && chosen.options.perServiceProduct.empty() &&
        chosen.options.ingressProduct.empty()) {
        chosen.inferred = cost::inferProvider(input.cluster);
        chosen.options.provider = chosen.inferred.provider;
    }
    return chosen;
}

void takeMade(const model::Cluster& cluster, cost::PricingOptions& pricing)
{
    const std::string provider = pricing.provider.empty() ? "aws" : pricing.provider;
    for (const model::Service& service : cluster.services) {
        if (service.type != model::ServiceType::LoadBalancer) {
            continue;
        }
        cost::MadeBalancer made = cost::madeFor(service, provider);
        if (service.meta.isDerived) { // As open as the ingress that leads to it.
            made.isInternetFacing = true;
            made.isDefaultScheme = false;
        }
        pricing.made.emplace(service.meta.fullName(), std::move(made));
    }
    const plan::InputControllers controllers = plan::findControllers(cluster);
    if (controllers.cloudService != nullptr) {
        pricing.controllerService = controllers.cloudService->meta.fullName();
    }
}

std::vector<std::string> balancedServices(const plan::FrontDoorPlan& plan)
{
    std::vector<std::string> services;
    for (const plan::Door& door : plan.doors) {
        if (door.role == plan::DoorRole::LoadBalancer) {
            services.push_back(door.service);
        }
    }
    return services;
}

std::vector<cost::BilledTraffic> doorTraffic(const plan::FrontDoorPlan& plan,
                                             const std::vector<std::string>& services,
                                             const AssumedTraffic& traffic)
{
    std::set<std::string> kept;
    for (const plan::Door& door : plan.doors) {
        if (door.role == plan::DoorRole::LoadBalancer && door.replicas.empty()) {
            kept.insert(door.service);
        }
    }
    cost::BilledTraffic shared;
    for (const std::string& service : services) {
        if (kept.find(service) == kept.end()) {
            shared = plus(shared, traffic.of(service));
        }
    }
    std::vector<cost::BilledTraffic> all;
    for (const plan::Door& door : plan.doors) {
        const bool isBilled = door.role == plan::DoorRole::LoadBalancer;
        all.push_back(!isBilled               ? cost::BilledTraffic{}
                      : door.replicas.empty() ? traffic.of(door.service)
                                              : shared);
    }
    return all;
}

} // namespace lab::scenario
