#include "support/test_main.hpp"

#include "support/cost_family_fixture.hpp"

using namespace lab;
using cost::BilledDoor;
using test::billOf;
using test::lineOf;

Q_DECLARE_METATYPE(BilledDoor)

/// A flat price a load balancer, and more or larger ones where one is too small.
class FlatPriceTest : public QObject {
    Q_OBJECT

private slots:
    void trafficForcesMoreOrLargerOnes_data()
    {
        QTest::addColumn<QString>("priceKey");
        QTest::addColumn<BilledDoor>("door");
        QTest::addColumn<double>("count"); ///< Of the price's unit: months, or hours / 730.
        const auto door = [](double requests, double megabits, double handshakes, double active) {
            return BilledDoor{{requests, megabits * 1e6 / 8, handshakes, active, 0}, 1, 0, true};
        };
        QTest::newRow("one DO node")
            << "digitalocean.lb.monthly_fixed_per_node" << door(100, 1, 1, 100) << 1.0;
        QTest::newRow("DO by connections")
            << "digitalocean.lb.monthly_fixed_per_node" << door(100, 1, 1, 30'000) << 3.0;
        QTest::newRow("DO by requests")
            << "digitalocean.lb.monthly_fixed_per_node" << door(10'001, 1, 1, 100) << 2.0;
        QTest::newRow("DO by handshakes")
            << "digitalocean.lb.monthly_fixed_per_node" << door(100, 1, 1'000, 100) << 4.0;
        QTest::newRow("Linode exactly full")
            << "linode.nodebalancer.monthly_fixed" << door(1, 1, 1, 10'000) << 1.0;
        QTest::newRow("Hetzner LB11") << "hetzner.lb.monthly_fixed" << door(1, 1, 1, 9'000) << 1.0;
        QTest::newRow("Hetzner LB21")
            << "hetzner.lb.monthly_fixed_lb21" << door(1, 1, 1, 15'000) << 1.0;
        QTest::newRow("OVH size L") << "ovh.lb.monthly_fixed_l" << door(1, 300, 1, 1) << 1.0;
        QTest::newRow("Scaleway S") << "scaleway.lb.hourly_fixed" << door(1, 100, 1, 1) << 730.0;
        QTest::newRow("Scaleway GP-M")
            << "scaleway.lb.hourly_fixed_gp_m" << door(1, 440, 1, 1) << 730.0;
    }
    void trafficForcesMoreOrLargerOnes()
    {
        QFETCH(QString, priceKey);
        QFETCH(BilledDoor, door);
        QFETCH(double, count);
        const std::string product = priceKey.section('.', 0, 1).toStdString();
        const cost::Bill bill = billOf(cost::chargeFlatPrice, product, {door});
        const cost::BillLine* line = lineOf(bill, priceKey.toStdString());
        QVERIFY(line != nullptr);
        QCOMPARE(line->quantity, count);
    }

    void separateOnesBringTheirCapacityForFree()
    {
        const BilledDoor busy{{1, 1, 1, 9'000, 0}, 1, 0, false};
        const cost::Bill bill = billOf(cost::chargeFlatPrice, "linode.nodebalancer", {busy, busy});
        QCOMPARE(bill.lines.front().quantity, 2.0);
        QCOMPARE(bill.lines.front().detail, std::string("2 × NodeBalancer"));
    }

    void theFirstOracleLoadBalancerAndItsBandwidthAreFree()
    {
        const BilledDoor quiet{{1, 1'000, 1, 1, 0}, 1, 0, false};
        const cost::Bill one = billOf(cost::chargeFlatPrice, "oci.lb", {quiet});
        QCOMPARE(one.amount, 0.0);
        const cost::Bill two = billOf(cost::chargeFlatPrice, "oci.lb", {quiet, quiet});
        QCOMPARE(lineOf(two, "oci.lb.hourly_fixed")->quantity, 2 * 730.0 - 744);
        QCOMPARE(lineOf(two, "oci.lb.bandwidth")->quantity, 10 * 730.0);
    }

    void poolAddressesAreCountedThoughFree()
    {
        const cost::Bill bill =
            billOf(cost::chargeFlatPrice, "onprem.vip", std::vector<BilledDoor>(7));
        QCOMPARE(bill.lines.front().quantity, 7 * 730.0);
        QCOMPARE(bill.amount, 0.0);
        QVERIFY(!bill.lines.front().isConfirmed);
    }
};

LAB_TEST(FlatPriceTest)
#include "tst_flat_price.moc"
