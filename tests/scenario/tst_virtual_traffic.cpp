#include "support/test_main.hpp"

#include "report/render.hpp"
#include "scenario/scenario_runner.hpp"
#include "support/file_fixture.hpp"

#include <algorithm>

using namespace lab;
using namespace std::chrono_literals;
using measurement::Outcome;

namespace {

constexpr const char* virtualScenario =
    "apiVersion: ingresslab.dev/v1\n"
    "kind: Scenario\n"
    "metadata: {name: quick}\n"
    "spec:\n"
    "  manifests: [k8s/]\n"
    "  styles: {per-service: {door: http}}\n"
    "  backendDefaults: {latency: 7ms}\n"
    "  limits: {overall: {rate: 100/s, burst: 10}}\n"
    "  traffic:\n"
    "    - name: a\n"
    "      arrivals: {poisson: 200/s}\n"
    "      clients: 4\n"
    "      mix: [{get: \"https://web.default.lab/x\"}, {get: \"http://nobody.lab/\"}]\n"
    "  clock: virtual\n"
    "  seed: 3\n"
    "  duration: 60s\n";

report::Report ran(const test::FileFixture& files, const scenario::RunOptions& options)
{
    auto report = scenario::runScenario(files.path(), options);
    if (!report) {
        qFatal("%s", report.error().message().c_str());
    }
    return std::move(*report);
}

} // namespace

/// The same report as live, in no time and without chance.
class VirtualTrafficTest : public QObject {
    Q_OBJECT

private slots:
    void aMinuteOfTrafficGoesThroughBothStyles()
    {
        test::FileFixture files;
        files.file("scenario.yaml", virtualScenario).file("k8s/web.yaml", test::webManifest);
        double last = 0;
        scenario::RunOptions options;
        options.progress = [&](double share, const std::string&) { last = share; };
        const report::Report report = ran(files, options);
        QVERIFY(last >= 0 && last <= 1);
        QCOMPARE(report.clock, "virtual");
        QCOMPARE(report.seed, std::uint64_t{3});
        QVERIFY(!report.wasInterrupted);
        QVERIFY(report.date < "2027"); // the prices' day, not this one
        const report::StyleReport& own = *report.style(plan::Style::PerService);
        const report::StyleReport& shared = *report.style(plan::Style::Ingress);
        for (const report::StyleReport* style : {&own, &shared}) {
            const auto& sums = style->measurements;
            QVERIFY(style->trafficOrigin == report::Origin::Simulated);
            QVERIFY(sums.measured == 59500ms);
            QVERIFY(sums.offered > 11'000 && sums.offered < 13'000);
            QVERIFY(sums.latency.quantile(0.9) >= 7ms); // half of the ingress's are 404s
            QCOMPARE(sums.errorCount(), std::uint64_t{0});
        }
        QVERIFY(own.overallLimit->isHeld);
        QCOMPARE(own.measurements.offered, shared.measurements.offered);
        QVERIFY(own.measurements.outcomeCounts.at(Outcome::NoDoor) > 5'000);
        QVERIFY(shared.measurements.statusCounts.at(404) > 5'000);
        const auto isDoorless = [](const Finding& finding) { return finding.id == "no-door"; };
        QCOMPARE(std::ranges::count_if(report.findings, isDoorless), 1); // nobody.lab's own
    }

    void theSameSeedGivesTheSameBytes()
    {
        test::FileFixture files;
        files.file("scenario.yaml", virtualScenario).file("k8s/web.yaml", test::webManifest);
        const std::string first = report::renderJson(ran(files, {}));
        QCOMPARE(report::renderJson(ran(files, {})), first);
        scenario::RunOptions options;
        options.seed = 4;
        QVERIFY(report::renderJson(ran(files, options)) != first);
        QVERIFY(first.find("\"simulated\"") != std::string::npos);
        QVERIFY(first.find("\"measured\"") == std::string::npos);
    }

    void theCallersClockOverridesTheFiles()
    {
        test::FileFixture files;
        const QString live =
            QString(virtualScenario).replace("clock: virtual", "clock: live").replace("60s", "1s");
        files.file("scenario.yaml", live.toStdString()).file("k8s/web.yaml", test::webManifest);
        scenario::RunOptions options;
        options.clock = "virtual";
        QCOMPARE(ran(files, options).clock, "virtual");
    }

    void theTimelineIsPlayed()
    {
        test::FileFixture files;
        const QString text = QString(virtualScenario)
                                 .replace("  clock:",
                                          "  timeline:\n"
                                          "    - {at: 10s, kill: web}\n"
                                          "    - {at: 20s, heal: web}\n"
                                          "  clock:");
        files.file("scenario.yaml", text.toStdString()).file("k8s/web.yaml", test::webManifest);
        const report::Report report = ran(files, {});
        for (const report::StyleReport& style : report.styles) {
            const std::uint64_t failed = style.measurements.statusCounts.at(502);
            QVERIFY2(failed > 850 && failed < 1150, // 100/s for ten seconds
                     qPrintable(QString::number(failed)));
        }
    }

    void stoppingGivesWhatThereIs()
    {
        test::FileFixture files;
        files.file("scenario.yaml", virtualScenario).file("k8s/web.yaml", test::webManifest);
        const std::atomic<bool> stop{true};
        scenario::RunOptions options;
        options.stop = &stop;
        const report::Report report = ran(files, options);
        QVERIFY(report.wasInterrupted);
        QCOMPARE(report.styles.size(), std::size_t{2});
    }
};

LAB_TEST(VirtualTrafficTest)
#include "tst_virtual_traffic.moc"
