#include "support/test_main.hpp"

#include "support/raw_client.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::EndpointId;
using lab::UpstreamId;
using lab::plan::DoorMode;
using lab::plan::Style;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;

namespace {

using Plan = std::shared_ptr<const lab::plan::FrontDoorPlan>;

/// A per-service tcp (or tls) door to these endpoints, with 80 and 443.
Plan tcpPlan(PlanBuilder& builder, DoorMode mode, const std::vector<EndpointId>& endpoints)
{
    const UpstreamId upstream = builder.upstream("cart", endpoints);
    const DoorId door = builder.door("shop/cart", mode);
    builder.at(door).ports[0].upstream = upstream;
    builder.addTlsPort(door, builder.certificate({"shop.lab"}), upstream);
    return builder.build();
}

Plan tcpPlanTo(const std::string& address, DoorMode mode = DoorMode::Tcp)
{
    PlanBuilder builder(Style::PerService);
    return tcpPlan(builder, mode, {builder.backend(address)});
}

/// A cloud door in front of two controllers, which send everything to one lab pod.
Plan ingressPlan()
{
    PlanBuilder builder;
    const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
    const DoorId cloud = builder.door("ingress", DoorMode::Tcp);
    builder.at(cloud).ports.push_back({443, true, {}});
    for (const char* name : {"controller-0", "controller-1"}) {
        const DoorId replica = builder.controllerOf(cloud, name);
        builder.addTlsPort(replica, builder.certificate({"shop.lab"}));
        builder.route(replica, "", "/", upstream);
    }
    return builder.build();
}

QString bodyOf(const RawAnswer& answer)
{
    return QString::fromStdString(answer.body);
}

struct ClientContext {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    ClientContext() = default;
    ~ClientContext() { SSL_CTX_free(context); }
    ClientContext(const ClientContext&) = delete;
    ClientContext& operator=(const ClientContext&) = delete;
};

} // namespace

/// A tcp door carries bytes to one pod a connection, and tells who its client is where it can.
class L4SessionTest : public QObject {
    Q_OBJECT

private slots:
    void carriesWhateverItIs()
    {
        const RawListener pods;
        LiveWorld live(tcpPlanTo(pods.address()));
        RawSocket client = live.client();
        client.send("not HTTP at all");
        RawSocket pod = pods.accept();
        QCOMPARE(pod.receive(15), std::string("not HTTP at all"));
        pod.send("nor this");
        QCOMPARE(client.receive(8), std::string("nor this"));
        client.finishSending();
        QCOMPARE(pod.end(), RawSocket::State::Ended);
        pod.close();
        QCOMPARE(client.end(), RawSocket::State::Ended);
        QVERIFY(live.isLeftAlone());
        QCOMPARE(live.counters().connectionsAccepted, std::uint64_t{1});
        QCOMPARE(live.counters().bytesIn, std::uint64_t{15});
        QCOMPARE(live.counters().bytesOut, std::uint64_t{8});
    }

    void aPodMaySpeakFirst()
    {
        const RawListener pods;
        LiveWorld live(tcpPlanTo(pods.address()));
        RawSocket client = live.client();
        RawSocket pod = pods.accept();
        pod.send("220 mail.shop.lab\r\n");
        QCOMPARE(client.receiveUntil("\r\n"), std::string("220 mail.shop.lab\r\n"));
    }

    void thePodSeesTheClientsLoopbackAddress()
    {
        PlanBuilder builder(Style::PerService);
        LiveWorld live(tcpPlan(builder, DoorMode::Tcp, {builder.pod("cart-0")}));
        for (const char* source : {"127.0.3.5", "127.0.3.6"}) {
            RawSocket client = live.client(source);
            const RawAnswer answer = ask(client, get("/"));
            QVERIFY(bodyOf(answer).contains(QString("\"peer\":\"%1\"").arg(source)));
            QVERIFY(!bodyOf(answer).contains("X-Forwarded-For")); // it touches nothing
        }
    }

    void choosesAPodForEachConnection()
    {
        PlanBuilder builder(Style::PerService);
        const std::vector<EndpointId> pods{
            builder.pod("cart-0"), builder.pod("cart-1"), builder.pod("cart-2", false)};
        LiveWorld live(tcpPlan(builder, DoorMode::Tcp, pods));
        QSet<QString> seen;
        for (int i = 0; i < 30; ++i) {
            RawSocket client = live.client();
            const QString first = bodyOf(ask(client, get("/")));
            QCOMPARE(bodyOf(ask(client, get("/"))), first); // the same one, as long as it lasts
            seen << first;
        }
        QCOMPARE(seen.size(), 2); // never the one that is not ready
    }

    void aTcpDoorPassesTlsThrough()
    {
        const RawListener pods;
        LiveWorld live(tcpPlanTo(pods.address()));
        RawSocket client = lab::test::connectTo(live.address(DoorId(0), true));
        client.send("\x16\x03\x01 as it is");
        RawSocket pod = pods.accept();
        QCOMPARE(pod.receive(12), std::string("\x16\x03\x01 as it is"));
    }

    void aTlsDoorEndsTheClientsTls()
    {
        const RawListener pods;
        LiveWorld live(tcpPlanTo(pods.address(), DoorMode::Tls));
        const ClientContext tls;
        RawSocket client = lab::test::connectTo(live.address(DoorId(0), true), "127.0.3.7");
        QVERIFY(client.secure(tls.context, "shop.lab"));
        client.send("secret");
        RawSocket pod = pods.accept();
        QCOMPARE(pod.receive(6), std::string("secret"));
        QCOMPARE(peerAddressOf(pod.fd()).host(), std::string("127.0.3.7"));
        pod.send("answer");
        QCOMPARE(client.receive(6), std::string("answer"));
        pod.close();
        QCOMPARE(client.end(), RawSocket::State::Ended); // with close_notify
    }

    void aTlsDoorLeavesItsPlainPortPlain()
    {
        const RawListener pods;
        LiveWorld live(tcpPlanTo(pods.address(), DoorMode::Tls));
        RawSocket client = live.client();
        client.send("plain");
        RawSocket pod = pods.accept();
        QCOMPARE(pod.receive(5), std::string("plain"));
    }

    void withoutAPodTheConnectionIsReset_data()
    {
        QTest::addColumn<bool>("isListed");
        QTest::newRow("no ready pod") << false;
        QTest::newRow("a pod that refuses") << true;
    }
    void withoutAPodTheConnectionIsReset()
    {
        QFETCH(const bool, isListed);
        std::string closed;
        {
            const RawListener listener;
            closed = listener.address();
        }
        PlanBuilder builder(Style::PerService);
        const EndpointId endpoint =
            isListed ? builder.backend(closed) : builder.pod("cart-0", false);
        LiveWorld live(tcpPlan(builder, DoorMode::Tcp, {endpoint}));
        RawSocket client = live.client();
        client.send("hello");
        QCOMPARE(client.end(), RawSocket::State::Cut);
        QVERIFY(live.isLeftAlone());
        QCOMPARE(live.counters().upstreamErrors, std::uint64_t{1});
    }

    void theControllerLearnsTheClientsAddress_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::newRow("http") << false;
        QTest::newRow("https, passed through") << true;
    }
    void theControllerLearnsTheClientsAddress()
    {
        QFETCH(const bool, isTls);
        LiveWorld live(ingressPlan());
        const ClientContext tls;
        RawSocket client = lab::test::connectTo(live.address(DoorId(0), isTls), "127.0.3.8");
        QVERIFY(!isTls || client.secure(tls.context, "shop.lab"));
        const RawAnswer answer = ask(client, get("/"));
        QCOMPARE(answer.status, 200);
        QVERIFY(bodyOf(answer).contains("\"X-Forwarded-For\":[\"127.0.3.8\"]"));
        QVERIFY(bodyOf(answer).contains("\"service\":\"shop/cart\""));
        QVERIFY(bodyOf(answer).contains("\"ingress\":\"shop/web\""));
    }

    void whoseAddressThePodSees_data()
    {
        QTest::addColumn<bool>("isDirect");
        QTest::addColumn<bool>("keepsClient");
        QTest::addColumn<QString>("peer");
        QTest::newRow("a node's") << false << false << "127.0.2.1";
        QTest::newRow("the client's") << false << true << "127.0.3.5";
        QTest::newRow("the door's own") << true << false << "127.0.1.1";
    }
    void whoseAddressThePodSees()
    {
        QFETCH(const bool, isDirect);
        QFETCH(const bool, keepsClient);
        QFETCH(const QString, peer);
        PlanBuilder builder(Style::PerService);
        builder.node("node-a");
        builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId door = builder.door("shop/cart", DoorMode::Tcp);
        builder.at(door).ports[0].upstream = UpstreamId(0);
        builder.at(door).path = {isDirect, false, keepsClient, {}, false};
        LiveWorld live(builder.build());
        RawSocket client = live.client("127.0.3.5");
        const RawAnswer answer = ask(client, get("/"));
        QVERIFY2(bodyOf(answer).contains(QString("\"peer\":\"%1\"").arg(peer)),
                 answer.body.c_str());
    }

    void theControllerIsToldANodesAddressWhereOneHidesTheClient()
    {
        PlanBuilder builder;
        builder.node("node-a");
        const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId cloud = builder.door("ingress", DoorMode::Tcp);
        builder.route(builder.controllerOf(cloud, "controller-0"), "", "/", upstream);
        builder.at(DoorId(1)).node = lab::NodeId(0);
        builder.at(cloud).path = {false, false, false, {}, false};
        LiveWorld live(builder.build());
        RawSocket client = live.client("127.0.3.8");
        QVERIFY(bodyOf(ask(client, get("/"))).contains("\"X-Forwarded-For\":[\"127.0.2.1\"]"));
    }

    void everyNodeAnswersOnItsNodePortUnlessItHasNoPod()
    {
        for (const bool isLocal : {false, true}) {
            PlanBuilder builder(Style::PerService);
            const std::vector<lab::NodeId> nodes{builder.node("node-a"), builder.node("node-b")};
            const EndpointId pod = builder.pod("cart-0");
            builder.at(pod).node = nodes[0];
            const DoorId door = builder.door("shop/cart@nodes", DoorMode::Tcp);
            builder.at(door).role = lab::plan::DoorRole::NodePort;
            builder.at(door).ports = {{30080, false, builder.upstream("cart", {pod})}};
            builder.at(door).nodes = nodes;
            builder.at(door).path = {false, isLocal, isLocal, {}, false};
            LiveWorld live(builder.build());
            const std::vector<BoundPort> ports = live.engine->ready().doors.at(0).ports;
            QCOMPARE(ports.size(), std::size_t{2});
            QCOMPARE(ports[1].node, std::string("node-b"));
            QCOMPARE(ports[1].publicPort, 30080);
            RawSocket first = lab::test::connectTo(ports[0].address, "127.0.3.5");
            const QString peer = isLocal ? "127.0.3.5" : "127.0.2.1";
            QVERIFY(bodyOf(ask(first, get("/"))).contains("\"peer\":\"" + peer));
            RawSocket second = lab::test::connectTo(ports[1].address);
            QCOMPARE(ask(second, get("/")).status, isLocal ? 0 : 200);
        }
    }

    void whoIsInNoSourceRangeIsReset_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("tcp") << static_cast<int>(DoorMode::Tcp);
        QTest::newRow("http") << static_cast<int>(DoorMode::Http);
    }
    void whoIsInNoSourceRangeIsReset()
    {
        QFETCH(const int, mode);
        PlanBuilder builder(Style::PerService);
        const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId door = builder.door("shop/cart", static_cast<DoorMode>(mode));
        if (builder.at(door).mode == DoorMode::Http) {
            builder.route(door, "", "/", upstream);
        } else {
            builder.at(door).ports[0].upstream = upstream;
        }
        builder.at(door).sourceRanges = {*lab::limiting::parseAddressRange("127.0.3.0/24")};
        LiveWorld live(builder.build());
        RawSocket in = live.client("127.0.3.200");
        QCOMPARE(ask(in, get("/")).status, 200);
        RawSocket out = live.client("127.0.4.1");
        QCOMPARE(ask(out, get("/")).status, 0);
        QCOMPARE(live.counters().connectionsAccepted, std::uint64_t{2});
    }

    void aClientKeepsItsPodWhereTheServiceAsksForIt()
    {
        PlanBuilder builder(Style::PerService);
        builder.node("node-a");
        const std::vector<EndpointId> pods{
            builder.pod("cart-0"), builder.pod("cart-1"), builder.pod("cart-2")};
        const DoorId door = builder.door("shop/cart", DoorMode::Tcp);
        builder.at(door).ports[0].upstream = builder.upstream("cart", pods);
        builder.at(door).path = {false, false, false, std::chrono::hours(3), false};
        LiveOptions options = patientOptions();
        options.workers = 3; // they share what a node remembers
        LiveWorld live(builder.build(), options);
        QSet<QString> seen;
        for (int client = 1; client <= 12; ++client) {
            QSet<QString> own;
            for (int i = 0; i < 6; ++i) {
                RawSocket socket = live.client("127.0.3." + std::to_string(client));
                const QString body = bodyOf(ask(socket, get("/")));
                own << body.mid(body.indexOf("\"pod\""), 14);
            }
            QCOMPARE(own.size(), 1);
            seen += own;
        }
        QVERIFY(seen.size() > 1);
    }

    void allReplicasTakeTheirShare()
    {
        LiveWorld live(ingressPlan());
        for (int i = 0; i < 40; ++i) {
            RawSocket client = live.client();
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        QCOMPARE(live.counters(0).connectionsAccepted, std::uint64_t{40});
        QVERIFY(live.counters(1).requests > 5); // each with one half of the chance
        QVERIFY(live.counters(2).requests > 5);
        QCOMPARE(live.counters(1).requests + live.counters(2).requests, std::uint64_t{40});
    }

    void aControllersPublicPortBelievesNoHeader()
    {
        LiveWorld live(ingressPlan());
        RawSocket client = lab::test::connectTo(live.address(DoorId(1)), "127.0.3.9");
        const RawAnswer answer = ask(client, get("/"));
        QVERIFY(bodyOf(answer).contains("\"X-Forwarded-For\":[\"127.0.3.9\"]"));
        RawSocket liar = lab::test::connectTo(live.address(DoorId(1)));
        const std::string signature("\r\n\r\n\0\r\nQUIT\n", 12);
        QCOMPARE(ask(liar, signature + std::string("\x20\0\0\0", 4) + get("/")).status, 400);
    }
};

LAB_TEST(L4SessionTest)
#include "tst_l4_session.moc"
