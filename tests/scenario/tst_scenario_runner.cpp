#include "support/test_main.hpp"

#include "scenario/scenario_runner.hpp"
#include "scenario/version.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using measurement::Outcome;

namespace {

constexpr const char* quickScenario =
    "apiVersion: ingresslab.dev/v1\n"
    "kind: Scenario\n"
    "metadata: {name: quick}\n"
    "spec:\n"
    "  title: Quick\n"
    "  manifests: [k8s/]\n"
    "  styles: {per-service: {door: http}}\n"
    "  traffic:\n"
    "    - name: a\n"
    "      arrivals: {constant: 200/s}\n"
    "      mix: [{get: \"https://web.default.lab/x\"}]\n"
    "  expect:\n"
    "    - {metric: certificates, style: ingress, equal: 1}\n"
    "    - {metric: loadBalancers, style: ingress, equal: 5, because: wrong on purpose}\n"
    "  seed: 3\n"
    "  duration: 800ms\n";

QString findingsOf(const test::FileFixture& files, const Error& error)
{
    QStringList lines;
    for (const Finding& finding : error.findings()) {
        lines << files.shown(toText(finding));
    }
    return lines.join('\n');
}

} // namespace

/// From files to a judged report, over real sockets.
class ScenarioRunnerTest : public QObject {
    Q_OBJECT

private slots:
    void aScenarioBecomesAReport()
    {
        test::FileFixture files;
        files.file("scenario.yaml", quickScenario).file("k8s/web.yaml", test::webManifest);
        double lastShare = 0;
        scenario::RunOptions options;
        options.date = "2026-11-25";
        options.progress = [&](double share, const std::string&) { lastShare = share; };
        const auto report = scenario::runScenario(files.path(), options);
        QVERIFY2(report.has_value(),
                 report ? ""
                        : qPrintable(findingsOf(files, report.error()) +
                                     report.error().message().c_str()));
        QCOMPARE(report->scenario, "quick");
        QCOMPARE(report->title, "Quick");
        QCOMPARE(report->seed, std::uint64_t{3});
        QCOMPARE(report->date, "2026-11-25");
        QCOMPARE(report->toolVersion, scenario::version());
        QVERIFY(!report->wasInterrupted);
        QVERIFY(lastShare > 0);
        QCOMPARE(report->styles.size(), std::size_t{2});
        for (const report::StyleReport& style : report->styles) {
            const auto& measured = style.measurements;
            QVERIFY(measured.offered > 0);
            QCOMPARE(measured.outcomeCounts.at(Outcome::Answered), measured.offered);
            QCOMPARE(measured.statusCounts.at(200), measured.offered);
            QVERIFY(style.monthlyCost.amount > 0);
            QVERIFY(!style.overallLimit);
        }
        QCOMPARE(report->styles[0].measurements.offered, report->styles[1].measurements.offered);
        using Verdict = report::ExpectationResult::Verdict;
        QVERIFY(report->expectations.at(0).verdict == Verdict::Passed);
        QVERIFY(report->expectations.at(1).verdict == Verdict::Failed);
        QVERIFY(!report->passed());
    }

    void stoppingGivesWhatThereIs()
    {
        test::FileFixture files;
        files.file("scenario.yaml", quickScenario).file("k8s/web.yaml", test::webManifest);
        std::atomic<bool> stop{false};
        scenario::RunOptions options;
        options.seed = 9;
        options.stop = &stop;
        options.progress = [&](double, const std::string&) { stop = true; };
        const auto report = scenario::runScenario(files.path(), options);
        QVERIFY(report->wasInterrupted);
        QCOMPARE(report->seed, std::uint64_t{9});
        QCOMPARE(report->styles.size(), std::size_t{2});
    }

    void whatCannotBeRunIsRefused_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("finding");
        QTest::newRow("no traffic") << "  traffic:\n    - name: a\n"
                                       "      arrivals: {constant: 200/s}\n"
                                       "      mix: [{get: \"https://web.default.lab/x\"}]\n"
                                    << ""
                                    << "scenario.yaml:5:3: unreadable: spec.traffic is missing: "
                                       "there is nothing to run; add a source of traffic";
        QTest::newRow("missing file") << "[k8s/]"
                                      << "[k9s/]"
                                      << "scenario.yaml:6:15: unreadable: \"k9s/\" does not exist; "
                                         "name a file or folder below the scenario's own";
    }
    void whatCannotBeRunIsRefused()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, finding);
        const QString text = QString(quickScenario).replace(before, after);
        test::FileFixture files;
        files.file("scenario.yaml", text.toStdString()).file("k8s/web.yaml", test::webManifest);
        const auto report = scenario::runScenario(files.path(), {});
        QCOMPARE(report.error().kind(), ErrorKind::BadInput);
        QCOMPARE(findingsOf(files, report.error()), finding);
    }

    void refusedObjectsAreFatalWhenStrict()
    {
        test::FileFixture files;
        files.file("scenario.yaml", quickScenario)
            .file("k8s/web.yaml",
                  std::string(test::webManifest) +
                      "---\napiVersion: v1\nkind: Service\nmetadata: {name: bad}\n"
                      "spec: {ports: [{port: 0}]}\n");
        scenario::RunOptions options;
        options.isStrict = true;
        const auto report = scenario::runScenario(files.path(), options);
        QCOMPARE(report.error().kind(), ErrorKind::BadInput);
        QCOMPARE(worstOf(report.error().findings()), Severity::Refused);
    }

    void manifestsAreNoScenario()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        const auto report = scenario::runScenario(files.path("web.yaml"), {});
        QCOMPARE(report.error().kind(), ErrorKind::WrongUse);
    }
};

LAB_TEST(ScenarioRunnerTest)
#include "tst_scenario_runner.moc"
