#include "support/test_main.hpp"

#include "report/render.hpp"
#include "scenario/playback.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using lab::scenario::Playback;
using namespace std::chrono_literals;

namespace {

constexpr const char* quickScenario = "apiVersion: ingresslab.dev/v1\n"
                                      "kind: Scenario\n"
                                      "metadata: {name: quick}\n"
                                      "spec:\n"
                                      "  manifests: [k8s/]\n"
                                      "  styles: {per-service: {door: http}}\n"
                                      "  backendDefaults: {latency: 7ms}\n"
                                      "  traffic:\n"
                                      "    - name: a\n"
                                      "      arrivals: {poisson: 200/s}\n"
                                      "      clients: 4\n"
                                      "      mix: [{get: \"https://web.default.lab/x\"}]\n"
                                      "  seed: 3\n"
                                      "  duration: 2s\n";

Playback opened(const test::FileFixture& files)
{
    auto playback = Playback::open(files.path(), {});
    if (!playback) {
        qFatal("%s", playback.error().message().c_str());
    }
    return std::move(*playback);
}

} // namespace

/// Both styles, at the watcher's pace.
class PlaybackTest : public QObject {
    Q_OBJECT

private slots:
    void atItsEndItHasTheReportOfARun()
    {
        test::FileFixture files;
        files.file("scenario.yaml", quickScenario).file("k8s/web.yaml", test::webManifest);
        Playback playback = opened(files);
        QVERIFY(playback.now() == Instant() && !playback.isOver());
        QVERIFY(playback.duration() == 2s);
        for (Duration at = 0s; !playback.isOver(); at += 33ms) {
            playback.seek(Instant(at));
            QVERIFY(playback.now() == Instant(at));
        }
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto run = scenario::runScenario(files.path(), options);
        QVERIFY(run.has_value());
        QCOMPARE(report::renderJson(playback.report()), report::renderJson(*run));
        playback.seek(Instant(1s));
        QVERIFY(playback.report().wasInterrupted);
        playback.run();
        QCOMPARE(report::renderJson(playback.report()), report::renderJson(*run));
    }

    void stepsGoThroughBothStylesInOrderOfTimeAndBack()
    {
        test::FileFixture files;
        files.file("scenario.yaml", quickScenario).file("k8s/web.yaml", test::webManifest);
        Playback playback = opened(files);
        QVERIFY(!playback.stepBack());
        std::vector<Instant> times;
        for (int i = 0; i < 200; ++i) {
            QVERIFY(playback.step());
            QVERIFY(times.empty() || times.back() <= playback.now());
            times.push_back(playback.now());
        }
        for (const auto style : {plan::Style::PerService, plan::Style::Ingress}) {
            QVERIFY(playback.view(style).eventCount > 50);
            QVERIFY(playback.view(style).pods.size() == playback.plan(style).endpoints.size());
        }
        for (int i = 199; i > 150; --i) {
            QVERIFY(playback.stepBack());
            QVERIFY(playback.now() == times[static_cast<std::size_t>(i - 1)]);
        }
        QCOMPARE(playback.traffic().front().name, "a");
        QVERIFY(playback.measurements(plan::Style::Ingress).offered == 0); // warm-up
    }

    void whatCannotBeRunIsSaid()
    {
        test::FileFixture files;
        files.file("k8s/web.yaml", test::webManifest);
        QVERIFY(!Playback::open(files.path(), {}).has_value());
    }
};

LAB_TEST(PlaybackTest)
#include "tst_playback.moc"
