#include "support/test_main.hpp"

#include "report/bill_json.hpp"

using namespace lab;

/// A bill in JSON carries origin, book, and the source of every line.
class BillJsonTest : public QObject {
    Q_OBJECT

private slots:
    void moneyWearsItsOriginAndBook()
    {
        cost::Bill bill;
        bill.currency = "USD";
        bill.provider = "aws";
        bill.region = "us-east-1";
        bill.bookDate = "2026-11-23";
        bill.amount = 16.425;
        bill.assumptions = {"three zones"};
        bill.lines.push_back({"load balancer hours",
                              "1 × 730 h",
                              730,
                              "h",
                              0.0225,
                              16.425,
                              "aws.nlb.hourly_fixed",
                              "The page",
                              "2026",
                              false});
        const boost::json::object json = report::billJson(bill);
        QCOMPARE(json.at("amount").to_number<double>(), 16.43); // a half is rounded up, as on paper
        QCOMPARE(json.at("unit").as_string(), "USD/month");
        QCOMPARE(json.at("origin").as_string(), "priced");
        QCOMPARE(json.at("book").as_string(), "2026-11-23");
        QCOMPARE(json.at("assumptions").as_array().size(), 1U);
        const auto& line = json.at("lines").as_array().at(0).as_object();
        QCOMPARE(line.at("unitPrice").to_number<double>(), 0.0225);
        QCOMPARE(line.at("priceKey").as_string(), "aws.nlb.hourly_fixed");
        QCOMPARE(line.at("source").as_string(), "The page");
        QVERIFY(!line.at("confirmed").as_bool());
    }

    void anEmptyBillIsWhole()
    {
        const boost::json::object json = report::billJson({});
        QVERIFY(json.at("lines").as_array().empty());
        QCOMPARE(json.at("amount").to_number<double>(), 0.0);
    }
};

LAB_TEST(BillJsonTest)
#include "tst_bill_json.moc"
