#include "support/test_main.hpp"

#include "support/cost_family_fixture.hpp"

#include <cmath>

using namespace lab;
using cost::BilledDoor;
using cost::BilledTraffic;
using test::billOf;
using test::lineOf;

Q_DECLARE_METATYPE(BilledDoor)

/// Capacity units follow the largest dimension of each load balancer.
class CapacityUnitsTest : public QObject {
    Q_OBJECT

private slots:
    void theLargestDimensionDecides_data()
    {
        QTest::addColumn<QString>("product");
        QTest::addColumn<QString>("priceKey");
        QTest::addColumn<BilledDoor>("door");
        QTest::addColumn<double>("units");
        QTest::addColumn<QString>("by");
        const auto row = [](const char* name,
                            const char* product,
                            const char* key,
                            BilledDoor door,
                            double units,
                            const char* by) {
            QTest::newRow(name) << product << key << door << units << by;
        };
        const char* unit = "usage_unit_price";
        // 1 GB an hour is 277,777.8 bytes/s.
        const double gb = 1e9 / 3600;
        row("NLB bytes",
            "aws.nlb",
            unit,
            {{0, 2 * gb, 1, 1, 0}, 1, 0, false},
            2,
            "processed bytes");
        row("NLB new", "aws.nlb", unit, {{0, gb, 2400, 1, 0}, 1, 0, false}, 3, "new connections");
        row("NLB TLS new", "aws.nlb", unit, {{0, gb, 100, 1, 0}, 1, 0, true}, 2, "new connections");
        row("NLB TLS active",
            "aws.nlb",
            unit,
            {{0, gb, 1, 12'000, 0}, 1, 0, true},
            4,
            "active connections");
        row("ALB bytes",
            "aws.alb",
            unit,
            {{10, 3 * gb, 1, 1, 0}, 2, 10, true},
            3,
            "processed bytes");
        row("ALB new", "aws.alb", unit, {{10, gb, 50, 1, 0}, 2, 10, true}, 2, "new connections");
        row("ALB rules",
            "aws.alb",
            unit,
            {{5000, gb, 1, 1, 0}, 2, 100, true},
            450,
            "rule evaluations");
        row("ALB ten rules are free",
            "aws.alb",
            unit,
            {{5000, gb, 1, 1, 0}, 2, 10, true},
            1,
            "processed bytes");
        row("AGW throughput",
            "azure.agw",
            "capacity_unit_standard",
            {{1, 2.22e6 / 8 * 5, 1, 1, 0}, 1, 0, true},
            5,
            "throughput");
        row("AGW handshakes",
            "azure.agw",
            "capacity_unit_standard",
            {{1, 1, 150, 1, 0}, 1, 0, true},
            3,
            "TLS handshakes");
        row("AGC bills whole units",
            "azure.agc",
            "capacity_unit",
            {{1, 1, 1, 3000, 0}, 1, 0, false},
            2,
            "connections");
    }
    void theLargestDimensionDecides()
    {
        QFETCH(QString, product);
        QFETCH(QString, priceKey);
        QFETCH(BilledDoor, door);
        QFETCH(double, units);
        QFETCH(QString, by);
        const cost::Bill bill = billOf(cost::chargeCapacityUnits, product.toStdString(), {door});
        const cost::BillLine* line = lineOf(bill, (product + '.' + priceKey).toStdString());
        QVERIFY(line != nullptr);
        QVERIFY2(std::abs(line->quantity - units * 730) < 1e-6,
                 qPrintable(QString::number(line->quantity / 730)));
        QVERIFY(QString::fromStdString(line->detail).endsWith("by " + by));
    }

    // P_hour + U · P_unit: the two examples of the AWS pricing page, whose month has 720 hours:
    // 0.0225 + 1.08 · 0.008 = 0.03114 by bytes, 0.0225 + 6 · 0.008 = 0.0705 by active connections.
    void theExamplesOfThePricingPageComeOut_data()
    {
        QTest::addColumn<BilledDoor>("door");
        QTest::addColumn<double>("units");
        QTest::addColumn<double>("month");
        // One new connection/s for two minutes, five requests/s on 60 rules, 300 kB/s.
        QTest::newRow("one connection/s")
            << BilledDoor{{5, 300e3, 1, 120, 0}, 1, 60, false} << 1.08 << 22.42;
        // 100 new connections/s for three minutes, four requests/s on 20 rules, 1,000 kB/s.
        QTest::newRow("100 connections/s")
            << BilledDoor{{4, 1000e3, 100, 18'000, 0}, 1, 20, false} << 6.0 << 50.76;
    }
    void theExamplesOfThePricingPageComeOut()
    {
        QFETCH(BilledDoor, door);
        QFETCH(double, units);
        QFETCH(double, month);
        cost::PricingOptions options;
        options.isInternetFacing = false;
        const cost::Bill bill = billOf(cost::chargeCapacityUnits, "aws.alb", {door}, options);
        const double used = lineOf(bill, "aws.alb.usage_unit_price")->quantity / 730;
        QVERIFY(std::abs(used - units) < 1e-9);
        QVERIFY(std::abs(bill.amount / 730 * 720 - month) < 0.00501);
    }

    void unitsAreCountedForEachLoadBalancerAndAddedUp()
    {
        const BilledDoor byBytes{{0, 1e9 / 3600, 0, 0, 0}, 1, 0, false};
        const BilledDoor byConnections{{0, 0, 1600, 0, 0}, 1, 0, false};
        const cost::Bill bill =
            billOf(cost::chargeCapacityUnits, "aws.nlb", {byBytes, byConnections});
        const cost::BillLine* line = lineOf(bill, "aws.nlb.usage_unit_price");
        QCOMPARE(line->quantity, 3 * 730.0);
        QVERIFY(QString::fromStdString(line->detail).endsWith("by the largest dimension of each"));
    }

    void anAddressAZoneFacesTheInternet()
    {
        cost::PricingOptions options;
        options.zones = 2;
        const std::vector<BilledDoor> doors(3);
        const char* key = "aws.nlb.public_ipv4_hourly";
        QCOMPARE(
            lineOf(billOf(cost::chargeCapacityUnits, "aws.nlb", doors, options), key)->quantity,
            3 * 2 * 730.0);
        options.isInternetFacing = false;
        QVERIFY(lineOf(billOf(cost::chargeCapacityUnits, "aws.nlb", doors, options), key) ==
                nullptr);
    }

    void theClassicOneCountsBytes()
    {
        const BilledDoor door{{0, 1e9 / 3600, 500, 500, 0}, 1, 0, false};
        const cost::Bill bill = billOf(cost::chargeCapacityUnits, "aws.clb", {door});
        QVERIFY(lineOf(bill, "aws.clb.usage_unit_price") == nullptr);
        QVERIFY(std::abs(lineOf(bill, "aws.clb.data_processed")->quantity - 730) < 1e-9);
    }
};

LAB_TEST(CapacityUnitsTest)
#include "tst_capacity_units.moc"
