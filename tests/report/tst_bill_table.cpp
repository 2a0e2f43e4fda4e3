#include "support/test_main.hpp"

#include "report/bill_table.hpp"
#include "support/report_fixture.hpp"

#include <algorithm>

using namespace lab;

/// Bills as texts: sources are numbered once, assumptions said once.
class BillTableTest : public QObject {
    Q_OBJECT

private slots:
    void linesAreWrittenOut()
    {
        const auto tables = report::billTables(test::twoDoorsReport());
        QCOMPARE(tables.bills.size(), std::size_t{2});
        const report::BillRow& row = tables.bills[0].rows[0];
        QCOMPARE(row.what, std::string("load balancer hours"));
        QCOMPARE(row.unitPrice, std::string("0.0225"));
        QCOMPARE(row.unit, std::string("/h"));
        QCOMPARE(row.amount, std::string("32.85"));
        QCOMPARE(tables.bills[0].total, std::string("58.49"));
        QCOMPARE(tables.market, std::string("aws us-east-1, price book of 2026-11-23"));
    }

    void sourcesAreSharedAndNumbered()
    {
        const auto tables = report::billTables(test::twoDoorsReport());
        QCOMPARE(tables.sources,
                 (std::vector<std::string>{"Elastic Load Balancing pricing, 2026-09-20",
                                           "General knowledge, 2025-2026"}));
        QCOMPARE(tables.bills[0].rows[0].reference, std::size_t{1});
        QCOMPARE(tables.bills[1].rows.back().reference, std::size_t{2});
        QVERIFY(tables.hasRecalled);
        QVERIFY(!tables.bills[1].rows.back().isConfirmed);
    }

    void anAssumptionOfOneStyleNamesIt()
    {
        const auto all = report::billTables(test::twoDoorsReport()).assumptions;
        QCOMPARE(all.size(), std::size_t{4});
        QCOMPARE(all[0],
                 std::string("provider aws us-east-1 is assumed (set spec.prices.provider)"));
        QVERIFY(all[2].starts_with("per-service: http doors"));
        QVERIFY(all[3].starts_with("ingress: the ingress picks"));
    }

    void aRegionThatIsAnywhereIsNotNamed()
    {
        report::Report report = test::twoDoorsReport();
        report.styles[0].monthlyCost.provider = "digitalocean";
        report.styles[0].monthlyCost.region = "any";
        QCOMPARE(report::billTables(report).market,
                 std::string("digitalocean, price book of 2026-11-23"));
    }
};

LAB_TEST(BillTableTest)
#include "tst_bill_table.moc"
