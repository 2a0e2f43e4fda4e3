#include "support/test_main.hpp"

#include "headless/stop_signal.hpp"

#include <csignal>

using lab::headless::StopSignal;

/// The first signal asks, the second would end.
class StopSignalTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstSignalSetsTheFlag_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<bool>("wasTerminated");
        QTest::newRow("SIGINT") << SIGINT << false;
        QTest::newRow("SIGTERM") << SIGTERM << true;
    }
    void theFirstSignalSetsTheFlag()
    {
        QFETCH(int, number);
        QFETCH(bool, wasTerminated);
        const StopSignal stop;
        QVERIFY(!stop.flag());
        QCOMPARE(std::raise(number), 0);
        QVERIFY(stop.flag());
        QCOMPARE(stop.wasTerminated(), wasTerminated);
        struct sigaction now {};
        ::sigaction(number, nullptr, &now);
        QVERIFY(now.sa_handler == SIG_DFL); // the next one ends the process
    }
};

LAB_TEST(StopSignalTest)
#include "tst_stop_signal.moc"
