#include "support/test_main.hpp"

#include "frontdoor/retry.hpp"

using namespace lab;
using frontdoor::TryOutcome;
using Kind = TryOutcome::Kind;

/// When another pod is asked.
class RetryTest : public QObject {
    Q_OBJECT

private slots:
    void aTryIsRepeatedOnlyWhereItDoesNoHarm_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("wasSent");
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("again");
        const auto row = [](const char* name,
                            Kind kind,
                            int status,
                            bool wasSent,
                            const char* method,
                            bool again) {
            QTest::newRow(name) << static_cast<int>(kind) << status << wasSent << method << again;
        };
        row("refused", Kind::Refused, 0, false, "POST", true);
        row("broken GET", Kind::Broken, 0, true, "GET", true);
        row("broken POST", Kind::Broken, 0, true, "POST", false);
        row("late", Kind::TimedOut, 0, true, "GET", true);
        row("answered 500", Kind::Answered, 500, true, "GET", false);
        row("answered 503, wanted", Kind::Answered, 503, true, "GET", true);
    }

    void aTryIsRepeatedOnlyWhereItDoesNoHarm()
    {
        QFETCH(int, kind);
        QFETCH(int, status);
        QFETCH(bool, wasSent);
        QFETCH(QString, method);
        QFETCH(bool, again);
        plan::RetryPolicy policy;
        policy.onStatuses = {503};
        const TryOutcome outcome{static_cast<Kind>(kind), status, wasSent};
        QCOMPARE(triesAgain(policy, outcome, method.toStdString(), 1, {}), again);
    }

    void triesAndTimeAreBounded()
    {
        plan::RetryPolicy policy;
        const TryOutcome refused{Kind::Refused, 0, false};
        QVERIFY(triesAgain(policy, refused, "GET", 2, {}));
        QVERIFY(!triesAgain(policy, refused, "GET", 3, {}));
        policy.triesMax = 0;
        QVERIFY(triesAgain(policy, refused, "GET", 100, {}));
        policy.time = std::chrono::seconds(1);
        QVERIFY(!triesAgain(policy, refused, "GET", 1, std::chrono::seconds(1)));
        policy.onError = false;
        QVERIFY(!triesAgain(policy, refused, "GET", 1, {}));
    }
};

LAB_TEST(RetryTest)
#include "tst_retry.moc"
