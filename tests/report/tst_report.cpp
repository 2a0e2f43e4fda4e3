#include "support/test_main.hpp"

#include "report/report.hpp"
#include "support/report_fixture.hpp"

#include <algorithm>

using namespace lab;
using report::measureAt;
using report::Origin;

/// Numbers are found by their path, with unit and origin.
class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void aMeasureIsFoundByItsPath_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("origin");
        const auto row = [](const char* path, double value, const char* unit, const char* origin) {
            QTest::newRow(path) << path << value << unit << origin;
        };
        row("certificates", 2, "count", "counted");
        row("loadBalancers", 2, "count", "counted");
        row("overallLimit.factor", 2.0, "ratio", "measured");
        row("overallLimit.held", 0, "bool", "measured");
        row("overallLimit.idealPerSecond", 112.5, "1/s", "theory");
        row("overallLimit.ratePerSecond", 100, "1/s", "counted");
        row("admittedPerSecond", 225, "1/s", "measured");
        row("requestsPerSecond", 400, "1/s", "measured");
        row("offered", 1604, "count", "measured");
        row("noDoor", 4, "count", "measured");
        row("errors.ratio", 0, "ratio", "measured");
        row("statusCounts.429", 700, "count", "measured");
        row("statusCounts.500", 0, "count", "measured");
        row("outcomeCounts.answered", 1600, "count", "measured");
        row("latency.max", 1.3, "ms", "measured");
    }
    void aMeasureIsFoundByItsPath()
    {
        QFETCH(QString, path);
        const auto measure = measureAt(test::perServiceStyle(), path.toStdString());
        QVERIFY(measure.has_value());
        QTEST(measure->value, "value");
        QTEST(QString::fromStdString(measure->unit), "unit");
        const std::string_view origin = report::toText(measure->origin);
        QTEST(QString::fromUtf8(origin.data(), static_cast<int>(origin.size())), "origin");
    }

    void moneyNamesItsCurrencyAndBook()
    {
        const auto cost = measureAt(test::perServiceStyle(), "monthlyCost");
        QCOMPARE(cost->unit, std::string("USD/month"));
        QCOMPARE(cost->origin, Origin::Priced);
        QCOMPARE(cost->book, std::string("2026-11-23"));
        QVERIFY(cost->value > 58.48 && cost->value < 58.49);
    }

    void whatIsNotThereIsNoNumber()
    {
        report::StyleReport style = test::perServiceStyle();
        for (const char* path : {"",
                                 "latency",
                                 "latency.p42",
                                 "statusCounts.",
                                 "statusCounts.99",
                                 "statusCounts.2xx",
                                 "statusCounts.600",
                                 "monthlyCost.lines"}) {
            QVERIFY2(!measureAt(style, path), path);
        }
        style.overallLimit.reset();
        QVERIFY(!measureAt(style, "overallLimit.factor"));
        style.measurements = {};
        QVERIFY(!measureAt(style, "latency.p50"));
        QCOMPARE(measureAt(style, "requestsPerSecond")->value, 0.0);
    }

    void everyPathIsANumberOfAFullReport()
    {
        const report::StyleReport style = test::ingressStyle();
        std::size_t count = 0;
        for (const std::string& path : report::measurePaths()) {
            QVERIFY2(path == "statusCounts.NNN" || measureAt(style, path), path.c_str());
            ++count;
        }
        QVERIFY(count > 30);
    }

    void aVirtualRunIsSimulated()
    {
        report::StyleReport style = test::ingressStyle();
        style.trafficOrigin = Origin::Simulated;
        QCOMPARE(measureAt(style, "latency.p99")->origin, Origin::Simulated);
        QCOMPARE(measureAt(style, "statusCounts.200")->origin, Origin::Simulated);
        QCOMPARE(measureAt(style, "overallLimit.factor")->origin, Origin::Simulated);
        QCOMPARE(measureAt(style, "overallLimit.idealPerSecond")->origin, Origin::Theory);
        QCOMPARE(measureAt(style, "certificates")->origin, Origin::Counted);
    }

    void onlyAFailureFails()
    {
        report::Report report = test::twoDoorsReport();
        QVERIFY(!report.passed());
        report.expectations[1].verdict = report::ExpectationResult::Verdict::Inconclusive;
        QVERIFY(report.passed());
        report.expectations.clear();
        QVERIFY(report.passed());
    }

    void aStyleMayBeLeftOut()
    {
        report::Report report = test::twoDoorsReport();
        QCOMPARE(report.style(plan::Style::Ingress), &report.styles[1]);
        report.styles.pop_back();
        QVERIFY(report.style(plan::Style::Ingress) == nullptr);
    }
};

LAB_TEST(ReportTest)
#include "tst_report.moc"
