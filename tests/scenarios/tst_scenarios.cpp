#include "support/test_main.hpp"
#include <QDir>

#include "report/render.hpp"
#include "scenario/lint.hpp"
#include "scenario/scenario_runner.hpp"
#include "support/golden.hpp"

using namespace lab;

namespace {

const report::StyleReport& styleOf(const report::Report& report, plan::Style style)
{
    return *report.style(style);
}

} // namespace

/// The project's own scenarios say what is true, live.
class ScenariosTest : public QObject {
    Q_OBJECT

private slots:
    void everyScenarioIsFreeOfMistakes_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir scenarios(LAB_SOURCE_DIR "/scenarios");
        for (const QString& name : scenarios.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QTest::newRow(qPrintable(name)) << scenarios.filePath(name);
        }
    }
    void everyScenarioIsFreeOfMistakes()
    {
        QFETCH(QString, folder);
        const auto linted = scenario::lint({{folder.toStdString()}});
        // What a lesson is about, lint may say too.
        const bool hidesClients = folder.endsWith("/one-address");
        for (const Finding& finding : linted->findings) {
            const bool isTheLesson = hidesClients && finding.id == "client-address-hidden";
            QVERIFY2(finding.severity == Severity::Note || isTheLesson, toText(finding).c_str());
        }
    }

    void everyScenarioHoldsInVirtualTime_data() { everyScenarioIsFreeOfMistakes_data(); }
    void everyScenarioHoldsInVirtualTime()
    {
        QFETCH(QString, folder);
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto run = scenario::runScenario(folder.toStdString(), options);
        QVERIFY2(run.has_value(), run ? "" : run.error().message().c_str());
        for (const report::ExpectationResult& result : run->expectations) {
            QVERIFY2(result.verdict == report::ExpectationResult::Verdict::Passed,
                     (result.text + " is " + result.actual).c_str());
        }
    }

    void twoDoorsGiveTheSameBytesWithEveryCompilerAndBuild()
    {
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto run = scenario::runScenario(LAB_SOURCE_DIR "/scenarios/two-doors", options);
        QVERIFY(run.has_value());
        const QString root = LAB_SOURCE_DIR "/"; // places are told as the caller named the file
        const QString json = QString::fromStdString(report::renderJson(*run)).remove(root);
        test::compareWithGolden(json.toStdString(), "reports/two-doors-virtual.json");
    }

    void twoDoorsCostTwiceAndCannotHoldOneLimit()
    {
        const auto run = scenario::runScenario(LAB_SOURCE_DIR "/scenarios/two-doors", {});
        QVERIFY2(run.has_value(), run ? "" : run.error().message().c_str());
        const auto& own = styleOf(*run, plan::Style::PerService);
        const auto& shared = styleOf(*run, plan::Style::Ingress);
        QCOMPARE(own.certificates, std::size_t{2});
        QCOMPARE(shared.certificates, std::size_t{1});
        QCOMPARE(own.loadBalancers, std::size_t{2});
        QCOMPARE(shared.loadBalancers, std::size_t{1});
        QCOMPARE(own.measurements.offered, shared.measurements.offered); // the same arrivals
        QCOMPARE(own.measurements.errorCount(), std::uint64_t{0});
        QCOMPARE(shared.measurements.errorCount(), std::uint64_t{0});
        QVERIFY(own.overallLimit->enforcingPoints == 2);
        QVERIFY(own.overallLimit->factor > 1.5);
        QVERIFY(!own.overallLimit->isHeld);
        QVERIFY(shared.overallLimit->factor < 1.1);
        QVERIFY(own.measurements.admitted + own.measurements.refused == own.measurements.offered);
        QCOMPARE(own.measurements.services.size(), std::size_t{2});
        for (const report::ExpectationResult& result : run->expectations) {
            QVERIFY2(result.verdict != report::ExpectationResult::Verdict::Failed,
                     (result.text + " is " + result.actual).c_str());
        }
    }
};

LAB_TEST(ScenariosTest)
#include "tst_scenarios.moc"
