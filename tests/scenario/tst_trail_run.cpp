#include "support/test_main.hpp"

#include "measurement/record_collector.hpp"
#include "scenario/trail_run.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using namespace std::chrono_literals;
using scenario::TrailRun;

namespace {

constexpr const char* playedScenario =
    "apiVersion: ingresslab.dev/v1\n"
    "kind: Scenario\n"
    "metadata: {name: played}\n"
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
    "  duration: 6s\n";

TrailRun played(const test::FileFixture& files)
{
    auto run = TrailRun::open(files.path());
    if (!run) {
        qFatal("%s", run.error().message().c_str());
    }
    return std::move(*run);
}

measurement::Measurements sumOf(TrailRun& run, plan::Style style)
{
    const simulation::SimulationSpec& spec = run.spec(style);
    measurement::RecordCollector collector({{Instant(spec.warmUp), Instant(spec.duration)}});
    for (const simulation::Trail& trail : run.takeTrails(style)) {
        if (collector.add(trail.record)) {
            collector.addConnections(trail.hasOpened ? 1 : 0);
            collector.addIdealDecision(trail.isIdealAdmitted);
        }
    }
    return collector.result();
}

} // namespace

/// What a spectator sees of a run is that run.
class TrailRunTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        files_.file("scenario.yaml", playedScenario).file("k8s/web.yaml", test::webManifest);
    }

    void theTrailsAddUpToTheReportOfTheRun()
    {
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto report = scenario::runScenario(files_.path(), options);
        QVERIFY(report.has_value());
        TrailRun run = played(files_);
        run.runUntil(Instant(1h));
        QVERIFY(run.isOver() && !run.hasOverflown());
        for (const plan::Style style : {plan::Style::PerService, plan::Style::Ingress}) {
            const measurement::Measurements& expected = report->style(style)->measurements;
            const measurement::Measurements sum = sumOf(run, style);
            QCOMPARE(sum.offered, expected.offered);
            QCOMPARE(sum.refused, expected.refused);
            QCOMPARE(sum.idealAdmitted, expected.idealAdmitted);
            QCOMPARE(sum.connectionsOpened, expected.connectionsOpened);
            QVERIFY(sum.latency.quantile(0.99) == expected.latency.quantile(0.99));
            const report::StyleReport style1 = run.reportOf(style, sum);
            QCOMPARE(style1.loadBalancers, report->style(style)->loadBalancers);
            QCOMPARE(style1.overallLimit->isHeld, report->style(style)->overallLimit->isHeld);
            QVERIFY(style1.monthlyCost.amount > 0);
        }
    }

    void aRestartBeginsTheSameRunAndGoesOnForLonger()
    {
        TrailRun run = played(files_);
        run.runUntil(Instant(6s));
        const auto first = run.takeTrails(plan::Style::Ingress);
        run.restart(20s);
        run.runUntil(Instant(12s));
        const auto second = run.takeTrails(plan::Style::Ingress);
        QVERIFY(second.size() > first.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(second[i].number, first[i].number);
            QVERIFY(second[i].record.ended == first[i].record.ended);
        }
    }

    void anIncidentOfTheSpectatorsHappensInBothStyles()
    {
        TrailRun run = played(files_);
        simulation::PodIncident incident;
        incident.at = Instant(2s);
        incident.service = "default/web";
        incident.fault.kind = simulation::PodFault::Kind::Status;
        incident.fault.status = 500;
        run.restart(6s, {incident});
        run.runUntil(Instant(6s));
        for (const plan::Style style : {plan::Style::PerService, plan::Style::Ingress}) {
            bool hasFailed = false;
            for (const simulation::Trail& trail : run.takeTrails(style)) {
                QVERIFY(trail.record.status != 500 || trail.record.ended > Instant(2s));
                hasFailed = hasFailed || trail.record.status == 500;
            }
            QVERIFY(hasFailed);
        }
    }

    void whatCannotBeRunCannotBePlayed()
    {
        QVERIFY(!TrailRun::open(files_.path() + "/nowhere.yaml").has_value());
    }

private:
    test::FileFixture files_;
};

LAB_TEST(TrailRunTest)
#include "tst_trail_run.moc"
