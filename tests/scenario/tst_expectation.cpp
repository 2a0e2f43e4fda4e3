#include "support/test_main.hpp"

#include "scenario/expectation.hpp"
#include "support/report_fixture.hpp"

using namespace lab;
using scenario::Comparison;
using scenario::Expectation;
using Verdict = report::ExpectationResult::Verdict;

namespace {

Expectation claim(const char* metric, Comparison comparison, double bound)
{
    Expectation expectation;
    expectation.metric = metric;
    expectation.comparison = comparison;
    expectation.bound = bound;
    expectation.because = "why";
    return expectation;
}

Expectation ofIngress(const char* metric, Comparison comparison, double bound)
{
    Expectation expectation = claim(metric, comparison, bound);
    expectation.style = plan::Style::Ingress;
    return expectation;
}

report::ExpectationResult judgeOne(const Expectation& expectation, const report::Report& report)
{
    const auto results = scenario::judge({expectation}, report);
    return results.size() == 1 ? results.front() : report::ExpectationResult{};
}

} // namespace

Q_DECLARE_METATYPE(Expectation)

/// Claims against a report: green, red, and neither.
class ExpectationTest : public QObject {
    Q_OBJECT

private slots:
    void claimsAreHeldAgainstTheNumber_data()
    {
        QTest::addColumn<Expectation>("expectation");
        QTest::addColumn<int>("verdict");
        const int passed = static_cast<int>(Verdict::Passed);
        const int failed = static_cast<int>(Verdict::Failed);
        using C = Comparison;
        QTest::newRow("equal") << ofIngress("certificates", C::Equal, 1) << passed;
        QTest::newRow("not equal") << ofIngress("certificates", C::Equal, 2) << failed;
        QTest::newRow("below") << ofIngress("loadBalancers", C::Below, 1) << failed;
        QTest::newRow("atMost") << ofIngress("loadBalancers", C::AtMost, 1) << passed;
        QTest::newRow("above") << ofIngress("loadBalancers", C::Above, 0) << passed;
        QTest::newRow("atLeast") << ofIngress("loadBalancers", C::AtLeast, 2) << failed;
        QTest::newRow("held") << ofIngress("overallLimit.held", C::Equal, 1) << passed;
        Expectation near = ofIngress("statusCounts.200", C::Equal, 440);
        near.tolerance = 10;
        QTest::newRow("within tolerance") << near << passed;
        near.tolerance = 0.01;
        near.isTolerancePercent = true;
        QTest::newRow("beyond 1 %") << near << failed;
    }
    void claimsAreHeldAgainstTheNumber()
    {
        QFETCH(Expectation, expectation);
        QFETCH(int, verdict);
        const auto result = judgeOne(expectation, test::twoDoorsReport());
        QCOMPARE(static_cast<int>(result.verdict), verdict);
        QCOMPARE(result.because, "why");
    }

    void aClaimWithoutStyleIsOfBoth()
    {
        const auto results =
            scenario::judge({claim("certificates", Comparison::Equal, 2)}, test::twoDoorsReport());
        QCOMPARE(results.size(), std::size_t{2});
        QCOMPARE(results[0].text, "per-service certificates = 2");
        QVERIFY(results[0].verdict == Verdict::Passed);
        QCOMPARE(results[1].text, "ingress certificates = 2");
        QCOMPARE(results[1].actual, "1");
        QVERIFY(results[1].verdict == Verdict::Failed);
    }

    void aRatioIsOfOneStyleByTheOther()
    {
        Expectation ratio = claim("certificates", Comparison::Equal, 2);
        ratio.isRatio = true;
        auto result = judgeOne(ratio, test::twoDoorsReport());
        QVERIFY(result.verdict == Verdict::Passed);
        QCOMPARE(result.text, "per-service/ingress certificates = 2");
        ratio.numerator = plan::Style::Ingress;
        result = judgeOne(ratio, test::twoDoorsReport());
        QVERIFY(result.verdict == Verdict::Failed);
        QCOMPARE(result.actual, "0.5");
    }

    void textsCarryUnits()
    {
        const auto latency =
            judgeOne(ofIngress("latency.p99", Comparison::Below, 30), test::twoDoorsReport());
        QCOMPARE(latency.text, "ingress latency.p99 < 30 ms");
        const auto rate = judgeOne(ofIngress("requestsPerSecond", Comparison::AtLeast, 10),
                                   test::twoDoorsReport());
        QCOMPARE(rate.text, "ingress requestsPerSecond ≥ 10/s");
        const auto held =
            judgeOne(ofIngress("overallLimit.held", Comparison::Equal, 0), test::twoDoorsReport());
        QCOMPARE(held.text, "ingress overallLimit.held = false");
        QCOMPARE(held.actual, "true");
    }

    void fewAnswersDecideNothingMeasured()
    {
        report::Report report = test::twoDoorsReport();
        report.styles[1].measurements.outcomeCounts = {{measurement::Outcome::Answered, 99}};
        const auto measured = judgeOne(ofIngress("errors.count", Comparison::Equal, 0), report);
        QVERIFY(measured.verdict == Verdict::Inconclusive);
        QCOMPARE(measured.because, "only 99 answers in the ingress style, fewer than 100");
        const auto counted = judgeOne(ofIngress("certificates", Comparison::Equal, 1), report);
        QVERIFY(counted.verdict == Verdict::Passed); // counted, not measured
    }

    void aLateGeneratorMakesLatencyUndecided()
    {
        report::Report report = test::twoDoorsReport();
        report.styles[1].measurements.lateSends = report.styles[1].measurements.offered / 10;
        for (const double bound : {0.001, 1e6}) { // neither red nor green
            const auto result =
                judgeOne(ofIngress("latency.p99", Comparison::Below, bound), report);
            QVERIFY(result.verdict == Verdict::Inconclusive);
        }
        const auto limit =
            judgeOne(ofIngress("overallLimit.factor", Comparison::Below, 1.01), report);
        QVERIFY(limit.verdict == Verdict::Passed); // counts do not depend on a millisecond
    }

    void aNumberThatIsNotThereDecidesNothing()
    {
        report::Report report = test::twoDoorsReport();
        report.styles[1].overallLimit.reset();
        const auto result =
            judgeOne(ofIngress("overallLimit.factor", Comparison::Below, 2), report);
        QVERIFY(result.verdict == Verdict::Inconclusive);
        QCOMPARE(result.because, "the report has no such number for this style");
    }

    void whatIsNotKeptBecomesAFinding()
    {
        const Findings findings = scenario::asFindings(test::twoDoorsReport().expectations);
        QCOMPARE(findings.size(), std::size_t{2});
        QCOMPARE(toText(findings[0]),
                 "scenarios/two-doors/scenario.yaml:32:5: error: per-service overallLimit.factor "
                 "< 1.01 does not hold: it is 2");
        QCOMPARE(findings[1].severity, Severity::Warning);
    }
};

LAB_TEST(ExpectationTest)
#include "tst_expectation.moc"
