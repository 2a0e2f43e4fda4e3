#include "support/test_main.hpp"

#include "support/audit_report_fixture.hpp"

using namespace lab;

/// The recommendation follows from the verdicts and the two bills, and may be: nothing.
class AuditReportTest : public QObject {
    Q_OBJECT

private slots:
    void theRecommendationIsHonest_data()
    {
        QTest::addColumn<double>("after");
        QTest::addColumn<bool>("isWorthwhile");
        QTest::addColumn<QString>("says");
        QTest::newRow("cheaper") << 108.15 << true
                                 << "Move 2 of 5 Services behind one ingress: that saves 72.10 USD";
        QTest::newRow("the same") << 180.25 << false << "nothing is gained: it costs the same";
        QTest::newRow("dearer") << 200.25 << false << "it would cost 20.00 USD more a month: keep";
    }
    void theRecommendationIsHonest()
    {
        QFETCH(double, after);
        QFETCH(bool, isWorthwhile);
        QFETCH(QString, says);
        report::AuditReport audit = test::auditReport();
        audit.after.bill.amount = after;
        QCOMPARE(audit.isWorthwhile(), isWorthwhile);
        const QString text = QString::fromStdString(report::recommendationOf(audit));
        QVERIFY2(text.contains(says), qPrintable(text));
    }

    void whereNothingMovesNothingIsRecommended()
    {
        report::AuditReport audit = test::auditReport();
        audit.rows.erase(audit.rows.begin(), audit.rows.begin() + 2);
        QVERIFY(!audit.isWorthwhile());
        QVERIFY(report::recommendationOf(audit).find("keep your load balancers") !=
                std::string::npos);
        audit.rows.clear();
        QVERIFY(report::recommendationOf(audit).find("nothing to consolidate") !=
                std::string::npos);
    }

    void whatOneFailureHitsIsSaid()
    {
        const std::string text = report::outageText(test::auditReport());
        QVERIFY(text.find("something is down 8.76 minutes a month, everything less than 0.01") !=
                std::string::npos);
        QVERIFY(text.find("each up 99.99 % of the time, assumed") != std::string::npos);
        QVERIFY(report::outageText({}).empty());
    }

    void currenciesAreNotCompared()
    {
        report::AuditReport audit = test::auditReport();
        audit.after.bill.currency = "EUR";
        QVERIFY(!audit.isWorthwhile());
        QVERIFY(report::recommendationOf(audit).find("not compared") != std::string::npos);
    }
};

LAB_TEST(AuditReportTest)
#include "tst_audit_report.moc"
