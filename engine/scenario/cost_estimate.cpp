#include "scenario/cost_estimate.hpp"

#include "cost/products.hpp"
#include "plan/derive_twin.hpp"
#include "scenario/certificate_estimate.hpp"
#include "scenario/fleet_estimate.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/pricing.hpp"
#include "scenario/version.hpp"

#include <algorithm>
#include <map>

namespace lab::scenario {
namespace {

/// How many services the break-even is searched up to.
constexpr std::size_t servicesMax = 200;

/// Both plans, the cluster they are made from, and how each Service is priced.
struct Priced {
    model::Cluster cluster; ///< With the twin.
    plan::PlannedStyles styles;
    cost::PricingOptions pricing;
    cost::InferredProvider inferred;
};

Priced pricedFrom(PlanInput& input, const CostOptions& options)
{
    Priced priced;
    input.options.derivesTwin = true;
    priced.styles = plan::planFrontDoors(input.cluster, input.options);
    priced.cluster = plan::deriveTwin(input.cluster, input.options);
    Pricing pricing = choosePricing(options, input);
    priced.pricing = std::move(pricing.options);
    priced.inferred = std::move(pricing.inferred);
    takeMade(priced.cluster, priced.pricing);
    return priced;
}

std::vector<report::ServiceShare> sharesOf(const cost::Bill& bill,
                                           const std::vector<std::string>& services,
                                           const AssumedTraffic& traffic)
{
    std::vector<double> requests;
    std::vector<double> bytes;
    for (const std::string& service : services) {
        requests.push_back(traffic.of(service).requestsPerSecond);
        bytes.push_back(traffic.of(service).bytesPerSecond);
    }
    const auto equal = cost::splitCents(bill.amount, std::vector<double>(services.size(), 1));
    const auto byRequests = cost::splitCents(bill.amount, requests);
    const auto byBytes = cost::splitCents(bill.amount, bytes);
    std::vector<report::ServiceShare> shares;
    for (std::size_t i = 0; i < services.size(); ++i) {
        shares.push_back({services[i], equal[i], byRequests[i], byBytes[i]});
    }
    return shares;
}

report::StyleCost styleCost(const plan::FrontDoorPlan& plan,
                            const std::vector<std::string>& services,
                            const AssumedTraffic& traffic,
                            const cost::PriceBook& book,
                            const cost::PricingOptions& pricing)
{
    report::StyleCost style;
    style.loadBalancers = plan.loadBalancerCount();
    style.controllers = plan.controllerCount();
    style.bill = cost::monthlyBill(plan, doorTraffic(plan, services, traffic), book, pricing);
    style.shares = sharesOf(style.bill, services, traffic);
    return style;
}

/// What a bill reads of a door, and nothing else: copies are cheap.
plan::Door bareDoor(const plan::Door& door)
{
    plan::Door bare;
    bare.role = door.role;
    bare.mode = door.mode;
    bare.service = door.service;
    bare.ports = door.ports;
    bare.path = door.path;
    bare.routes.resize(std::min<std::size_t>(door.routes.size(), 1));
    return bare;
}

/// The load balancers of so many services, as those of the plan are, in turn.
plan::FrontDoorPlan repeated(const std::vector<plan::Door>& doors, std::size_t services)
{
    plan::FrontDoorPlan plan;
    plan.style = plan::Style::PerService;
    for (std::size_t i = 0; i < services; ++i) {
        plan.doors.push_back(doors[i % doors.size()]);
    }
    return plan;
}

void findBreakEven(const Priced& priced,
                   const AssumedTraffic& traffic,
                   const cost::PriceBook& book,
                   report::CostReport& report)
{
    std::vector<plan::Door> doors;
    for (const plan::Door& door : priced.styles.perService.doors) {
        if (door.role == plan::DoorRole::LoadBalancer) {
            doors.push_back(bareDoor(door));
        }
    }
    plan::FrontDoorPlan ingress;
    for (const plan::Door& door : priced.styles.ingress.doors) {
        ingress.doors.push_back(bareDoor(door));
        ingress.doors.back().replicas = door.replicas;
    }
    const auto shared = std::find_if(ingress.doors.begin(),
                                     ingress.doors.end(),
                                     [](const plan::Door& door) { return !door.replicas.empty(); });
    if (doors.empty() || shared == ingress.doors.end()) {
        return;
    }
    const auto total = [&](std::size_t services) {
        cost::BilledTraffic sum;
        for (std::size_t i = 0; i < services; ++i) {
            sum = plus(sum, traffic.of(doors[i % doors.size()].service));
        }
        return sum;
    };
    std::vector<cost::BilledTraffic> ingressTraffic(ingress.doors.size());
    const auto at = static_cast<std::size_t>(shared - ingress.doors.begin());
    report.servicesMax = servicesMax;
    report.breakEvenServices = cost::breakEvenServices(
        [&](std::size_t services) {
            const plan::FrontDoorPlan plan = repeated(doors, services);
            return cost::monthlyBill(plan,
                                     doorTraffic(plan, balancedServices(plan), traffic),
                                     book,
                                     priced.pricing)
                .amount;
        },
        [&](std::size_t services) {
            ingressTraffic[at] = total(services);
            return cost::monthlyBill(ingress, ingressTraffic, book, priced.pricing).amount;
        },
        servicesMax);
}

/// The product that a per-service door is priced as: as monthlyBill() chooses.
std::string productOf(const plan::Door& door, const Priced& priced)
{
    const cost::PricingOptions& pricing = priced.pricing;
    if (!pricing.perServiceProduct.empty()) {
        return pricing.perServiceProduct;
    }
    const auto made = pricing.made.find(door.service);
    const std::string product = made == pricing.made.end() ? "" : made->second.product;
    const cost::ProviderProducts* products =
        cost::productsOf(pricing.provider.empty() ? "aws" : pricing.provider);
    if (door.mode == plan::DoorMode::Http && product != "aws.clb" && products != nullptr) {
        return std::string(products->layer7);
    }
    return product;
}

void takeMadeRows(const Priced& priced, report::CostReport& report)
{
    for (const plan::Door& door : priced.styles.perService.doors) {
        if (door.role != plan::DoorRole::LoadBalancer) {
            continue;
        }
        report::MadeRow row;
        row.service = door.service;
        row.product = productOf(door, priced);
        row.isDerived = door.isDerived;
        row.why = "as told";
        const auto made = priced.pricing.made.find(door.service);
        if (made != priced.pricing.made.end()) {
            row.isInternetFacing = made->second.isInternetFacing;
            row.why = row.product == made->second.product ? made->second.why
                                                          : "an http door, as the scenario wants";
        }
        report.made.push_back(std::move(row));
    }
}

report::LimitReach limitReach(const Priced& priced,
                              const std::vector<std::string>& services,
                              const AssumedTraffic& traffic,
                              const cost::PriceBook& book)
{
    constexpr double secondsPerMonth = 730.0 * 3600;
    report::LimitReach reach;
    reach.perServicePoints = priced.styles.perService.loadBalancerCount();
    reach.ingressPoints = priced.styles.ingress.controllerCount();
    const std::string& provider = priced.pricing.provider;
    if ((provider.empty() || provider == "aws") && book.product("aws.waf") != nullptr) {
        double requests = 0;
        for (const std::string& service : services) {
            requests += traffic.of(service).requestsPerSecond;
        }
        reach.firewallMonth = cost::firewallMonth(book, 1, 1, requests * secondsPerMonth);
    }
    return reach;
}

void addAssumptions(const Priced& priced, report::CostReport& report)
{
    for (cost::Bill* bill : {&report.perService.bill, &report.ingress.bill}) {
        for (std::string& assumption : bill->assumptions) {
            if (assumption.starts_with("the traffic of this run")) {
                assumption = report.traffic + ", every hour of a month";
            }
        }
        if (!priced.inferred.provider.empty()) {
            bill->assumptions.push_back("provider " + priced.inferred.provider + ", by " +
                                        priced.inferred.sign + " of " + priced.inferred.service);
        }
    }
    const auto silent = std::count_if(priced.pricing.made.begin(),
                                      priced.pricing.made.end(),
                                      [](const auto& made) { return made.second.isDefaultScheme; });
    if (silent > 0) {
        report.perService.bill.assumptions.push_back(
            std::to_string(silent) +
            " Services name no scheme: the AWS Load Balancer Controller makes their load balancers "
            "internal, without public addresses");
    }
    if (priced.pricing.controllerService.empty() && report.ingress.controllers > 0) {
        report.ingress.bill.assumptions.emplace_back(
            "the Service of the controllers is not in the input: public, with "
            "externalTrafficPolicy: Local, as ingress-nginx's manifests for clouds have it");
    }
}

} // namespace

Result<report::CostReport> estimateCost(const CostOptions& options)
{
    Result<PricedInput> opened = openPricedInput(options);
    if (!opened) {
        return opened.error();
    }
    auto& [book, input, traffic] = *opened;
    Priced priced = pricedFrom(input, options);
    const std::vector<std::string> services = balancedServices(priced.styles.perService);

    report::CostReport report;
    report.toolVersion = version();
    report.date = options.date.empty() ? book.asOf : options.date;
    report.traffic = traffic.text();
    report.perService =
        styleCost(priced.styles.perService, services, traffic, book, priced.pricing);
    report.ingress = styleCost(priced.styles.ingress, services, traffic, book, priced.pricing);
    findBreakEven(priced, traffic, book, report);
    report.flips = cost::flipsOf(report.perService.bill, report.ingress.bill);
    takeMadeRows(priced, report);
    estimateCertificates(priced.styles, book, report);
    std::map<std::string, std::string> products;
    for (const report::MadeRow& row : report.made) {
        products[row.service] = row.product;
    }
    report.services = static_cast<double>(products.size());
    report.quotas = fleetQuotas(priced.cluster, products, priced.pricing.zones, book);
    report.limits = limitReach(priced, services, traffic, book);
    addAssumptions(priced, report);
    report.findings = std::move(input.findings);
    append(report.findings, std::move(priced.styles.findings));
    return report;
}

} // namespace lab::scenario
