#include "support/test_main.hpp"

#include "base/random.hpp"
#include "cost/bill.hpp"
#include "support/price_book_fixture.hpp"
#include "support/priced_plan_fixture.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace lab;
using namespace lab::test;
using cost::Bill;
using cost::BilledTraffic;
using cost::PricingOptions;

namespace {

enum class Design { PerService, Ingress };

bool saysSo(const Bill& bill, const char* words)
{
    return std::any_of(bill.assumptions.begin(), bill.assumptions.end(), [words](const auto& text) {
        return text.find(words) != std::string::npos;
    });
}

Bill billOf(Design design, int services, double rate, const PricingOptions& options)
{
    if (design == Design::Ingress) {
        return cost::monthlyBill(ingressPlan(3, static_cast<std::size_t>(services)),
                                 {commonTraffic(services, rate)},
                                 priceBook(),
                                 options);
    }
    const bool isLayer7 = options.perServiceProduct == "aws.alb";
    const auto plan = perServicePlan(static_cast<std::size_t>(services),
                                     isLayer7 ? plan::DoorMode::Http : plan::DoorMode::Tcp);
    return cost::monthlyBill(plan,
                             std::vector<BilledTraffic>(plan.doors.size(), commonTraffic(1, rate)),
                             priceBook(),
                             options);
}

PricingOptions of(const char* provider, const std::function<void(PricingOptions&)>& set = {})
{
    PricingOptions options;
    options.provider = provider;
    if (set) {
        set(options);
    }
    return options;
}

void isZoneAware(PricingOptions& options)
{
    options.isZoneAware = true;
}

void usesInstanceTargets(PricingOptions& options)
{
    options.usesInstanceTargets = true;
}

std::function<void(PricingOptions&)> product(const char* id)
{
    return [id](PricingOptions& options) { options.perServiceProduct = id; };
}

std::function<void(PricingOptions&)> managed(const char* id, double rulesShare = 1)
{
    return [id, rulesShare](PricingOptions& options) {
        options.ingressProduct = id;
        options.isIngressManaged = true;
        options.rulesProcessedShare = rulesShare;
    };
}

} // namespace

Q_DECLARE_METATYPE(PricingOptions)
Q_DECLARE_METATYPE(Design)

/// The bill must come out as worked by hand, to the cent, and every line must add up.
class BillTest : public QObject {
    Q_OBJECT

private slots:
    // Worked by hand for 12 and 100 services of 50 requests/s with 11,000 bytes, in three zones,
    // and for 12 and 100 of 1 request/s.
    void workedExamplesComeOutToTheCent_data()
    {
        QTest::addColumn<Design>("design");
        QTest::addColumn<PricingOptions>("options");
        QTest::addColumn<int>("services");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("amount");
        const auto row = [](const char* name,
                            Design design,
                            const PricingOptions& options,
                            std::initializer_list<std::pair<int, double>> amounts,
                            double rate = 50) {
            for (const auto& [services, amount] : amounts) {
                QTest::addRow("%s, %d", name, services)
                    << design << options << services << rate << amount;
            }
        };
        const auto perService = Design::PerService;
        const auto ingress = Design::Ingress;
        row("AWS NLB each", perService, of("aws"), {{1, 36.05}, {12, 432.57}, {100, 3604.74}});
        row("AWS NLB each, second hop",
            perService,
            of("aws", usesInstanceTargets),
            {{12, 663.83}, {100, 5531.94}});
        row("AWS ALB each",
            perService,
            of("aws", product("aws.alb")),
            {{1, 38.94}, {12, 467.26}, {100, 3893.82}});
        row("AWS CLB each",
            perService,
            of("aws", product("aws.clb")),
            {{1, 40.76}, {12, 489.16}, {100, 4076.32}});
        row("AWS zone-aware ingress",
            ingress,
            of("aws", isZoneAware),
            {{12, 184.00}, {100, 1104.86}});
        row("AWS zone-blind ingress", ingress, of("aws"), {{12, 415.27}, {100, 3032.06}});
        row("AWS ALB ingress",
            ingress,
            of("aws", managed("aws.alb")),
            {{12, 166.13}, {100, 2655.38}});
        row("AWS ALB ingress, half the rules",
            ingress,
            of("aws", managed("aws.alb", 0.505)),
            {{12, 166.13}, {100, 1209.97}});
        row("AWS NLB each, quiet", perService, of("aws"), {{12, 330.58}, {100, 2754.84}}, 1);
        row("AWS ingress, quiet", ingress, of("aws", isZoneAware), {{12, 82.02}, {100, 97.28}}, 1);

        row("GCP rule each", perService, of("gcp"), {{12, 81.10}, {100, 809.65}});
        row("GCP zone-aware ingress",
            ingress,
            of("gcp", isZoneAware),
            {{12, 66.68}, {100, 262.88}});
        row("GCP zone-blind ingress", ingress, of("gcp"), {{12, 174.37}, {100, 1160.30}});
        row("GCE ingress", ingress, of("gcp", managed("gcp.l7")), {{12, 147.48}, {100, 1095.16}});

        row("AKS rule each", perService, of("azure"), {{12, 207.17}, {100, 1806.75}});
        row("AKS ingress", ingress, of("azure"), {{12, 161.18}, {100, 954.84}});
        row("Application Gateway",
            ingress,
            of("azure", managed("azure.agw")),
            {{12, 318.48}, {100, 1337.06}});
        row("Gateway for Containers",
            ingress,
            of("azure", managed("azure.agc")),
            {{12, 247.47}, {100, 1269.47}});

        row("DigitalOcean each", perService, of("digitalocean"), {{12, 144}, {100, 1200}});
        row("DigitalOcean ingress", ingress, of("digitalocean"), {{12, 30}, {100, 108}});
        row("Linode each", perService, of("akamai-linode"), {{12, 120}, {100, 1000}});
        row("Linode ingress", ingress, of("akamai-linode"), {{12, 28}, {100, 102}});
        row("Hetzner each", perService, of("hetzner"), {{12, 89.88}, {100, 749}});
        row("Hetzner ingress, pods apart", ingress, of("hetzner"), {{12, 7.49}, {100, 42.98}});
        row("OVH each", perService, of("ovhcloud"), {{12, 72}, {100, 600}});
        row("OVH ingress, pods apart", ingress, of("ovhcloud"), {{12, 6}, {100, 40}});
        row("Scaleway each", perService, of("scaleway"), {{12, 245.28}, {100, 2044}});
        row("Scaleway ingress", ingress, of("scaleway"), {{12, 51.15}, {100, 165.93}});
        row("Oracle each", perService, of("oracle"), {{12, 98.61}, {100, 888.76}});
        row("Oracle ingress", ingress, of("oracle"), {{12, 23.91}, {100, 112.42}});
        row("MetalLB each", perService, of("on-premises"), {{12, 0}, {100, 0}});
    }
    void workedExamplesComeOutToTheCent()
    {
        QFETCH(Design, design);
        QFETCH(PricingOptions, options);
        QFETCH(int, services);
        QFETCH(double, rate);
        QFETCH(double, amount);
        const Bill bill = billOf(design, services, rate, options);
        QVERIFY2(std::abs(bill.amount - amount) < 0.00501,
                 qPrintable(QString::number(bill.amount, 'f', 4)));
    }

    void everyLineIsQuantityTimesPriceAndTheSumIsTheAmount()
    {
        Random random(11);
        for (int i = 0; i < 3'000; ++i) {
            PricingOptions options;
            options.provider =
                cost::pricedProviders()[random.below(cost::pricedProviders().size())];
            options.zones = static_cast<int>(random.below(5));
            options.isZoneAware = random.below(2) == 0;
            options.isIngressManaged = random.below(4) == 0;
            options.isInternetFacing = random.below(4) != 0;
            options.usesInstanceTargets = random.below(4) == 0;
            const auto count = random.below(40);
            const auto plan = random.below(2) == 0
                                  ? ingressPlan(random.below(5), random.below(200))
                                  : perServicePlan(count, plan::DoorMode(random.below(3)), 2);
            std::vector<BilledTraffic> traffic;
            for (std::size_t door = 0; door < plan.doors.size(); ++door) {
                traffic.push_back(commonTraffic(random.uniform() * 10, random.uniform() * 1000));
            }
            const Bill bill = cost::monthlyBill(plan, traffic, priceBook(), options);
            double sum = 0;
            for (const cost::BillLine& line : bill.lines) {
                QVERIFY(std::abs(line.amount - line.quantity * line.unitPrice) < 1e-9);
                QVERIFY(line.amount >= 0 && std::isfinite(line.amount));
                QVERIFY(!line.priceKey.empty() && !line.source.empty() && !line.detail.empty());
                sum += line.amount;
            }
            QVERIFY(std::abs(bill.amount - sum) < 1e-9);
            QCOMPARE(bill.provider, options.provider);
            QVERIFY(plan.doors.empty() || !bill.currency.empty());
        }
    }

    void mergingTheSameTrafficNeverAddsCapacityUnits()
    {
        // max over dimensions is sub-additive; few rules, so that evaluations do not matter.
        Random random(12);
        for (int i = 0; i < 500; ++i) {
            std::vector<BilledTraffic> apart;
            BilledTraffic together;
            for (int door = 0; door < 8; ++door) {
                const BilledTraffic one{random.uniform() * 100,
                                        random.uniform() * 1e6,
                                        random.uniform() * 100,
                                        random.uniform() * 1e5,
                                        0};
                apart.push_back(one);
                together.requestsPerSecond += one.requestsPerSecond;
                together.bytesPerSecond += one.bytesPerSecond;
                together.newConnectionsPerSecond += one.newConnectionsPerSecond;
                together.activeConnections += one.activeConnections;
            }
            const auto units = [](const Bill& bill) { return bill.lines.at(1).quantity; };
            for (const auto mode :
                 {plan::DoorMode::Tcp, plan::DoorMode::Tls, plan::DoorMode::Http}) {
                const Bill many =
                    cost::monthlyBill(perServicePlan(8, mode), apart, priceBook(), of("aws"));
                const Bill one =
                    cost::monthlyBill(perServicePlan(1, mode), {together}, priceBook(), of("aws"));
                QVERIFY(units(one) <= units(many) + 1e-6);
            }
        }
    }

    void aBillSaysWhoseItIs()
    {
        const Bill bill = billOf(Design::PerService, 2, 50, {});
        QCOMPARE(bill.provider, std::string("aws"));
        QCOMPARE(bill.region, std::string("us-east-1"));
        QCOMPARE(bill.currency, std::string("USD"));
        QCOMPARE(bill.bookDate, std::string("2026-11-23"));
        QVERIFY(saysSo(bill, "provider aws us-east-1 is assumed (set spec.prices.provider)"));
        QVERIFY(saysSo(bill, "the traffic of this run, every hour of a month of 730 h"));
        QVERIFY(!saysSo(billOf(Design::PerService, 2, 50, of("aws")), "is assumed"));
    }

    void theProviderOfANamedProductIsMeant()
    {
        const Bill bill = billOf(Design::PerService, 2, 50, of("", product("hetzner.lb")));
        QCOMPARE(bill.provider, std::string("hetzner"));
        QCOMPARE(bill.currency, std::string("EUR"));
    }

    void anotherRegionIsPricedAsTheBooksAndSaysSo()
    {
        PricingOptions options = of("aws");
        options.region = "eu-central-1";
        const Bill bill = billOf(Design::PerService, 2, 50, options);
        QVERIFY(saysSo(bill, "aws.nlb in us-east-1 only: eu-central-1 is priced as that"));
    }

    void httpDoorsTakeAnApplicationLoadBalancer()
    {
        const auto plan = perServicePlan(2, plan::DoorMode::Http);
        const Bill bill = cost::monthlyBill(plan, {{}, {}}, priceBook(), of("aws"));
        QCOMPARE(bill.lines.front().priceKey, std::string("aws.alb.hourly_fixed"));
        QVERIFY(saysSo(bill, "http doors are priced as aws.alb"));
        const Bill chosen =
            cost::monthlyBill(plan, {{}, {}}, priceBook(), of("aws", product("aws.nlb")));
        QCOMPARE(chosen.lines.front().priceKey, std::string("aws.nlb.hourly_fixed"));
        QVERIFY(!saysSo(chosen, "http doors are priced"));
    }

    void theZoneHopIsChargedToTheStyleThatHasIt()
    {
        const auto hops = [](const Bill& bill) {
            return std::count_if(bill.lines.begin(), bill.lines.end(), [](const auto& line) {
                return line.what.find("across zones") != std::string::npos;
            });
        };
        QCOMPARE(hops(billOf(Design::Ingress, 12, 50, of("aws"))), 1);
        QCOMPARE(hops(billOf(Design::Ingress, 12, 50, of("aws", isZoneAware))), 0);
        QCOMPARE(hops(billOf(Design::Ingress, 12, 50, of("aws", managed("aws.alb")))), 0);
        QCOMPARE(hops(billOf(Design::PerService, 12, 50, of("aws"))), 0);
        QCOMPARE(hops(billOf(Design::PerService, 12, 50, of("aws", usesInstanceTargets))), 1);
        QCOMPARE(hops(billOf(Design::Ingress, 12, 50, of("azure"))), 0);
    }

    void whatTheManifestsMakeIsPriced()
    {
        auto plan = perServicePlan(3);
        for (plan::Door& door : plan.doors) {
            door.service = door.name;
        }
        PricingOptions options = of("aws");
        options.made["shop/s0"] = {"aws.clb", true, "", false};
        options.made["shop/s1"] = {"aws.nlb", false, "", true};
        const Bill bill = cost::monthlyBill(plan, {}, priceBook(), options);
        const auto quantity = [&bill](const char* key) {
            const auto line =
                std::find_if(bill.lines.begin(), bill.lines.end(), [key](const auto& each) {
                    return each.priceKey == key;
                });
            return line == bill.lines.end() ? 0.0 : line->quantity / 730;
        };
        QCOMPARE(quantity("aws.clb.hourly_fixed"), 1.0);
        QCOMPARE(quantity("aws.clb.public_ipv4_hourly"), 3.0);
        QCOMPARE(quantity("aws.nlb.hourly_fixed"), 2.0);
        QCOMPARE(quantity("aws.nlb.public_ipv4_hourly"), 3.0); // the internal one has none
    }

    void aWayOverNodesIsChargedToTheDoorThatHasIt()
    {
        const auto hops = [](const plan::FrontDoorPlan& plan) {
            PricingOptions options = of("aws", isZoneAware);
            options.followsPaths = true;
            const Bill bill =
                cost::monthlyBill(plan,
                                  std::vector<BilledTraffic>(plan.doors.size(), commonTraffic()),
                                  priceBook(),
                                  options);
            return std::count_if(bill.lines.begin(), bill.lines.end(), [](const auto& line) {
                return line.what == "node hop across zones";
            });
        };
        auto plan = perServicePlan(2);
        QCOMPARE(hops(plan), 0);
        plan.doors[1].path.isDirect = false;
        QCOMPARE(hops(plan), 1);
        plan.doors[1].path.isLocal = true;
        QCOMPARE(hops(plan), 0);
        auto ingress = ingressPlan(3, 2);
        ingress.doors[0].path.isDirect = false;
        QCOMPARE(hops(ingress), 1);
    }

    void whatCannotBePricedIsSaidAndNotGuessed()
    {
        const Bill nowhere = billOf(Design::PerService, 2, 50, of("moon"));
        QCOMPARE(nowhere.amount, 0.0);
        QVERIFY(saysSo(nowhere, "no prices are known for the provider moon"));
        const Bill foreign = billOf(Design::PerService, 2, 50, of("gcp", product("aws.nlb")));
        QVERIFY(saysSo(foreign, "aws.nlb is no product of gcp"));
        const Bill unknown = billOf(Design::PerService, 2, 50, of("aws", product("aws.vpc")));
        QVERIFY(saysSo(unknown, "no price is known for aws.vpc"));
        const Bill empty = cost::monthlyBill(perServicePlan(2), {}, {}, of("aws"));
        QVERIFY(saysSo(empty, "no price is known for aws.nlb"));
    }

    void doorsWithoutTrafficStillCostTheirHours()
    {
        const Bill bill = cost::monthlyBill(perServicePlan(2), {}, priceBook(), of("aws"));
        QVERIFY(std::abs(bill.amount - 2 * 27.375) < 1e-9); // 0.0225 and three addresses an hour
    }
};

LAB_TEST(BillTest)
#include "tst_bill.moc"
