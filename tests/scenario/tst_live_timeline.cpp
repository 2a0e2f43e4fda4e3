#include "support/test_main.hpp"

#include "scenario/live_timeline.hpp"
#include "scenario/scenario_runner.hpp"
#include "support/file_fixture.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using namespace std::chrono_literals;
using simulation::PodFault;

namespace {

/// One pod, asked a hundred times a second for two seconds; what befalls it holds from 1 s to 1.5
/// s.
QString scenarioWith(const QString& event)
{
    return QString("apiVersion: ingresslab.dev/v1\n"
                   "kind: Scenario\n"
                   "metadata: {name: quick}\n"
                   "spec:\n"
                   "  manifests: [k8s/]\n"
                   "  styles: {per-service: {door: http}}\n"
                   "  backendDefaults: {latency: 5ms}\n"
                   "  timeouts: {answer: 200ms}\n"
                   "  traffic:\n"
                   "    - name: a\n"
                   "      arrivals: {constant: 100/s}\n"
                   "      mix: [{get: \"http://web.default.lab/\"}]\n"
                   "  timeline:\n"
                   "    - {at: 1s, %1}\n"
                   "    - {at: 1500ms, heal: web}\n"
                   "  duration: 2s\n")
        .arg(event);
}

report::Report ran(const QString& text, const char* clock)
{
    test::FileFixture files;
    files.file("scenario.yaml", text.toStdString()).file("k8s/web.yaml", test::webManifest);
    scenario::RunOptions options;
    options.clock = clock;
    auto report = scenario::runScenario(files.path(), options);
    if (!report) {
        qFatal("%s", report.error().message().c_str());
    }
    return std::move(*report);
}

} // namespace

/// The same timeline over sockets: what it does is real, and comes to what is simulated.
class LiveTimelineTest : public QObject {
    Q_OBJECT

private slots:
    void whatBefallsThePodsBefallsTheClientsOfBothStyles_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<int>("status");
        QTest::newRow("killed") << "kill: web" << 502;
        QTest::newRow("refuses") << "refuse: web" << 502;
        QTest::newRow("hangs") << "hang: web" << 504;
        QTest::newRow("fails") << "fail: web, status: 503" << 503;
    }
    void whatBefallsThePodsBefallsTheClientsOfBothStyles()
    {
        QFETCH(QString, event);
        QFETCH(int, status);
        const report::Report live = ran(scenarioWith(event), "live");
        const report::Report simulated = ran(scenarioWith(event), "virtual");
        QVERIFY(!live.wasInterrupted);
        for (const report::StyleReport& style : live.styles) {
            const auto& counts = style.measurements.statusCounts;
            const auto found = counts.find(static_cast<std::uint16_t>(status));
            const int failed = found == counts.end() ? 0 : static_cast<int>(found->second);
            const int expected = static_cast<int>(
                simulated.style(style.style)
                    ->measurements.statusCounts.at(static_cast<std::uint16_t>(status)));
            // Half a second of a hundred a second; a busy machine is late with what happens.
            QVERIFY(expected >= 45 && expected <= 55);
            const bool isNear = std::abs(failed - expected) <= 20;
            if (!isNear && style.measurements.isGeneratorSaturated()) {
                QSKIP("inconclusive: the machine is too busy for things to happen in time");
            }
            QVERIFY2(isNear, qPrintable(QString("%1, simulated %2").arg(failed).arg(expected)));
            QVERIFY(counts.at(200) > 50); // before and after
        }
    }

    void aSlowPodIsSlowForAsLongAsTheFileSays()
    {
        const report::Report live = ran(scenarioWith("slow: web, by: 100ms"), "live");
        for (const report::StyleReport& style : live.styles) {
            QVERIFY(style.measurements.latency.quantile(0.9) >= 100ms);
            QVERIFY(style.measurements.latency.quantile(0.3) < 100ms);
            QCOMPARE(style.measurements.errorCount(), std::uint64_t{0});
        }
    }

    void anIncidentIsAboutTheFirstPodsOfTheService()
    {
        test::PlanBuilder builder(plan::Style::Ingress, plan::Profile::Spec);
        builder.upstream("cart", {builder.pod("cart-0"), builder.pod("cart-1")});
        builder.upstream("web", {builder.pod("web-0")});
        const auto plan = builder.build();
        simulation::PodIncident incident;
        incident.service = "shop/cart";
        QCOMPARE(scenario::podsOf(*plan, incident).size(), std::size_t{2});
        incident.podsMax = 1;
        QCOMPARE(scenario::podsOf(*plan, incident), std::vector<std::string>{"shop/cart-0"});
        incident.service = "shop/none";
        QVERIFY(scenario::podsOf(*plan, incident).empty());
    }
};

LAB_TEST(LiveTimelineTest)
#include "tst_live_timeline.moc"
