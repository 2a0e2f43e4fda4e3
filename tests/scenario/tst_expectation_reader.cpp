#include "support/test_main.hpp"

#include "scenario/reader_fixture.hpp"

using namespace lab;
using scenario::Comparison;

namespace {

/// A scenario with one expectation at 8:7.
std::string expecting(const std::string& expectation)
{
    return test::scenarioWith("  manifests: [k8s/]\n  expect:\n    - {" + expectation + "}\n");
}

scenario::Expectation read(const std::string& expectation)
{
    const auto read = scenario::readScenario(expecting(expectation), "s.yaml", "");
    return read.findings.empty() ? read.scenario.expectations.at(0) : scenario::Expectation{};
}

} // namespace

/// `expect`: claims in the unit of their metric.
class ExpectationReaderTest : public QObject {
    Q_OBJECT

private slots:
    void boundsAreReadInTheMetricsUnit_data()
    {
        QTest::addColumn<double>("bound");
        QTest::newRow("metric: latency.p99, below: 30ms") << 30.0;
        QTest::newRow("metric: latency.p50, below: 1.5s") << 1500.0;
        QTest::newRow("metric: requestsPerSecond, above: 100/s") << 100.0;
        QTest::newRow("metric: requestsPerSecond, above: 100") << 100.0;
        QTest::newRow("metric: certificates, equal: 2") << 2.0;
        QTest::newRow("metric: errors.ratio, atMost: 1%") << 0.01;
        QTest::newRow("metric: monthlyCost, atMost: 50.5") << 50.5;
        QTest::newRow("metric: overallLimit.held, equal: true") << 1.0;
        QTest::newRow("metric: statusCounts.429, atLeast: 10") << 10.0;
        QTest::newRow("metric: latency.p99, ratio: per-service/ingress, below: 2") << 2.0;
    }
    void boundsAreReadInTheMetricsUnit()
    {
        QFETCH(double, bound);
        QCOMPARE(read(QTest::currentDataTag()).bound, bound);
    }

    void theRestIsReadToo()
    {
        const auto e = read("metric: monthlyCost, style: ingress, equal: 20, tolerance: 5%, "
                            "gate: false, because: x");
        QVERIFY(e.style == plan::Style::Ingress);
        QVERIFY(e.comparison == Comparison::Equal);
        QVERIFY(e.isTolerancePercent);
        QCOMPARE(e.tolerance, 0.05);
        QVERIFY(!e.isGate);
        QCOMPARE(e.because, "x");
        QCOMPARE(toText(e.place), "s.yaml:8:7");
        QVERIFY(read("metric: certificates, ratio: ingress/per-service, equal: 0.5").numerator ==
                plan::Style::Ingress);
    }

    void gatesAreWhatDependsOnTheMachineOrTheMarket_data()
    {
        QTest::addColumn<bool>("isGate");
        QTest::newRow("metric: latency.p99, below: 3ms") << true;
        QTest::newRow("metric: requestsPerSecond, above: 3") << true;
        QTest::newRow("metric: monthlyCost, below: 3") << true;
        QTest::newRow("metric: certificates, equal: 3") << false;
        QTest::newRow("metric: overallLimit.factor, below: 3") << false;
        QTest::newRow("metric: overallLimit.admittedPerSecond, below: 3") << false;
    }
    void gatesAreWhatDependsOnTheMachineOrTheMarket()
    {
        QFETCH(bool, isGate);
        QCOMPARE(read(QTest::currentDataTag()).isGate, isGate);
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QString>("expectation");
        QTest::addColumn<QString>("finding");
        QTest::newRow("metric") << "metric: certificats, equal: 2"
                                << "8:16: spec.expect[0].metric \"certificats\" is no metric of "
                                   "the report; did you mean \"certificates\"?";
        QTest::newRow("unit") << "metric: latency.p99, below: 30"
                              << "8:36: spec.expect[0].below \"30\" is no duration; "
                                 "write it as 30ms";
        QTest::newRow("unit of a count")
            << "metric: certificates, below: 30ms"
            << "8:37: spec.expect[0].below \"30ms\" is not in the unit of this metric; "
               "write a plain number";
        QTest::newRow("yes or no")
            << "metric: overallLimit.held, equal: maybe"
            << "8:42: spec.expect[0].equal \"maybe\" is not in the unit of this metric; "
               "write true or false";
        QTest::newRow("no bound") << "metric: certificates"
                                  << "8:7: spec.expect[0] needs exactly one of equal, below, "
                                     "above, atMost and atLeast";
        QTest::newRow("style and ratio")
            << "metric: certificates, style: ingress, ratio: per-service/ingress, equal: 2"
            << "8:37: spec.expect[0].style a ratio is of both styles; remove it";
        QTest::newRow("during") << "metric: certificates, equal: 2, during: 1s..2s"
                                << "8:48: spec.expect[0].during is not supported yet; remove it";
    }
    void mistakesAreTold()
    {
        QFETCH(QString, expectation);
        QFETCH(QString, finding);
        QCOMPARE(test::onlyFinding(expecting(expectation.toStdString())), finding);
    }
};

LAB_TEST(ExpectationReaderTest)
#include "tst_expectation_reader.moc"
