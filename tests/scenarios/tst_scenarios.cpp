#include "support/test_main.hpp"
#include <QDir>

#include "report/render.hpp"
#include "scenario/lesson_reader.hpp"
#include "scenario/lint.hpp"
#include "scenario/scenario_runner.hpp"
#include "support/file_fixture.hpp"
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
        const QString lesson = folder.endsWith("/one-address") ? "client-address-hidden"
                               : folder.endsWith("/not-everything-is-http") ? "protocol-not-tcp"
                                                                            : "";
        for (const Finding& finding : linted->findings) {
            const bool isTheLesson = lesson == QString::fromStdString(finding.id);
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

    void everyLessonSaysWhatTheRunSays_data() { everyScenarioIsFreeOfMistakes_data(); }
    void everyLessonSaysWhatTheRunSays()
    {
        QFETCH(QString, folder);
        const std::string path = folder.toStdString() + "/lesson.yaml";
        const scenario::ReadLesson read =
            scenario::readLesson(test::FileFixture::textOf(path), path);
        QVERIFY2(read.findings.empty(),
                 read.findings.empty() ? "" : toText(read.findings.front()).c_str());
        QCOMPARE(QString::fromStdString(read.lesson.name), QDir(folder).dirName());
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto run = scenario::runScenario(folder.toStdString(), options);
        QVERIFY(run.has_value());
        const auto results = scenario::judge(read.lesson, *run);
        QVERIFY(results.size() > 1);
        for (const report::ExpectationResult& result : results) {
            QVERIFY2(result.verdict == report::ExpectationResult::Verdict::Passed,
                     (toText(result.place) + ' ' + result.text + " is " + result.actual).c_str());
        }
    }

    void twoDoorsGiveTheSameBytesWithEveryCompilerAndBuild()
    {
        scenario::RunOptions options;
        options.clock = "virtual";
        // Places are told as the caller named the file: here, not by where the project lies.
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(LAB_SOURCE_DIR));
        const auto run = scenario::runScenario("scenarios/two-doors", options);
        QDir::setCurrent(before);
        QVERIFY(run.has_value());
        test::compareWithGolden(report::renderJson(*run), "reports/two-doors-virtual.json");
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
