#include "support/test_main.hpp"

#include "report/page.hpp"
#include "support/cost_report_fixture.hpp"

using namespace lab;

namespace {

QString textOf(const report::CostReport& cost)
{
    return QString::fromStdString(report::costAsText(cost, false));
}

} // namespace

/// What `cost` says to people: the answer first, then why, with every doubtful number marked.
class CostTextTest : public QObject {
    Q_OBJECT

private slots:
    void theAnswerComesFirst()
    {
        const QString text = textOf(test::costReport()).simplified();
        QVERIFY(text.startsWith("A load balancer each: 72.10 USD a month. One ingress: 36.05 USD. "
                                "The ingress costs 36.05 USD less a month. It is cheaper from 3 "
                                "services on. Money is priced (book of 2026-11-23) for 50 "
                                "requests/s a service."));
    }

    void theIngressMayLose()
    {
        report::CostReport cost = test::costReport();
        cost.ingress.bill.amount = 100;
        cost.breakEvenServices.reset();
        const QString text = textOf(cost).simplified();
        QVERIFY(text.contains("The ingress costs 27.90 USD more a month. With this traffic it is "
                              "not cheaper for any number of services up to 200."));
        cost.ingress.bill.amount = cost.perService.bill.amount;
        QVERIFY(textOf(cost).contains("Both cost the same."));
    }

    void currenciesAreNotCompared()
    {
        report::CostReport cost = test::costReport();
        cost.ingress.bill.currency = "EUR";
        QVERIFY(textOf(cost).contains("different currencies and are not compared"));
    }

    void whatIsAlikeIsCounted()
    {
        const QString text = textOf(test::costReport());
        QVERIFY(text.contains(
            QRegularExpression("     2  aws.nlb +public +shop/a and 1 more\n +annotation x\n")));
        QVERIFY(text.contains(QRegularExpression(
            "     1  not priced +internal +shop/c\n +derived; the default of moon\n")));
    }

    void unconfirmedNumbersAreMarkedWhereverTheyStand()
    {
        const QString text = textOf(test::costReport());
        QVERIFY(text.contains(QRegularExpression("aws.nlb.hourly_fixed +0.0225\\* → 0.0125")));
        QVERIFY(text.contains(QRegularExpression("200 days +100 days\\*")));
        QVERIFY(text.contains(QRegularExpression("frontends +60 of 600\\* +full at 600\n")));
        QVERIFY(text.contains("*   recalled, not confirmed by a source"));
    }

    void certificatesAndQuotasSayWhatRunsOut()
    {
        const QString text = textOf(test::costReport());
        QVERIFY(
            text.contains(QRegularExpression("one a service +1,000 +2,738 +5,475 +133 days\n")));
        QVERIFY(text.contains(QRegularExpression("wildcard +1 +2.7 +5.5 +at once\n")));
        QVERIFY(text.contains("    adjustable; aws.nlb.quota\n"));
        QVERIFY(text.contains("    adjustable: not known; azure.lb.quota_frontends\n"));
        QVERIFY(text.contains("    not adjustable; aws.alb.quota\n"));
        QVERIFY(text.contains(QRegularExpression("shop/b +18.02 +27.05 +16.05\n")));
    }

    void anEmptyReportIsShort()
    {
        const QString text = textOf({});
        QVERIFY(text.contains("Both cost the same."));
        QVERIFY(!text.contains("Certificates") && !text.contains("limit") && !text.contains("*"));
    }

    void linesStayWithinThePage()
    {
        report::CostReport cost = test::costReport();
        cost.made[0].service = std::string(300, 's');
        cost.made[0].why = QString("why ").repeated(60).toStdString();
        cost.traffic = QString("much ").repeated(60).toStdString();
        cost.quotas[0].what = std::string(200, 'q');
        for (const QString& line : textOf(cost).split('\n')) {
            QVERIFY2(line.size() <= static_cast<qsizetype>(report::Page::width), qPrintable(line));
        }
    }
};

LAB_TEST(CostTextTest)
#include "tst_cost_text.moc"
