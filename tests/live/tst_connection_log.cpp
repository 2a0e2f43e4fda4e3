#include "support/test_main.hpp"

#include "frontdoor/l4_door.hpp"
#include "measurement/access_line.hpp"
#include "measurement/flight_recorder.hpp"
#include "support/raw_client.hpp"

#include <functional>

using namespace lab::live;
using lab::DoorId;
using lab::EndpointId;
using lab::UpstreamId;
using lab::frontdoor::L4Decision;
using lab::measurement::DoorRecord;
using lab::plan::DoorMode;
using lab::plan::Style;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawListener;
using lab::test::RawSocket;
using namespace std::chrono_literals;

namespace {

LiveOptions withAllHeads(lab::Duration tunnelIdle = 1min)
{
    LiveOptions options = patientOptions();
    options.recorder.heads.oneIn = 1;
    options.timeouts.tunnelIdle = tunnelIdle;
    return options;
}

/// A door to a pod that the test plays.
struct World {
    explicit World(DoorMode mode = DoorMode::Tcp, lab::Duration tunnelIdle = 1min)
        : live(planTo(pods.address(), mode), withAllHeads(tunnelIdle))
    {
    }

    static std::shared_ptr<const lab::plan::FrontDoorPlan> planTo(const std::string& pod,
                                                                  DoorMode mode)
    {
        PlanBuilder builder(Style::PerService);
        const UpstreamId upstream = builder.upstream("db", {builder.backend(pod)});
        const DoorId door = builder.door("shop/db", mode);
        if (mode == DoorMode::Http) {
            builder.route(door, "shop.lab", "/", upstream);
        } else {
            builder.at(door).ports[0].upstream = upstream;
            builder.addTlsPort(door, builder.certificate({"shop.lab"}), upstream);
        }
        return builder.build();
    }

    RawListener pods;
    LiveWorld live;
};

/// What the door remembers once that many are over.
std::vector<lab::measurement::RecordedHead> headsOf(const LiveWorld& live, std::size_t count = 1)
{
    const auto* const recorder = live.engine->recorders().at(0);
    static_cast<void>(
        lab::test::eventually([&] { return recorder->records().written() >= count; }));
    lab::measurement::HeadCursor cursor(recorder->heads());
    std::vector<lab::measurement::RecordedHead> all;
    while (auto head = cursor.next()) {
        all.push_back(std::move(*head));
    }
    return all;
}

struct ClientContext {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    ClientContext() = default;
    ~ClientContext() { SSL_CTX_free(context); }
    ClientContext(const ClientContext&) = delete;
    ClientContext& operator=(const ClientContext&) = delete;
};

using Play = std::function<void(World& world, RawSocket& client, RawSocket& pod)>;

} // namespace
Q_DECLARE_METATYPE(Play)

/// What a tcp or tls door remembers of its connections, and an http door of its tunnels.
class ConnectionLogTest : public QObject {
    Q_OBJECT

private slots:
    void aConnectionIsRememberedWhole()
    {
        World world;
        RawSocket client = world.live.client("127.0.3.5");
        client.send("question");
        RawSocket pod = world.pods.accept();
        QCOMPARE(pod.receive(8), std::string("question"));
        pod.send("the answer");
        QCOMPARE(client.receive(10), std::string("the answer"));
        QVERIFY(headsOf(world.live, 0).empty()); // it is not over
        client.finishSending();
        pod.finishSending();
        const auto heads = headsOf(world.live);
        QCOMPARE(heads.size(), std::size_t{1});
        QCOMPARE(heads[0].client, std::string("127.0.3.5"));
        QVERIFY(heads[0].requestLine.empty() && heads[0].fields.empty());
        const DoorRecord& record = heads[0].record;
        QVERIFY(record.is(DoorRecord::Connection) && !record.is(DoorRecord::Tls));
        QCOMPARE(record.status, std::uint16_t{200});
        QCOMPARE(record.bytesIn, 8U);
        QCOMPARE(record.bodyBytesOut(), std::uint64_t{10});
        QCOMPARE(record.headBytesOut(), std::uint64_t{0});
        QCOMPARE(record.doorAndPlan.id(), 0U);
        QCOMPARE(record.routeAndMethod.id(), DoorRecord::none);
        QCOMPARE(record.upstreamAndTries.id(), 0U);
        QCOMPARE(record.endpointAndRefusal.id(), 0U);
        QVERIFY(record.total() > 0ns && record.total() >= record.beforePod());
        QVERIFY(record.began() <= world.live.engine->now());
    }

    void howItEndedIsRemembered_data()
    {
        QTest::addColumn<Play>("play");
        QTest::addColumn<QByteArray>("end");
        const auto row = [](const char* end, const Play& play) {
            QTest::newRow(end) << play << QByteArray(end);
        };
        row("finished", [](World&, RawSocket& client, RawSocket& pod) {
            client.finishSending();
            pod.finishSending();
        });
        row("client-gone", [](World&, RawSocket& client, RawSocket&) { client.reset(); });
        row("pod-broke", [](World&, RawSocket&, RawSocket& pod) { pod.reset(); });
        row("idle", [](World&, RawSocket&, RawSocket&) {});
        row("cut", [](World& world, RawSocket&, RawSocket&) { world.live.engine->drain(0ms); });
    }
    void howItEndedIsRemembered()
    {
        QFETCH(const Play, play);
        QFETCH(const QByteArray, end);
        for (const DoorMode mode : {DoorMode::Tcp, DoorMode::Http}) {
            World world(mode, end == "idle" ? lab::Duration(60ms) : lab::Duration(1min));
            RawSocket client = world.live.client();
            client.send(get("/", "Connection: upgrade\r\nUpgrade: echo\r\n"));
            RawSocket pod = world.pods.accept();
            QVERIFY(!pod.receiveUntil("\r\n\r\n").empty());
            pod.send("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\nhello");
            QVERIFY(client.receiveUntil("hello").ends_with("hello"));
            client.send("12345");
            QCOMPARE(pod.receive(5), std::string("12345"));
            play(world, client, pod);
            const auto heads = headsOf(world.live);
            QCOMPARE(heads.size(), std::size_t{1});
            const DoorRecord& record = heads[0].record;
            QCOMPARE(endOf(record), std::string_view(end.data()));
            const bool isHttp = mode == DoorMode::Http;
            QCOMPARE(kindOf(record), std::string_view(isHttp ? "tunnel" : "connection"));
            QCOMPARE(record.status,
                     std::uint16_t{isHttp ? std::uint16_t{101} : std::uint16_t{200}});
            const std::size_t request = get("/", "Connection: upgrade\r\nUpgrade: echo\r\n").size();
            QCOMPARE(std::size_t{record.bytesIn}, request + 5);
            QVERIFY(record.bodyBytesOut() >= 5);
        }
    }

    void aConnectionWithoutAPodSaysWhy_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("pod");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("outcome");
        using Outcome = L4Decision::Outcome;
        const auto row =
            [](const char* name, DoorMode mode, const char* pod, int status, Outcome outcome) {
                QTest::newRow(name)
                    << static_cast<int>(mode) << pod << status << static_cast<int>(outcome);
            };
        row("no ready pod", DoorMode::Tcp, "", 502, Outcome::NoEndpoint);
        row("a pod that refuses", DoorMode::Tcp, "127.0.0.1:1", 502, Outcome::Passed);
        row("a client from elsewhere", DoorMode::Tcp, "", 403, Outcome::RefusedSource);
        row("a client from elsewhere, http", DoorMode::Http, "", 403, Outcome::RefusedSource);
    }
    void aConnectionWithoutAPodSaysWhy()
    {
        QFETCH(const int, mode);
        QFETCH(const QString, pod);
        QFETCH(const int, status);
        QFETCH(const int, outcome);
        PlanBuilder builder(Style::PerService);
        const EndpointId endpoint =
            pod.isEmpty() ? builder.pod("db-0", false) : builder.backend(pod.toStdString());
        const UpstreamId upstream = builder.upstream("db", {endpoint});
        const DoorId door = builder.door("shop/db", static_cast<DoorMode>(mode));
        builder.at(door).ports[0].upstream = upstream;
        if (status == 403) {
            builder.at(door).sourceRanges = {*lab::limiting::parseAddressRange("127.0.9.0/24")};
        }
        LiveWorld live(builder.build(), withAllHeads());
        RawSocket client = live.client("127.0.3.5");
        QCOMPARE(client.end(), RawSocket::State::Cut);
        const auto heads = headsOf(live);
        QCOMPARE(heads.size(), std::size_t{1});
        const DoorRecord& record = heads[0].record;
        QCOMPARE(int{record.status}, status);
        QCOMPARE(int{record.endpointAndRefusal.small()}, outcome);
        QCOMPARE(endOf(record), std::string_view("refused"));
        QCOMPARE(heads[0].client, std::string("127.0.3.5"));
        QVERIFY(live.isLeftAlone());
    }

    void aTlsDoorsHandshakeCounts_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::newRow("TLS") << true;
        QTest::newRow("something else") << false;
    }
    void aTlsDoorsHandshakeCounts()
    {
        QFETCH(const bool, isTls);
        World world(DoorMode::Tls);
        const ClientContext tls;
        RawSocket client = lab::test::connectTo(world.live.address(DoorId(0), true));
        if (isTls) {
            QVERIFY(client.secure(tls.context, "shop.lab"));
            client.send("secret");
            RawSocket pod = world.pods.accept();
            QCOMPARE(pod.receive(6), std::string("secret"));
            client.close();
        } else {
            client.send("GET / HTTP/1.1\r\n\r\n");
            static_cast<void>(client.end());
        }
        const auto heads = headsOf(world.live);
        QCOMPARE(heads.size(), std::size_t{1});
        const DoorRecord& record = heads[0].record;
        QVERIFY(record.is(DoorRecord::Tls));
        QCOMPARE(int{record.status}, isTls ? 200 : 400);
        QCOMPARE(record.is(DoorRecord::BadHead), !isTls);
        QCOMPARE(record.bytesIn, isTls ? 6U : 0U); // what the pod got
    }

    void theHopToAControllerNamesTheReplica()
    {
        PlanBuilder builder;
        const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId cloud = builder.door("ingress", DoorMode::Tcp);
        const DoorId replica = builder.controllerOf(cloud, "controller-0");
        builder.route(replica, "", "/", upstream);
        LiveWorld live(builder.build(), withAllHeads());
        RawSocket client = live.client();
        QCOMPARE(lab::test::ask(client, get("/")).status, 200);
        client.close();
        const auto heads = headsOf(live, 2);
        QCOMPARE(heads.size(), std::size_t{2}); // the request, then its connection
        QVERIFY(!heads[0].record.is(DoorRecord::Connection));
        const DoorRecord& record = heads[1].record;
        QVERIFY(record.is(DoorRecord::Connection));
        QCOMPARE(record.doorAndPlan.id(), std::uint32_t(cloud.index()));
        QCOMPARE(record.routeAndMethod.id(), std::uint32_t(replica.index()));
        QCOMPARE(record.endpointAndRefusal.id(), DoorRecord::none);
    }
};

LAB_TEST(ConnectionLogTest)
#include "tst_connection_log.moc"
