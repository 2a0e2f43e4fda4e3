#include "support/test_main.hpp"

#include "live/reload_world.hpp"
#include "support/http2_client.hpp"

#include <algorithm>

using namespace lab::live;
using lab::test::ask;
using lab::test::get;
using lab::test::Hammer;
using lab::test::Http2Client;
using lab::test::http2Request;
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

    void reloadsUnderHttp2LoadLoseNothing()
    {
        LiveOptions options = patientOptions();
        options.workers = 2;
        LiveWorld world(planToPod("pod-0"), options);
        std::atomic<bool> isOver = false;
        std::atomic<std::size_t> errors = 0;
        std::atomic<std::size_t> answers = 0;
        std::vector<std::thread> clients;
        for (int i = 0; i < 3; ++i) {
            clients.emplace_back([&] {
                Http2Client client(world.client());
                while (!isOver) {
                    std::vector<std::int32_t> streams;
                    for (int stream = 0; stream < 8; ++stream) {
                        streams.push_back(client.begin(http2Request("GET", "/")));
                    }
                    for (const std::int32_t stream : streams) {
                        const auto& answer = client.finish(stream);
                        const bool isGood = answer.status == 200 && answer.hasEnded;
                        errors +=
                            isGood && answer.body.find("\"pod-") != std::string::npos ? 0U : 1U;
                        ++answers;
                    }
                }
            });
        }
        Http2Client watcher(world.client());
        std::size_t stale = 0;
        for (int i = 1; i <= 4 * reloadCount(); ++i) {
            const std::string pod = "pod-" + std::to_string(i % 3);
            QVERIFY(world.engine->replace({planToPod(pod)}).has_value());
            const auto& answer = watcher.ask(http2Request("GET", "/"));
            stale += answer.body.find('"' + pod + '"') == std::string::npos ? 1U : 0U;
        }
        isOver = true;
        for (std::thread& client : clients) {
            client.join();
        }
        QCOMPARE(stale, std::size_t{0});
        QCOMPARE(errors.load(), std::size_t{0});
        QVERIFY(answers > 0);
        const auto asked = answers + 4U * static_cast<std::size_t>(reloadCount());
        QCOMPARE(world.counters().requests, std::uint64_t{asked});
        QCOMPARE(world.counters().connectionsAccepted, std::uint64_t{4}); // none had to go
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
