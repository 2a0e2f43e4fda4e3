#include "support/test_main.hpp"

#include "scenario/run_preparation.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

constexpr const char* scenarioText = "apiVersion: ingresslab.dev/v1\n"
                                     "kind: Scenario\n"
                                     "metadata: {name: quick}\n"
                                     "spec:\n"
                                     "  manifests: [k8s/]\n"
                                     "  traffic:\n"
                                     "    - name: a\n"
                                     "      arrivals: {poisson: 200/s}\n"
                                     "      mix: [{get: \"http://web.default.lab/x\"}]\n";

} // namespace

/// What a run needs before anything is sent.
class RunPreparationTest : public QObject {
    Q_OBJECT

private slots:
    void bothStylesArePlannedAndTheClockIsTheCallersOrTheFiles()
    {
        test::FileFixture files;
        files.file("scenario.yaml", scenarioText).file("k8s/web.yaml", test::webManifest);
        scenario::RunOptions options;
        const auto run = scenario::prepareRun(files.path(), options);
        QVERIFY(run.has_value());
        QVERIFY(!run->plans.perService->doors.empty() && !run->plans.ingress->doors.empty());
        QVERIFY(!run->isVirtual(options));
        options.clock = "virtual";
        QVERIFY(run->isVirtual(options));
        QVERIFY(!run->book.asOf.empty());
    }

    void aReportWithoutTrafficHasItsPricesAndFindings()
    {
        test::FileFixture files;
        files.file("scenario.yaml", scenarioText).file("k8s/web.yaml", test::webManifest);
        auto run = scenario::prepareRun(files.path(), {});
        QVERIFY(run.has_value());
        run->input.findings.push_back({Severity::Note, "x", {}, "y", ""});
        scenario::TrafficResult traffic;
        traffic.styles.resize(2);
        const report::Report report = scenario::makeReport(*run, traffic, {});
        QCOMPARE(report.styles.size(), std::size_t{2});
        QVERIFY(report.styles[0].monthlyCost.amount > 0);
        QCOMPARE(report.findings.back().id, "x");
    }

    void withoutTrafficThereIsNothingToPrepare()
    {
        test::FileFixture files;
        const std::string text(scenarioText);
        files.file("scenario.yaml", text.substr(0, text.find("  traffic:")));
        files.file("k8s/web.yaml", test::webManifest);
        const auto run = scenario::prepareRun(files.path(), {});
        QVERIFY(!run.has_value());
        QCOMPARE(run.error().findings().back().id, "no-traffic");
    }
};

LAB_TEST(RunPreparationTest)
#include "tst_run_preparation.moc"
