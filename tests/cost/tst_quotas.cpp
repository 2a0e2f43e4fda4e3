#include "support/test_main.hpp"

#include "cost/bill.hpp"
#include "cost/break_even.hpp"
#include "cost/price_override.hpp"
#include "cost/quotas.hpp"
#include "support/price_book_fixture.hpp"

#include <algorithm>
#include <cmath>

using namespace lab;
using cost::FleetShape;
using cost::QuotaUse;

namespace {

/// Three zones, listeners 80 and 443.
FleetShape fleet(const char* product, double services = 0)
{
    FleetShape shape;
    shape.product = product;
    shape.services = services;
    shape.listenersPerService = 2;
    shape.nodePortsPerService = 2;
    return shape;
}

std::optional<QuotaUse> useOf(const FleetShape& shape,
                              const std::string& key,
                              const cost::PriceBook& book = test::priceBook())
{
    const auto uses = cost::quotasOf(shape, book);
    const auto found = std::find_if(
        uses.begin(), uses.end(), [&](const QuotaUse& use) { return use.priceKey == key; });
    return found == uses.end() ? std::nullopt : std::optional(*found);
}

} // namespace

/// Which limit is hit, by which Service, and whether it can be raised.
class QuotasTest : public QObject {
    Q_OBJECT

private slots:
    // Which wall comes first: ⌊limit ÷ what one Service takes⌋
    void theWallsStandWhereTheyWereWorkedOut_data()
    {
        QTest::addColumn<QString>("product");
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("services");
        QTest::addColumn<QString>("adjustable");
        const auto row =
            [](const char* product, const char* key, double services, const char* how) {
                QTest::newRow(key) << product << key << services << how;
            };
        row("aws.nlb", "aws.nlb.quota_lbs_per_region", 50, "yes");
        row("aws.nlb", "aws.nlb.quota_enis_per_vpc", 400, "yes");
        row("aws.nlb", "aws.nlb.quota_target_groups_per_region", 1500, "yes");
        row("aws.nlb", "aws.vpc.quota_enis_per_region", 1666, "yes");
        row("aws.nlb", "k8s.limits.node_port_count", 1384, "unknown");
        row("aws.nlb", "k8s.limits.services_per_cluster_threshold", 10'000, "unknown");
        row("aws.alb", "aws.alb.quota_lbs_per_region", 50, "yes");
        row("aws.clb", "aws.clb.quota_lbs_per_region", 20, "yes");
        row("azure.lb", "azure.lb.quota_rules_per_nic", 150, "unknown");
        row("azure.lb", "azure.lb.quota_rules_per_lb", 750, "unknown");
        row("azure.lb", "azure.lb.quota_standard_public_ips_payg", 10, "yes");
        row("gcp.l4", "gcp.l4.quota_in_use_addresses_observed", 8, "unknown");
        row("hetzner.lb", "hetzner.lb.quota_lbs", 20, "yes");
    }
    void theWallsStandWhereTheyWereWorkedOut()
    {
        QFETCH(QString, product);
        QFETCH(QString, key);
        QFETCH(double, services);
        QFETCH(QString, adjustable);
        const auto use = useOf(fleet(product.toUtf8().constData()), key.toStdString());
        QVERIFY(use.has_value());
        QCOMPARE(use->servicesAtLimit(), services);
        QCOMPARE(use->isAdjustable ? (*use->isAdjustable ? "yes" : "no") : "unknown", adjustable);
        QVERIFY(!use->source.empty() && !use->what.empty());
    }

    void theNearestWallIsFirst()
    {
        const auto uses = cost::quotasOf(fleet("aws.nlb"), test::priceBook());
        QCOMPARE(uses.front().priceKey, "aws.nlb.quota_lbs_per_region");
        QVERIFY(std::is_sorted(uses.begin(), uses.end(), [](const auto& a, const auto& b) {
            return a.servicesAtLimit() < b.servicesAtLimit();
        }));
        for (const QuotaUse& use : uses) {
            QVERIFY(!use.priceKey.starts_with("azure"));
        }
    }

    // NodePorts under externalTrafficPolicy: Local: 2768 ÷ 3 = 922
    void healthChecksTakeNodePortsToo()
    {
        FleetShape shape = fleet("aws.nlb");
        shape.nodePortsPerService = 3;
        QCOMPARE(useOf(shape, "k8s.limits.node_port_count")->servicesAtLimit(), 922.0);
    }

    // 330 rules of a raised quota, 3 a load balancer: 110 of them
    void securityGroupRulesRunOut()
    {
        cost::PriceBook book = test::priceBook();
        QVERIFY(cost::overridePrice(book, "aws.vpc.quota_security_group_rules=330"));
        FleetShape shape = fleet("aws.clb", 111);
        const char* key = "aws.vpc.quota_security_group_rules";
        QVERIFY(!useOf(shape, key, book)); // None are added: no wall.
        shape.rulesPerService = 3;
        QCOMPARE(useOf(shape, key, book)->servicesAtLimit(), 110.0);
        QVERIFY(useOf(shape, key, book)->isExceeded());
    }

    // "You might not be given over 10k LBs in one account"
    void tenThousandLoadBalancersAreArithmetic()
    {
        const FleetShape shape = fleet("aws.nlb", 10'000);
        const auto times = [&](const char* key) {
            const QuotaUse use = *useOf(shape, key);
            return use.used / use.limit;
        };
        QCOMPARE(times("aws.nlb.quota_lbs_per_region"), 200.0);
        QCOMPARE(times("aws.nlb.quota_enis_per_vpc"), 25.0);
        QCOMPARE(times("aws.vpc.quota_enis_per_region"), 6.0);
        QCOMPARE(std::round(times("aws.nlb.quota_target_groups_per_region") * 10), 67.0);
        QCOMPARE(std::round(times("k8s.limits.node_port_count") * 10), 72.0);
        QVERIFY(!useOf(shape, "k8s.limits.services_per_cluster_threshold")->isExceeded());
        // Idle: N · H (P_hour + Z · P_ipv4)
        QVERIFY(std::abs(10'000 * cost::savingPerMergedBalancer(test::priceBook(), 3, true) -
                         273'750) < 1e-6);
    }

    // ⌈max(services/100, rules/100, certificates/25, targets/1000)⌉
    void sharedGatewaysAreForcedByQuotas_data()
    {
        QTest::addColumn<double>("services");
        QTest::addColumn<double>("rules");
        QTest::addColumn<double>("certificates");
        QTest::addColumn<double>("targets");
        QTest::addColumn<double>("gateways");
        QTest::newRow("a hundred backends") << 100.0 << 100.0 << 1.0 << 300.0 << 1.0;
        QTest::newRow("one more") << 101.0 << 100.0 << 1.0 << 300.0 << 2.0;
        QTest::newRow("rules") << 50.0 << 250.0 << 1.0 << 150.0 << 3.0;
        QTest::newRow("certificates") << 100.0 << 100.0 << 100.0 << 300.0 << 4.0;
        QTest::newRow("targets") << 100.0 << 100.0 << 1.0 << 5000.0 << 5.0;
        QTest::newRow("nothing") << 0.0 << 0.0 << 0.0 << 0.0 << 1.0;
    }
    void sharedGatewaysAreForcedByQuotas()
    {
        QFETCH(double, services);
        QFETCH(double, rules);
        QFETCH(double, certificates);
        QFETCH(double, targets);
        QFETCH(double, gateways);
        QCOMPARE(
            cost::sharedGatewaysNeeded({services, rules, certificates, targets}, test::priceBook()),
            gateways);
    }

    void anEmptyBookHasNoWalls()
    {
        QVERIFY(cost::quotasOf(fleet("aws.nlb", 10), {}).empty());
        QCOMPARE(cost::sharedGatewaysNeeded({1e6, 0, 0, 0}, {}), 1.0);
    }
};

LAB_TEST(QuotasTest)
#include "tst_quotas.moc"
