#include "support/test_main.hpp"

#include "support/cost_family_fixture.hpp"

#include <cmath>

using namespace lab;
using test::priceBook;

/// The ingress is charged for the pods it runs on.
class ControllerPodsTest : public QObject {
    Q_OBJECT

private slots:
    void podsAreSizedByRequestsAndNeverFewerThanRun_data()
    {
        QTest::addColumn<int>("replicas");
        QTest::addColumn<double>("requests");
        QTest::addColumn<QString>("pods");
        QTest::newRow("a floor of three") << 1 << 10.0 << "3 × 0.5 vCPU";
        QTest::newRow("600 a second") << 3 << 600.0 << "3 × 0.5 vCPU";
        QTest::newRow("exactly full") << 3 << 1'500.0 << "3 × 0.5 vCPU";
        QTest::newRow("one step more") << 3 << 1'501.0 << "3 × 1 vCPU";
        QTest::newRow("5,000 a second") << 3 << 5'000.0 << "3 × 2 vCPU";
        QTest::newRow("as many as the plan has") << 11 << 5'000.0 << "11 × 0.5 vCPU";
    }
    void podsAreSizedByRequestsAndNeverFewerThanRun()
    {
        QFETCH(int, replicas);
        QFETCH(double, requests);
        QFETCH(QString, pods);
        const cost::Bill bill = billOf("aws", static_cast<std::size_t>(replicas), requests);
        QCOMPARE(QString::fromStdString(bill.lines.front().detail), pods + " × 730 h");
    }

    void nodesAreSoldByTheHourOrTheMonth()
    {
        QCOMPARE(billOf("aws", 3, 10).lines.front().unit, std::string("vCPU-h"));
        const cost::Bill monthly = billOf("digitalocean", 3, 10);
        QCOMPARE(monthly.lines.front().unit, std::string("vCPU-month"));
        QCOMPARE(monthly.amount, 18.0);
    }

    void oracleSellsMemoryApart()
    {
        const cost::Bill bill = billOf("oracle", 3, 10);
        QCOMPARE(bill.lines.size(), std::size_t{2});
        QVERIFY(std::abs(bill.amount - 20.2575) < 1e-9);
    }

    void withoutANodePriceThePodsAreNamedAndNotGuessed()
    {
        const cost::Bill bill = billOf("hetzner", 3, 10);
        QVERIFY(bill.lines.empty());
        QCOMPARE(bill.assumptions.front(),
                 std::string("the price book has no node price for hetzner: the controller pods "
                             "(3 × 0.5 vCPU) are not in this bill"));
    }

private:
    static cost::Bill billOf(const char* provider, std::size_t replicas, double requests)
    {
        const cost::PricingOptions options;
        cost::BillWriter writer(priceBook(), options, provider);
        cost::chargeControllerPods(writer, replicas, requests);
        return writer.takeBill();
    }
};

LAB_TEST(ControllerPodsTest)
#include "tst_controller_pods.moc"
