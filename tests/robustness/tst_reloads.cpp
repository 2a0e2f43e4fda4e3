#include "support/test_main.hpp"

#include "support/live_reload.hpp"
#include "support/raw_client.hpp"

#include <memory>

using namespace lab::live;
using lab::DoorId;
using lab::UpstreamId;
using lab::plan::DoorMode;
using lab::plan::Style;
using lab::test::addressOf;
using lab::test::connectTo;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::replace;
using namespace std::chrono_literals;

namespace {

using Plan = std::shared_ptr<const lab::plan::FrontDoorPlan>;

/// A tunnel through that door to a pod that the test plays.
struct Tunnel {
    Tunnel(const LiveWorld& world, const std::string& door, const RawListener& pods)
        : client(std::make_unique<RawSocket>(connectTo(addressOf(world, door))))
    {
        client->send(get("/", "Connection: Upgrade\r\nUpgrade: echo\r\n"));
        pod = std::make_unique<RawSocket>(pods.accept());
        pod->receiveUntil("\r\n\r\n");
        pod->send("HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
        if (!client->receiveUntil("\r\n\r\n").starts_with("HTTP/1.1 101")) {
            qFatal("no tunnel");
        }
    }

    [[nodiscard]] bool carries(const std::string& text) const
    {
        client->send(text);
        return pod->receive(text.size()) == text;
    }

    std::unique_ptr<RawSocket> client;
    std::unique_ptr<RawSocket> pod;
};

} // namespace

/// Long connections outlive a reload, but neither their backend for long, nor too many reloads.
class ReloadsTest : public QObject {
    Q_OBJECT

private slots:
    void tunnelsToABackendThatLeftAreCutInTheEnd_data()
    {
        QTest::addColumn<bool>("isHttp");
        QTest::newRow("a tcp door's") << false;
        QTest::newRow("upgrades") << true;
    }
    void tunnelsToABackendThatLeftAreCutInTheEnd()
    {
        QFETCH(const bool, isHttp);
        const RawListener leaving;
        const RawListener returning;
        const RawListener staying;
        const auto planOf = [&](const std::vector<const RawListener*>& backends) {
            PlanBuilder builder(Style::PerService);
            for (std::size_t i = 0; i < backends.size(); ++i) { // a door each
                const UpstreamId upstream =
                    builder.upstream("db", {builder.backend(backends[i]->address())});
                const DoorId door = builder.door("shop/db-" + std::to_string(i),
                                                 isHttp ? DoorMode::Http : DoorMode::Tcp);
                builder.at(door).ports[0].upstream = isHttp ? UpstreamId() : upstream;
                if (isHttp) {
                    builder.route(door, "", "/", upstream);
                }
            }
            return builder.build();
        };
        LiveOptions options = patientOptions();
        options.reloadGrace = 200ms;
        LiveWorld world(planOf({&leaving, &returning, &staying}), options);
        const Tunnel cut(world, "db-0", leaving);
        const Tunnel back(world, "db-1", returning);
        const Tunnel kept(world, "db-2", staying);
        replace(world, planOf({&staying, &staying, &staying}));
        QVERIFY(cut.carries("bye")); // it still has its time
        replace(world, planOf({&staying, &returning, &staying}));
        QVERIFY(cut.client->receiveAll().empty());
        QVERIFY(cut.client->state() != RawSocket::State::TooSlow);
        QVERIFY(cut.pod->receiveAll().empty());
        QVERIFY(back.carries("more"));
        QVERIFY(kept.carries("more"));
    }

    void whenTunnelsHoldAllNumbersTheOldestGo_data()
    {
        QTest::addColumn<bool>("hasTime");
        QTest::newRow("they had their time") << false;
        QTest::newRow("they have time left") << true;
    }
    void whenTunnelsHoldAllNumbersTheOldestGo()
    {
        QFETCH(const bool, hasTime);
        constexpr std::size_t numbers = 256;
        const RawListener pods;
        PlanBuilder builder(Style::PerService);
        const auto upstream = builder.upstream("db", {builder.backend(pods.address())});
        builder.at(builder.door("shop/db", DoorMode::Tcp)).ports[0].upstream = upstream;
        const auto plan = builder.build();
        LiveOptions options = patientOptions();
        options.reloadGrace = hasTime ? lab::Duration(1h) : lab::Duration(0);
        LiveWorld world(plan, options);
        std::vector<RawSocket> clients;
        std::vector<RawSocket> atPods;
        for (std::size_t i = 0; i < numbers; ++i) {
            clients.push_back(world.client());
            atPods.push_back(pods.accept());
            const auto replaced = world.engine->replace({plan});
            QCOMPARE(replaced.has_value(), i + 1 < numbers || !hasTime);
        }
        if (!hasTime) {
            QCOMPARE(clients.front().end(), RawSocket::State::Ended);
            QVERIFY(atPods.front().receiveAll().empty());
        }
        for (RawSocket* const client : {&clients[hasTime ? 0 : 1], &clients.back()}) {
            RawSocket& pod = atPods[static_cast<std::size_t>(client - clients.data())];
            client->send("still here");
            QCOMPARE(pod.receive(10), std::string("still here"));
        }
    }
};

LAB_TEST(ReloadsTest)
#include "tst_reloads.moc"
