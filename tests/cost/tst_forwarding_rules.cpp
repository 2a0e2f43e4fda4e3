#include "support/test_main.hpp"

#include "support/cost_family_fixture.hpp"

#include <cmath>

using namespace lab;
using cost::BilledDoor;
using test::billOf;
using test::lineOf;

/// The first five rules are one price together; every one beyond costs its own.
class ForwardingRulesTest : public QObject {
    Q_OBJECT

private slots:
    void fiveRulesAreOneBundle_data()
    {
        QTest::addColumn<QString>("product");
        QTest::addColumn<int>("doors");
        QTest::addColumn<int>("ports");
        QTest::addColumn<double>("ruleHours"); ///< Beyond the bundle, in months.
        QTest::newRow("GCP one") << "gcp.l4" << 1 << 1 << 0.0;
        QTest::newRow("GCP five") << "gcp.l4" << 5 << 1 << 0.0;
        QTest::newRow("GCP six") << "gcp.l4" << 6 << 1 << 1.0;
        QTest::newRow("GCP, a rule takes several ports") << "gcp.l4" << 6 << 2 << 1.0;
        QTest::newRow("GCP L7, a rule a port") << "gcp.l7" << 3 << 2 << 1.0;
        QTest::newRow("Azure, four and the outbound rule") << "azure.lb" << 4 << 1 << 0.0;
        QTest::newRow("Azure, a rule a port") << "azure.lb" << 4 << 2 << 4.0;
    }
    void fiveRulesAreOneBundle()
    {
        QFETCH(QString, product);
        QFETCH(int, doors);
        QFETCH(int, ports);
        QFETCH(double, ruleHours);
        BilledDoor door;
        door.ports = static_cast<std::size_t>(ports);
        const std::vector<BilledDoor> all(static_cast<std::size_t>(doors), door);
        const cost::Bill bill = billOf(cost::chargeForwardingRules, product.toStdString(), all);
        QCOMPARE(bill.lines.front().what, std::string("first five rules"));
        QCOMPARE(bill.lines.front().quantity, 730.0);
        double further = 0;
        for (const cost::BillLine& line : bill.lines) {
            further += line.what == "further rules" ? line.quantity : 0.0;
        }
        QCOMPARE(further, ruleHours * 730);
    }

    void aPassthroughLoadBalancerBillsWhatComesIn()
    {
        const BilledDoor door{{1, 11'000, 0, 0, 1'000}, 1, 0, false};
        const cost::Bill bill = billOf(cost::chargeForwardingRules, "gcp.l4", {door});
        const double gib = 1'000.0 * 3600 * 730 / (1024.0 * 1024 * 1024);
        QVERIFY(std::abs(lineOf(bill, "gcp.l4.data_processed_inbound")->quantity - gib) < 1e-9);
        QVERIFY(lineOf(bill, "gcp.l4.data_processed_outbound") == nullptr);
        const cost::Bill proxy = billOf(cost::chargeForwardingRules, "gcp.l7", {door});
        QVERIFY(std::abs(lineOf(proxy, "gcp.l7.data_processed_outbound")->quantity - 10 * gib) <
                1e-8);
    }

    void anUnknownSplitCountsAllAsInboundAndSaysSo()
    {
        const BilledDoor door{{1, 11'000, 0, 0, 0}, 1, 0, false};
        const cost::Bill bill = billOf(cost::chargeForwardingRules, "gcp.l4", {door});
        QVERIFY(lineOf(bill, "gcp.l4.data_processed_inbound")->amount > 0);
        QCOMPARE(bill.assumptions.front(),
                 std::string("how many bytes come in is not known: all count as inbound"));
    }

    void azureAddsAnAddressAService()
    {
        cost::PricingOptions options;
        const std::vector<BilledDoor> doors(3);
        const char* key = "azure.lb.public_ipv4_hourly";
        QCOMPARE(lineOf(billOf(cost::chargeForwardingRules, "azure.lb", doors), key)->quantity,
                 3 * 730.0);
        options.isInternetFacing = false;
        QVERIFY(lineOf(billOf(cost::chargeForwardingRules, "azure.lb", doors, options), key) ==
                nullptr);
    }
};

LAB_TEST(ForwardingRulesTest)
#include "tst_forwarding_rules.moc"
