#pragma once

#include "base/result.hpp"
#include "cost/bill.hpp"
#include "cost/made_balancer.hpp"
#include "model/cluster.hpp"
#include "plan/front_door_plan.hpp"
#include "scenario/assumed_traffic.hpp"
#include "scenario/cost_estimate.hpp"
#include "scenario/plan_input.hpp"

#include <string>
#include <vector>

namespace lab::scenario {

/// Whose prices hold for an input, and how that is known.
struct Pricing {
    cost::PricingOptions options;
    cost::InferredProvider inferred; ///< Empty where somebody named the provider.
};

/// Is it a provider whose load balancers can be priced (or empty)?  WrongUse with a suggestion.
[[nodiscard]] Result<void> knowProvider(const std::string& provider);

/// What a bill is made from: prices, manifests, assumed traffic.
struct PricedInput {
    cost::PriceBook book;
    PlanInput input; ///< Readable.
    AssumedTraffic traffic;
};

/// Checks the flags, then opens all that they name. \return as estimateCost()
[[nodiscard]] Result<PricedInput> openPricedInput(const CostOptions& options);

/// The flags go before the scenario, the scenario before what the cluster's annotations say.
[[nodiscard]] Pricing choosePricing(const CostOptions& options, const PlanInput& input);

/// Which load balancer does each Service get there?  Into `pricing`, with the controllers' Service.
void takeMade(const model::Cluster& cluster, cost::PricingOptions& pricing);

/// The Services that have a load balancer in this plan, in order of its doors.
[[nodiscard]] std::vector<std::string> balancedServices(const plan::FrontDoorPlan& plan);

/// The traffic of each door of a plan. The ingress's own gets all that no other door carries.
[[nodiscard]] std::vector<cost::BilledTraffic> doorTraffic(const plan::FrontDoorPlan& plan,
                                                           const std::vector<std::string>& services,
                                                           const AssumedTraffic& traffic);

} // namespace lab::scenario
