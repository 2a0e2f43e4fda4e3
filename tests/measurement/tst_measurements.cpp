#include "support/test_main.hpp"

#include "measurement/measurements.hpp"

using namespace lab::measurement;

/// What the counters say together.
class MeasurementsTest : public QObject {
    Q_OBJECT

private slots:
    void ratesAreOfTheMeasuredTime()
    {
        Measurements sums;
        QCOMPARE(sums.perSecond(10), 0.0); // nothing was measured
        sums.measured = std::chrono::seconds(4);
        QCOMPARE(sums.perSecond(10), 2.5);
    }

    void moreThanOnePercentLateIsSaturated()
    {
        Measurements sums;
        QVERIFY(!sums.isGeneratorSaturated());
        sums.offered = 1000;
        sums.lateSends = 10;
        QVERIFY(!sums.isGeneratorSaturated());
        sums.lateSends = 11;
        QVERIFY(sums.isGeneratorSaturated());
    }

    void errorsAreFailuresAndNotRefusals()
    {
        Measurements sums;
        sums.outcomeCounts = {{Outcome::Answered, 100},
                              {Outcome::NoDoor, 50},
                              {Outcome::NotConnected, 1},
                              {Outcome::TlsFailed, 2},
                              {Outcome::Broken, 4},
                              {Outcome::TimedOut, 8}};
        sums.statusCounts = {{200, 60}, {404, 10}, {429, 5}, {500, 16}, {503, 9}};
        sums.refused = 5 + 9; // the limiter's 503, profile ingress-nginx
        QCOMPARE(sums.errorCount(), std::uint64_t(1 + 2 + 4 + 8 + 16));
        sums.refused = 5; // the same, of a Service without endpoints
        QCOMPARE(sums.errorCount(), std::uint64_t(1 + 2 + 4 + 8 + 16 + 9));
    }

    void everyOutcomeHasItsWord_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("word");
        QTest::newRow("answered") << int(Outcome::Answered) << "answered";
        QTest::newRow("no door") << int(Outcome::NoDoor) << "no-door";
        QTest::newRow("not connected") << int(Outcome::NotConnected) << "not-connected";
        QTest::newRow("TLS failed") << int(Outcome::TlsFailed) << "tls-failed";
        QTest::newRow("broken") << int(Outcome::Broken) << "broken";
        QTest::newRow("timed out") << int(Outcome::TimedOut) << "timed-out";
    }

    void everyOutcomeHasItsWord()
    {
        QFETCH(int, outcome);
        QFETCH(QString, word);
        const std::string_view text = toText(static_cast<Outcome>(outcome));
        QCOMPARE(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), word);
    }
};

LAB_TEST(MeasurementsTest)
#include "tst_measurements.moc"
