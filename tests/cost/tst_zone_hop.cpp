#include "support/test_main.hpp"

#include "support/cost_family_fixture.hpp"

#include <cmath>

using namespace lab;
using test::priceBook;

/// Bytes that cross zones are charged where the provider charges them.
class ZoneHopTest : public QObject {
    Q_OBJECT

private slots:
    void aBlindChoiceLeavesItsZone_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<int>("zones");
        QTest::addColumn<double>("amount"); ///< Of 1,000 GB a month.
        QTest::newRow("AWS charges both sides") << "aws" << 3 << 1'000 * 2.0 / 3 * 0.02;
        QTest::newRow("two zones") << "aws" << 2 << 1'000 * 0.5 * 0.02;
        QTest::newRow("one zone") << "aws" << 1 << 0.0;
        QTest::newRow("no zone is one zone") << "aws" << 0 << 0.0;
        QTest::newRow("GCP charges once, by GiB") << "gcp" << 3 << 1e12 / 1073741824 * 2 / 3 * 0.01;
        QTest::newRow("Azure does not") << "azure" << 3 << 0.0;
        QTest::newRow("Hetzner does not") << "hetzner" << 3 << 0.0;
    }
    void aBlindChoiceLeavesItsZone()
    {
        QFETCH(QString, provider);
        QFETCH(int, zones);
        QFETCH(double, amount);
        cost::PricingOptions options;
        options.zones = zones;
        cost::BillWriter writer(priceBook(), options, provider.toStdString());
        cost::chargeZoneHop(writer, "ingress to pods", 1e12 / (730 * 3600));
        const cost::Bill bill = writer.takeBill();
        QVERIFY(std::abs(bill.amount - amount) < 1e-6);
        QCOMPARE(bill.lines.empty(), amount == 0.0);
    }

    void theLineSaysHowManyBytesCross()
    {
        const cost::PricingOptions options;
        cost::BillWriter writer(priceBook(), options, "aws");
        cost::chargeZoneHop(writer, "ingress to pods", 1e12 / (730 * 3600));
        QCOMPARE(writer.takeBill().lines.front().detail,
                 std::string("2/3 of 1,000 GB, billed on both sides"));
    }
};

LAB_TEST(ZoneHopTest)
#include "tst_zone_hop.moc"
