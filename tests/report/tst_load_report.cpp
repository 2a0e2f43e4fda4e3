#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>

#include "report/load_report.hpp"

using namespace lab;
using measurement::Outcome;
using namespace std::chrono_literals;

namespace {

report::LoadReport loadOf(std::uint64_t lateSends)
{
    report::LoadReport load;
    load.url = "http://127.0.0.1:8080/";
    load.ratePerSecond = 100;
    load.duration = 10s;
    auto& sums = load.measurements;
    sums.measured = 10s;
    sums.offered = 1000;
    sums.lateSends = lateSends;
    sums.connectionsOpened = 3;
    sums.outcomeCounts = {{Outcome::Answered, 990}, {Outcome::TimedOut, 10}};
    sums.statusCounts = {{200, 980}, {503, 10}};
    for (int i = 1; i <= 990; ++i) {
        sums.latency.record(std::chrono::milliseconds(i));
    }
    return load;
}

} // namespace

/// What a load came to, and whether it can be believed.
class LoadReportTest : public QObject {
    Q_OBJECT

private slots:
    void peopleReadCountsAndTheDistribution()
    {
        const QString text = QString::fromStdString(report::renderLoadText(loadOf(0), false));
        for (const char* says : {"GET http://127.0.0.1:8080/",
                                 "100 a second for 10 s, evenly spaced, 1 client",
                                 "990, 99.0 a second",
                                 "503         10",
                                 "timed-out     10",
                                 "99 %",
                                 "The generator kept to its schedule"}) {
            QVERIFY2(text.contains(says), qPrintable(text));
        }
        QVERIFY(!text.contains("99.9 %")); // of 990 answers less than one lies beyond it
        QVERIFY(!text.contains("nconclusive"));
    }

    void aLateGeneratorIsSaidToBeTheBottleneck()
    {
        QVERIFY(loadOf(10).isConclusive());
        QVERIFY(!loadOf(11).isConclusive());
        const QString text = QString::fromStdString(report::renderLoadText(loadOf(11), false));
        QVERIFY2(text.contains("the generator was the bottleneck. 11 of 1,000"), qPrintable(text));
    }

    void programsGetBucketsAndUnknownQuantilesAsNull()
    {
        const auto root =
            QJsonDocument::fromJson(QByteArray::fromStdString(report::renderLoadJson(loadOf(11))));
        QCOMPARE(root["schemaVersion"].toInt(), 1);
        QCOMPARE(root["conclusive"].toBool(), false);
        QCOMPARE(root["errors"].toInt(), 20);
        QCOMPARE(root["statusCounts"]["503"].toInt(), 10);
        QVERIFY(root["latency"]["p999"].isNull());
        const double p99 = root["latency"]["p99"].toDouble();
        QVERIFY(p99 >= 981 && p99 < 990.001);
        double count = 0;
        for (const auto& each : root["latency"]["buckets"]["count"].toArray()) {
            count += each.toDouble();
        }
        QCOMPARE(count, 990.0);
    }

    void theProgressLineIsShort()
    {
        QCOMPARE(report::loadProgressLine({}), "0 asked, 0 answered");
        QCOMPARE(report::loadProgressLine(loadOf(0).measurements),
                 "1,000 asked, 990 answered, p50 497.0 ms, p99 981.5 ms, max 990.0 ms, 20 errors");
    }

    void nothingAnsweredIsSaid()
    {
        report::LoadReport load;
        load.wasInterrupted = true;
        const QString text = QString::fromStdString(report::renderLoadText(load, true));
        QVERIFY(text.contains("no answer that counts") && text.contains("Interrupted"));
        QVERIFY(report::renderLoadJson(load).find("\"p50\": null") != std::string::npos);
    }
};

LAB_TEST(LoadReportTest)
#include "tst_load_report.moc"
