#include "support/test_main.hpp"

#include "scenario/load_fixture.hpp"
#include "scenario/load_url.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using measurement::Outcome;
using namespace std::chrono_literals;

/// One URL, at a steady rate.
class LoadUrlTest : public QObject {
    Q_OBJECT

private slots:
    void everyRequestOfTheScheduleIsSentAndCounted()
    {
        const test::LoadFixture server(10ms);
        scenario::LoadUrlOptions options;
        options.url = server.url();
        options.rate = "100/s";
        options.duration = "1s";
        options.clients = 3;
        int watched = 0;
        options.watch = [&](double share, const measurement::Measurements& soFar) {
            ++watched;
            QVERIFY(share >= 0 && share <= 1 && soFar.offered <= 100);
        };
        const auto report = scenario::loadUrl(options);
        QVERIFY2(report.has_value(), report ? "" : report.error().message().c_str());
        const auto& sums = report->measurements;
        QVERIFY(sums.offered == 99 || sums.offered == 100); // one may fall on the end
        QCOMPARE(sums.outcomeCounts.at(Outcome::Answered), sums.offered);
        QCOMPARE(sums.statusCounts.at(200), sums.offered);
        QVERIFY(sums.latency.quantile(0.5) >= 10ms);
        QVERIFY(sums.measured == 1s && !report->wasInterrupted);
        QVERIFY(watched > 3);
    }

    void aServerThatIsNotThereIsCountedToo()
    {
        scenario::LoadUrlOptions options;
        options.url = "http://127.0.0.1:1/";
        options.duration = "200ms";
        const auto report = scenario::loadUrl(options);
        QVERIFY(report.has_value());
        QCOMPARE(report->measurements.outcomeCounts.at(Outcome::NotConnected),
                 report->measurements.offered);
    }

    void stoppingGivesWhatThereIs()
    {
        const test::LoadFixture server;
        const std::atomic<bool> stop{true};
        scenario::LoadUrlOptions options;
        options.url = server.url();
        options.duration = "1h";
        options.rate = "1/s";
        options.stop = &stop;
        const auto report = scenario::loadUrl(options);
        QVERIFY(report.has_value() && report->wasInterrupted);
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("rate");
        QTest::addColumn<QString>("duration");
        QTest::addColumn<QString>("says");
        QTest::newRow("no URL") << "shop"
                                << "1/s"
                                << "1s"
                                << "is no URL";
        QTest::newRow("scheme") << "ftp://127.0.0.1/"
                                << "1/s"
                                << "1s"
                                << "is no URL";
        QTest::newRow("user") << "http://a@127.0.0.1/"
                              << "1/s"
                              << "1s"
                              << "neither a user name";
        QTest::newRow("name") << "http://shop.example.com/"
                              << "1/s"
                              << "1s"
                              << "by --host";
        QTest::newRow("remote") << "http://192.0.2.1/"
                                << "1/s"
                                << "1s"
                                << "--allow-remote";
        QTest::newRow("remote, IPv6") << "http://[2001:db8::1]/"
                                      << "1/s"
                                      << "1s"
                                      << "--allow-remote";
        QTest::newRow("rate") << "http://localhost/"
                              << "fast"
                              << "1s"
                              << "--rate fast";
        QTest::newRow("no rate") << "http://localhost/"
                                 << "0/s"
                                 << "1s"
                                 << "above 0";
        QTest::newRow("too fast") << "http://localhost/"
                                  << "2000000/s"
                                  << "1s"
                                  << "at most";
        QTest::newRow("too short") << "http://localhost/"
                                   << "1/s"
                                   << "1ms"
                                   << "100ms to 1h";
        QTest::newRow("no time") << "http://localhost/"
                                 << "1/s"
                                 << "soon"
                                 << "--duration soon";
        QTest::newRow("too many") << "http://localhost/"
                                  << "1000000/s"
                                  << "1m"
                                  << "20000000";
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QString, url);
        QFETCH(QString, rate);
        QFETCH(QString, duration);
        QFETCH(QString, says);
        scenario::LoadUrlOptions options;
        options.url = url.toStdString();
        options.rate = rate.toStdString();
        options.duration = duration.toStdString();
        const auto report = scenario::loadUrl(options);
        QVERIFY(!report.has_value());
        QVERIFY(report.error().kind() == ErrorKind::WrongUse);
        QVERIFY2(report.error().message().find(says.toStdString()) != std::string::npos,
                 report.error().message().c_str());
    }

    void aCaThatCannotBeReadIsTheEnvironments()
    {
        scenario::LoadUrlOptions options;
        options.url = "https://shop.localhost/";
        options.caFile = "/nowhere/ca.pem";
        const auto report = scenario::loadUrl(options);
        QVERIFY(!report.has_value() && report.error().kind() == ErrorKind::Environment);
    }
};

LAB_TEST(LoadUrlTest)
#include "tst_load_url.moc"
