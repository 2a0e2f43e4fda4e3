#include "support/test_main.hpp"

#include "report/bill_text.hpp"

using namespace lab;
using report::BillTable;
using report::BillTables;

namespace {

QString written(const BillTables& tables)
{
    report::Page page(false);
    report::writeBills(tables, page);
    return QString::fromStdString(page.take());
}

BillTables oneBill()
{
    BillTables tables;
    BillTable bill;
    bill.style = "ingress";
    bill.total = "1,234.50";
    bill.currency = "USD";
    bill.rows.push_back({"load balancer hours", "1 × 730 h", "0.0225", "/h", "16.43", true, 1});
    bill.rows.push_back({"controller pods", "3 × 0.5 vCPU", "0.048", "/vCPU-h", "52.56", false, 2});
    tables.bills.push_back(bill);
    tables.sources = {"The price page, 2026", "General knowledge"};
    tables.hasRecalled = true;
    tables.market = "aws us-east-1, price book of 2026-11-23";
    tables.assumptions = {"three zones"};
    return tables;
}

} // namespace

/// A bill in text names every price with its source, and what nobody confirmed.
class BillTextTest : public QObject {
    Q_OBJECT

private slots:
    void everyLineHasItsPriceAmountAndSource()
    {
        const QString text = written(oneBill());
        QVERIFY(text.contains("What it costs a month  aws us-east-1, price book of 2026-11-23\n"));
        QVERIFY(text.contains(QRegularExpression("ingress +1,234.50 USD\n")));
        QVERIFY(text.contains(
            QRegularExpression("load balancer hours +1 × 730 h +0.0225/h +16.43   \\[1\\]\n")));
        QVERIFY(text.contains("[2] General knowledge\n"));
        QVERIFY(text.contains("Assumed\n  · three zones\n"));
    }

    void whatIsNotConfirmedIsMarked()
    {
        const QString text = written(oneBill());
        QVERIFY(text.contains(QRegularExpression("0.048/vCPU-h +52.56\\* +\\[2\\]\n")));
        QVERIFY(text.contains("*   recalled, not confirmed by a source"));
        BillTables sure = oneBill();
        sure.bills[0].rows.pop_back();
        sure.hasRecalled = false;
        QVERIFY(!written(sure).contains("recalled"));
    }

    void linesStayWithinThePage()
    {
        BillTables tables = oneBill();
        tables.bills[0].rows[0].detail = QString("word ").repeated(30).toStdString();
        for (const QString& line : written(tables).split('\n')) {
            QVERIFY(line.size() <= static_cast<qsizetype>(report::Page::width));
        }
    }
};

LAB_TEST(BillTextTest)
#include "tst_bill_text.moc"
