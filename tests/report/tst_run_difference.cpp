#include "support/test_main.hpp"

#include "report/result_fixture.hpp"
#include "report/run_difference.hpp"

#include <algorithm>

using namespace lab;
using Verdict = report::DifferenceRow::Verdict;

namespace {

const report::DifferenceRow& rowOf(const std::vector<report::DifferenceRow>& rows,
                                   const char* metric)
{
    return *std::ranges::find(rows, metric, &report::DifferenceRow::metric);
}

} // namespace

/// Two runs are told apart where they differ, and only there.
class RunDifferenceTest : public QObject {
    Q_OBJECT

private slots:
    void twoRunsOfTheSameThingShowNoRealDifference()
    {
        int different = 0;
        int rows = 0;
        for (std::uint64_t seed = 1; seed <= 100; ++seed) {
            for (const auto& row : report::differencesOf(test::resultOf(seed, 5.0),
                                                         test::resultOf(seed + 1000, 5.0))) {
                const bool isOfTraffic = row.metric.starts_with("latency.");
                rows += isOfTraffic ? 1 : 0;
                different += isOfTraffic && row.verdict != Verdict::NoDifference ? 1 : 0;
            }
        }
        QCOMPARE(rows, 500);
        QVERIFY2(different < 25, qPrintable(QString::number(different))); // 5 %
    }

    void aFifthSlowerIsSeenInMeanAndMedian()
    {
        int seen = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const auto rows =
                report::differencesOf(test::resultOf(seed, 5.0), test::resultOf(seed + 1000, 6.25));
            const auto& mean = rowOf(rows, "latency.mean");
            seen += mean.verdict == Verdict::Higher && mean.difference.contains(1.25) ? 1 : 0;
            const auto back =
                report::differencesOf(test::resultOf(seed + 1000, 6.25), test::resultOf(seed, 5.0));
            QVERIFY(rowOf(back, "latency.p50").verdict != Verdict::Higher);
        }
        QVERIFY2(seen >= 17, qPrintable(QString::number(seen)));
    }

    void warmingUpDoesNotCount()
    {
        const auto rows =
            report::differencesOf(test::resultOf(1, 5.0), test::resultOf(2, 5.0, 50.0));
        QVERIFY(rowOf(rows, "latency.mean").verdict == Verdict::NoDifference);
        QVERIFY(rowOf(rows, "latency.mean").b < 6.0);
    }

    void plansAndPricesAreTheSameOrNot()
    {
        report::ResultFile other = test::resultOf(2, 5.0);
        other.styles["ingress"].planned["loadBalancers"] = 3.0;
        const auto rows = report::differencesOf(test::resultOf(1, 5.0), other);
        QVERIFY(rowOf(rows, "loadBalancers").verdict == Verdict::Changed);
        QVERIFY(rowOf(rows, "loadBalancers").difference.low == 1.0);
        QVERIFY(rowOf(rows, "monthlyCost").verdict == Verdict::Same);
    }

    void refusalsAndErrorsAreComparedAsShares()
    {
        report::ResultFile a = test::resultOf(1, 5.0);
        report::ResultFile b = test::resultOf(2, 5.0);
        a.styles["ingress"].refused = 100;
        b.styles["ingress"].refused = 260;
        a.styles["ingress"].errors = 3;
        b.styles["ingress"].errors = 4;
        const auto rows = report::differencesOf(a, b);
        QVERIFY(rowOf(rows, "refused.ratio").verdict == Verdict::Higher);
        QVERIFY(rowOf(rows, "refused.ratio").difference.contains(0.08));
        QVERIFY(rowOf(rows, "errors.ratio").verdict == Verdict::NoDifference);
    }

    void whereNothingCanBeToldItIsSaid()
    {
        report::ResultFile late = test::resultOf(2, 9.0);
        late.styles["ingress"].isConclusive = false;
        const auto rows = report::differencesOf(test::resultOf(1, 5.0), late);
        QVERIFY(rowOf(rows, "latency.p99").verdict == Verdict::Unknown);
        QCOMPARE(rowOf(rows, "latency.p99").because, "the load generator was late");
        report::ResultFile few = test::resultOf(2, 9.0);
        few.styles["ingress"].buckets = {{9.0, 99}};
        few.styles["ingress"].offered = 99;
        const auto fewRows = report::differencesOf(few, few);
        QVERIFY(rowOf(fewRows, "latency.mean").verdict == Verdict::Unknown);
        QVERIFY(rowOf(fewRows, "errors.ratio").verdict == Verdict::Unknown);
        QVERIFY(report::differencesOf(report::ResultFile(), few).empty());
    }

    void whatTheTwoHaveNotInCommonIsSaid()
    {
        report::ResultFile other = test::resultOf(2, 5.0);
        QVERIFY(report::caveatsOf(other, other).empty());
        other.clock = "virtual";
        other.wasInterrupted = true;
        const auto caveats = report::caveatsOf(test::resultOf(1, 5.0), other);
        QCOMPARE(caveats.size(), std::size_t{2});
        QCOMPARE(caveats[0], "the clock differs: live and virtual");
    }
};

LAB_TEST(RunDifferenceTest)
#include "tst_run_difference.moc"
