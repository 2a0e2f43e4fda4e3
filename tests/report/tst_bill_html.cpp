#include "support/test_main.hpp"

#include "report/bill_html.hpp"
#include "support/cost_report_fixture.hpp"

using namespace lab;

/// The parts that the pages of cost and audit share.
class BillHtmlTest : public QObject {
    Q_OBJECT

private slots:
    void chargesOfOneKindAreOnePart()
    {
        cost::Bill bill = test::costReport().perService.bill;
        bill.lines.push_back(bill.lines.front());
        const report::Bar bar = report::billBar("now", bill);
        QCOMPARE(bar.parts.size(), std::size_t{1});
        QCOMPARE(bar.parts[0].value, 2 * 16.425);
    }

    void aBillIsATable()
    {
        cost::Bill bill = test::costReport().perService.bill;
        bill.lines[0].isConfirmed = false;
        const std::string markup = report::billSection("a <b>", bill);
        QVERIFY(markup.starts_with("<h2>a &lt;b&gt;</h2>"));
        QVERIFY(markup.find("16.43 USD*") != std::string::npos);
    }

    void quotasAndAssumptionsAreSaidOnce()
    {
        QVERIFY(report::quotaSection({}).empty());
        const report::CostReport cost = test::costReport();
        QVERIFY(report::quotaSection(cost.quotas).find("600*") != std::string::npos);
        cost::Bill bill;
        bill.assumptions = {"one", "one"};
        const QByteArray markup =
            QByteArray::fromStdString(report::assumptionSection({&bill, &bill}));
        QCOMPARE(markup.count("<li>one</li>"), 1);
    }
};

LAB_TEST(BillHtmlTest)
#include "tst_bill_html.moc"
