#include "support/test_main.hpp"

#include "live/reload_world.hpp"

#include <algorithm>

using namespace lab::live;
using lab::test::ask;
using lab::test::get;
using lab::test::Hammer;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::planToPod;
using lab::test::podOf;
using lab::test::RawSocket;
using namespace std::chrono_literals;

namespace {

/// LAB_RELOADS=1000 for the long form.
int reloadCount()
{
    constexpr int byDefault = 50;
    const int asked = qEnvironmentVariableIntValue("LAB_RELOADS");
    return asked > 0 ? asked : byDefault;
}

} // namespace

/// Reloads under load lose no request, and no answer is older than the reload that was reported.
class EngineStateTest : public QObject {
    Q_OBJECT

private slots:
    void reloadsUnderLoadLoseNothing_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("one worker") << 1;
        QTest::newRow("three workers") << 3;
    }
    void reloadsUnderLoadLoseNothing()
    {
        QFETCH(const int, workers);
        LiveOptions options = patientOptions();
        options.workers = workers;
        LiveWorld world(planToPod("pod-0"), options);
        Hammer hammer(world, 4, [](const auto& answer) { return !podOf(answer).empty(); });
        RawSocket watcher = world.client();
        std::size_t stale = 0;
        std::size_t lost = 0;
        for (int i = 1; i <= reloadCount(); ++i) {
            const std::string pod = "pod-" + std::to_string(i % 3); // goes, and comes back
            QVERIFY(world.engine->replace({planToPod(pod)}).has_value());
            const auto kept = ask(watcher, get("/"));
            RawSocket fresh = world.client();
            const auto first = ask(fresh, get("/"));
            for (const auto& answer : {kept, first}) {
                lost += answer.status != 200 ? 1U : 0U;
                stale += answer.status == 200 && podOf(answer) != pod ? 1U : 0U;
            }
        }
        hammer.stop();
        QCOMPARE(lost, std::size_t{0});
        QCOMPARE(stale, std::size_t{0});
        QCOMPARE(hammer.errors(), std::size_t{0});
        QVERIFY(hammer.answers() > 0);
        const auto asked = hammer.answers() + 2U * static_cast<std::size_t>(reloadCount());
        QCOMPARE(world.counters().requests, std::uint64_t{asked}); // none was forgotten either
    }

    void theSamePlanAgainChangesNothing()
    {
        LiveWorld world(planToPod("pod-0"));
        const ReadyState before = world.engine->ready();
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(world.engine->replace({planToPod("pod-0")}).has_value());
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        const ReadyState after = world.engine->ready();
        QCOMPARE(after.doors[0].ports[0].address, before.doors[0].ports[0].address);
        QCOMPARE(after.pods[0].address, before.pods[0].address);
        QCOMPARE(world.counters().connectionsAccepted, std::uint64_t{1});
        QCOMPARE(world.counters().requests, std::uint64_t{4});
    }

    void afterADrainThereIsNoReload()
    {
        LiveWorld world(planToPod("pod-0"));
        QVERIFY(world.engine->drain(1s));
        QVERIFY(!world.engine->replace({planToPod("pod-1")}).has_value());
    }

    void countersMayBeReadMeanwhile()
    {
        LiveWorld world(planToPod("pod-0"));
        std::atomic<bool> isOver = false;
        std::atomic<bool> isSane = true;
        std::thread reader([&] {
            std::uint64_t last = 0;
            while (!isOver) {
                const auto now = world.counters().requests;
                isSane = isSane && now >= last && !world.engine->ready().doors.empty() &&
                         !world.engine->plans().empty();
                last = now;
            }
        });
        Hammer hammer(world, 2, [](const auto&) { return true; });
        for (int i = 0; i < 20; ++i) {
            QVERIFY(world.engine->replace({planToPod("pod-" + std::to_string(i % 2))}).has_value());
        }
        hammer.stop();
        isOver = true;
        reader.join();
        QVERIFY(isSane);
        QCOMPARE(hammer.errors(), std::size_t{0});
    }
};

LAB_TEST(EngineStateTest)
#include "tst_engine_state.moc"
