#include "support/test_main.hpp"

#include "report/measure_table.hpp"
#include "support/report_fixture.hpp"

#include <cmath>
#include <set>

using namespace lab;

/// The table is the one list of numbers that `expect` and the JSON form share.
class MeasureTableTest : public QObject {
    Q_OBJECT

private slots:
    void everyPathStandsOnce()
    {
        std::set<std::string_view> paths;
        for (const report::MeasureRow& row : report::measureTable()) {
            QVERIFY2(paths.insert(row.path).second, std::string(row.path).c_str());
        }
    }

    void everyNumberHasAUnit()
    {
        const std::set<std::string> units{
            "count", "1/s", "ms", "s", "bytes", "USD/month", "ratio", "bool"};
        const report::StyleReport style = test::perServiceStyle();
        for (const report::MeasureRow& row : report::measureTable()) {
            const auto measure = row.read(style);
            QVERIFY(measure && units.count(measure->unit) == 1);
            QVERIFY(std::isfinite(measure->value));
        }
    }

    void quantilesRise()
    {
        const report::StyleReport style = test::perServiceStyle();
        double before = 0;
        for (const char* path : {"latency.p50", "latency.p90", "latency.p99", "latency.p999"}) {
            const double value = report::measureAt(style, path)->value;
            QVERIFY(value >= before);
            before = value;
        }
        QVERIFY(std::abs(report::measureAt(style, "latency.p50")->value - 0.8) < 0.8 / 100);
    }

    void aStatusIsThreeDigits()
    {
        const report::StyleReport style = test::perServiceStyle();
        QCOMPARE(report::statusCount(style, "200")->value, 900.0);
        QCOMPARE(report::statusCount(style, "404")->value, 0.0);
        QVERIFY(!report::statusCount(style, "20"));
        QVERIFY(!report::statusCount(style, "2000"));
        QVERIFY(!report::statusCount(style, "-200"));
    }
};

LAB_TEST(MeasureTableTest)
#include "tst_measure_table.moc"
