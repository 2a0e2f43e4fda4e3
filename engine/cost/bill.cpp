#include "cost/bill.hpp"

#include "base/decimal.hpp"
#include "cost/bill_writer.hpp"
#include "cost/products.hpp"

#include <algorithm>

namespace lab::cost {
namespace {

constexpr std::string_view defaultProvider = "aws";
constexpr std::string_view classicProduct = "aws.clb"; ///< Layer 4 and 7 in one.

/// Whose prices: the user's choice, else the provider of the product they named, else AWS.
std::string chosenProvider(const PriceBook& book, const PricingOptions& options)
{
    if (!options.provider.empty()) {
        return options.provider;
    }
    for (const std::string& id : {options.perServiceProduct, options.ingressProduct}) {
        if (const Product* product = book.product(id)) {
            return product->provider;
        }
    }
    return std::string(defaultProvider);
}

bool isIngressDoor(const plan::Door& door)
{
    return door.role == plan::DoorRole::LoadBalancer && !door.replicas.empty();
}

/// The rules of the controllers behind that door: what a managed ingress would have to hold.
std::size_t rulesBehind(const plan::FrontDoorPlan& plan, const plan::Door& door)
{
    std::size_t rules = door.routes.size();
    for (const DoorId replica : door.replicas) {
        rules = std::max(rules, plan.door(replica).routes.size());
    }
    return rules;
}

/// The load balancers of a plan, by product; and what runs behind the ingress's own.
class Counting {
public:
    Counting(BillWriter& writer, const ProviderProducts& products)
        : writer_(writer)
        , products_(products)
    {
    }

    void add(const plan::FrontDoorPlan& plan, const plan::Door& door, const BilledTraffic& traffic)
    {
        const bool isIngress = isIngressDoor(door);
        const bool isManaged = isIngress && writer_.options().isIngressManaged;
        const plan::DoorMode mode = isManaged ? plan::DoorMode::Http : door.mode;
        BilledDoor billed;
        billed.traffic = traffic;
        billed.ports = std::max<std::size_t>(1, door.ports.size());
        billed.rules = rulesBehind(plan, door);
        const MadeBalancer* made = madeOf(isIngress, door);
        billed.isInternetFacing = made == nullptr || made->isInternetFacing;
        billed.terminatesTls = mode != plan::DoorMode::Tcp &&
                               std::any_of(door.ports.begin(), door.ports.end(), [](const auto& p) {
                                   return p.isTls;
                               });
        if (isIngress) {
            ingressTraffic.push_back(traffic);
        }
        const bool goesByNode = writer_.options().followsPaths && !door.path.isDirect &&
                                !door.path.isLocal && mode != plan::DoorMode::Http;
        if (goesByNode || (!isIngress && writer_.options().usesInstanceTargets)) {
            nodeTraffic.push_back(traffic);
        }
        const std::string product = productOf(isIngress, mode, made);
        hasHttpDoor_ = hasHttpDoor_ ||
                       (!isIngress && mode == plan::DoorMode::Http && product == products_.layer7);
        put(product, billed);
    }

    void charge()
    {
        for (const BilledGroup& group : groups_) {
            writer_.setMarket(*group.product);
            const std::string_view provider = group.product->provider;
            const std::string_view id = group.product->id;
            if (provider == "aws" || id == "azure.agw" || id == "azure.agc") {
                chargeCapacityUnits(writer_, group);
            } else if (provider == "gcp" || id == "azure.lb") {
                chargeForwardingRules(writer_, group);
            } else {
                chargeFlatPrice(writer_, group);
            }
        }
        explainHttpDoors();
    }

    std::vector<BilledTraffic> ingressTraffic;
    std::vector<BilledTraffic> nodeTraffic; ///< What a node may send on to another zone.

private:
    /// What the manifests say of that door's load balancer, if they do.
    [[nodiscard]] const MadeBalancer* madeOf(bool isIngress, const plan::Door& door) const
    {
        const PricingOptions& options = writer_.options();
        const auto found = options.made.find(isIngress ? options.controllerService : door.service);
        return found == options.made.end() ? nullptr : &found->second;
    }

    [[nodiscard]] std::string
    productOf(bool isIngress, plan::DoorMode mode, const MadeBalancer* made) const
    {
        const PricingOptions& options = writer_.options();
        if (isIngress && !options.ingressProduct.empty()) {
            return options.ingressProduct;
        }
        if (!isIngress && !options.perServiceProduct.empty()) {
            return options.perServiceProduct;
        }
        if (made != nullptr && !made->product.empty() &&
            (mode != plan::DoorMode::Http || made->product == classicProduct)) {
            return made->product;
        }
        return std::string(productFor(products_, mode));
    }

    void put(const std::string& id, const BilledDoor& door)
    {
        const Product* product = writer_.book().product(id);
        const auto& known = pricedProducts();
        if (product == nullptr || std::find(known.begin(), known.end(), id) == known.end()) {
            writer_.assume("no price is known for " + id +
                           ": its load balancers are not in this bill");
            return;
        }
        if (product->provider != writer_.provider()) {
            writer_.assume(id + " is no product of " + writer_.provider() +
                           ": its load balancers are not in this bill");
            return;
        }
        auto group = std::find_if(groups_.begin(), groups_.end(), [product](const BilledGroup& g) {
            return g.product == product;
        });
        if (group == groups_.end()) {
            groups_.push_back({product, {}});
            group = std::prev(groups_.end());
        }
        group->doors.push_back(door);
    }

    void explainHttpDoors()
    {
        if (!hasHttpDoor_ || !writer_.options().perServiceProduct.empty()) {
            return;
        }
        if (products_.provider == "on-premises") {
            writer_.assume("a virtual address understands no HTTP: what an http door on it would "
                           "run is not priced");
        } else if (products_.layer7 != products_.layer4) {
            writer_.assume("http doors are priced as " + std::string(products_.layer7) +
                           "; `type: LoadBalancer` alone makes " + std::string(products_.layer4) +
                           " (set spec.prices.perService)");
        }
    }

    BillWriter& writer_;
    const ProviderProducts& products_;
    std::vector<BilledGroup> groups_; ///< In order of first appearance.
    bool hasHttpDoor_ = false;
};

double bytesOf(const std::vector<BilledTraffic>& traffic)
{
    double sum = 0;
    for (const BilledTraffic& each : traffic) {
        sum += each.bytesPerSecond;
    }
    return sum;
}

double requestsOf(const std::vector<BilledTraffic>& traffic)
{
    double sum = 0;
    for (const BilledTraffic& each : traffic) {
        sum += each.requestsPerSecond;
    }
    return sum;
}

/// The controllers and the hop behind them, which only this style has.
void chargeIngressTier(BillWriter& writer,
                       const plan::FrontDoorPlan& plan,
                       const std::vector<BilledTraffic>& traffic)
{
    if (plan.controllerCount() == 0 || writer.options().isIngressManaged) {
        return;
    }
    chargeControllerPods(writer, plan.controllerCount(), requestsOf(traffic));
    if (writer.options().isZoneAware) {
        writer.assume("the ingress prefers pods of its own zone: nothing crosses zones");
        return;
    }
    const std::size_t before = writer.lineCount();
    chargeZoneHop(writer, "hop across zones", bytesOf(traffic));
    if (writer.lineCount() > before) {
        writer.assume("the ingress picks pods in any of " + std::to_string(writer.options().zones) +
                      " zones (set spec.prices.zones and zoneAware)");
    }
}

} // namespace

Bill monthlyBill(const plan::FrontDoorPlan& plan,
                 const std::vector<BilledTraffic>& doorTraffic,
                 const PriceBook& book,
                 const PricingOptions& options)
{
    BillWriter writer(book, options, chosenProvider(book, options));
    const ProviderProducts* products = productsOf(writer.provider());
    if (products == nullptr) {
        writer.assume("no prices are known for the provider " + writer.provider());
        return writer.takeBill();
    }
    const Product* market = book.product(products->layer4);
    if (options.provider.empty() && options.perServiceProduct.empty() &&
        options.ingressProduct.empty()) {
        writer.assume("provider " + writer.provider() +
                      (market != nullptr ? ' ' + market->region : std::string()) +
                      " is assumed (set spec.prices.provider)");
    }
    writer.assume("the traffic of this run, every hour of a month of " + hoursText(writer.hours()));

    Counting counting(writer, *products);
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        if (plan.doors[i].role == plan::DoorRole::LoadBalancer) {
            counting.add(
                plan, plan.doors[i], i < doorTraffic.size() ? doorTraffic[i] : BilledTraffic{});
        }
    }
    counting.charge();
    if (market != nullptr) {
        writer.setMarket(*market);
    }
    chargeIngressTier(writer, plan, counting.ingressTraffic);
    if (!counting.nodeTraffic.empty()) {
        chargeZoneHop(writer, "node hop across zones", bytesOf(counting.nodeTraffic));
    }
    writer.assume("internet egress (the same in both styles), labour and incidents are not in this "
                  "number");
    return writer.takeBill();
}

} // namespace lab::cost
