#include "support/test_main.hpp"

#include "support/cost_report_fixture.hpp"

using namespace lab;

/// The sentences that every form of the cost report begins with.
class CostReportTest : public QObject {
    Q_OBJECT

private slots:
    void theAnswerNamesTheCheaperStyle()
    {
        report::CostReport cost = test::costReport();
        QCOMPARE(report::answerOf(cost),
                 std::string("The ingress costs 36.05 USD less a month. It is cheaper from 3 "
                             "services on."));
        cost.ingress.bill.currency = "EUR";
        QVERIFY(report::answerOf(cost).starts_with("The two are in different currencies"));
    }

    void aLimitReachesAsFarAsItsPointsAreMany()
    {
        report::CostReport cost = test::costReport();
        const QString text = QString::fromStdString(report::limitText(cost));
        QVERIFY(text.startsWith("A limit at each load balancer admits 12 times as much in all, at "
                                "each controller replica 3 times"));
        QVERIFY(text.contains("is 84.84 USD a month; whether it counts over several ALBs"));
        cost.limits.firewallMonth.reset();
        QVERIFY(!QString::fromStdString(report::limitText(cost)).contains("WAF"));
        cost.limits = {};
        QVERIFY(report::limitText(cost).empty());
    }
};

LAB_TEST(CostReportTest)
#include "tst_cost_report.moc"
