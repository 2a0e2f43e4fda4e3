#include "support/test_main.hpp"

#include "certificates/certificate_info.hpp"
#include "certificates/lab_authority.hpp"
#include "live/reload_world.hpp"
#include "support/live_reload.hpp"

#include <openssl/x509.h>

using namespace lab::live;
using lab::CertificateId;
using lab::DoorId;
using lab::UpstreamId;
using lab::plan::DoorMode;
using lab::plan::Style;
using lab::test::addressOf;
using lab::test::ask;
using lab::test::connectTo;
using lab::test::eventually;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::planTo;
using lab::test::planToPod;
using lab::test::podOf;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using lab::test::replace;
using namespace std::chrono_literals;

namespace {

using Plan = std::shared_ptr<const lab::plan::FrontDoorPlan>;

/// Per-service doors of these names, each to a pod "NAME-0".
Plan doorsNamed(const std::vector<std::string>& names, DoorMode mode = DoorMode::Http)
{
    PlanBuilder builder(Style::PerService);
    for (const std::string& name : names) {
        const UpstreamId upstream = builder.upstream(name, {builder.pod(name + "-0")});
        const DoorId door = builder.door("shop/" + name, mode);
        if (mode == DoorMode::Http) {
            builder.route(door, "", "/", upstream);
        } else {
            builder.at(door).ports[0].upstream = upstream;
        }
    }
    return builder.build();
}

/// One TLS door that presents this Secret.
Plan planWithSecret(const lab::certificates::IssuedCertificate& issued)
{
    PlanBuilder builder;
    const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
    const DoorId door = builder.door("ingress");
    const CertificateId certificate = builder.certificate({"shop.lab"});
    auto& wanted = builder.raw().certificates[certificate.index()];
    wanted.source = lab::plan::PlannedCertificate::Source::Secret;
    wanted.name = "shop/web-tls";
    wanted.pem = std::make_shared<const lab::plan::PemPair>(
        lab::plan::PemPair{issued.certificatePem, issued.keyPem});
    builder.addTlsPort(door, certificate);
    builder.route(door, "", "/", upstream);
    return builder.build();
}

/// The serial number of the certificate that was presented.
std::string serialOf(const RawSocket& client)
{
    X509* const certificate = SSL_get1_peer_certificate(client.ssl());
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(certificate);
    const std::string bytes(reinterpret_cast<const char*>(serial->data),
                            static_cast<std::size_t>(serial->length));
    X509_free(certificate);
    return bytes;
}

} // namespace

/// A reload changes what changed, and nothing else; one that fails changes nothing at all.
class RolloutTest : public QObject {
    Q_OBJECT

private slots:
    void aKeptConnectionSeesTheNewRuleAtItsNextRequest()
    {
        LiveWorld world(planToPod("old"));
        RawSocket client = world.client();
        QCOMPARE(podOf(ask(client, get("/"))), std::string("old"));
        replace(world, planToPod("new"));
        QCOMPARE(podOf(ask(client, get("/"))), std::string("new"));
        QCOMPARE(world.counters().connectionsAccepted, std::uint64_t{1});
    }

    void aRequestUnderWayEndsByItsOwnPlan()
    {
        const RawListener pods;
        LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(get("/slow"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        replace(world, planToPod("new"));
        pod.send(okAnswer("by the old one"));
        QCOMPARE(receiveAnswer(client).body, std::string("by the old one"));
        QCOMPARE(podOf(ask(client, get("/"))), std::string("new"));
        QCOMPARE(pod.end(), RawSocket::State::Ended); // its address has gone: nothing is kept
    }

    void doorsComeAndGo()
    {
        LiveWorld world(doorsNamed({"cart", "pay"}));
        const std::string cart = addressOf(world, "cart");
        const std::string pay = addressOf(world, "pay");
        RawSocket idle = connectTo(pay);
        QCOMPARE(ask(idle, get("/")).status, 200);
        replace(world, doorsNamed({"news", "cart"}));
        QCOMPARE(addressOf(world, "cart"), cart);
        QCOMPARE(idle.end(), RawSocket::State::Ended);
        QVERIFY(lab::test::isRefused(pay));
        for (const char* name : {"cart", "news"}) {
            RawSocket client = connectTo(addressOf(world, name));
            QCOMPARE(podOf(ask(client, get("/"))), name + std::string("-0"));
        }
    }

    void aDoorThatGoesEndsTheExchangeUnderWay()
    {
        const RawListener pods;
        LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(get("/slow"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        replace(world, doorsNamed({"cart"}));
        pod.send(okAnswer("last"));
        const RawAnswer answer = receiveAnswer(client);
        QCOMPARE(answer.body, std::string("last"));
        QVERIFY(answer.has("Connection: close"));
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void aDoorOfAnotherKindStartsAnew()
    {
        LiveWorld world(doorsNamed({"cart"}));
        const std::string address = addressOf(world, "cart");
        RawSocket idle = connectTo(address);
        QCOMPARE(ask(idle, get("/")).status, 200);
        replace(world, doorsNamed({"cart"}, DoorMode::Tcp));
        QCOMPARE(idle.end(), RawSocket::State::Ended);
        RawSocket client = connectTo(address);
        QCOMPARE(ask(client, get("/")).status, 200);
        QCOMPARE(world.counters().requests, std::uint64_t{1}); // a tcp door knows of none
    }

    void newHandshakesGetTheNewCertificate()
    {
        const auto authority = lab::certificates::LabAuthority::create();
        const auto first = authority->issue({"shop.lab"}, 24h);
        const auto second = authority->issue({"shop.lab"}, 24h);
        LiveWorld world(planWithSecret(*first));
        SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
        RawSocket old = connectTo(world.address(DoorId(0), true));
        QVERIFY(old.secure(context, "shop.lab"));
        QCOMPARE(ask(old, get("/")).status, 200);
        replace(world, planWithSecret(*second));
        RawSocket fresh = connectTo(world.address(DoorId(0), true));
        QVERIFY(fresh.secure(context, "shop.lab"));
        QCOMPARE(ask(fresh, get("/")).status, 200);
        QVERIFY(serialOf(fresh) != serialOf(old));
        QCOMPARE(ask(old, get("/")).status, 200); // the old connection lives on
        SSL_CTX_free(context);
    }

    void aReloadRefillsNoBucket()
    {
        PlanBuilder builder;
        const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId door = builder.door("ingress");
        builder.route(door, "", "/", upstream);
        builder.at(door).limit = lab::limiting::BucketPolicy{0.001, 2};
        LiveWorld world(builder.build());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        replace(world, builder.build());
        QCOMPARE(ask(client, get("/")).status, 200);
        replace(world, builder.build());
        QCOMPARE(ask(client, get("/")).status, 429);
        builder.at(door).limit = lab::limiting::BucketPolicy{0.001, 3}; // another limit
        replace(world, builder.build());
        QCOMPARE(ask(client, get("/")).status, 200);
        QCOMPARE(world.counters().refusedByLimit, std::uint64_t{1});
        QCOMPARE(world.counters().requests, std::uint64_t{4});
    }

    void whatCannotBeServedChangesNothing_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("a port that is taken") << "port";
        QTest::newRow("a backend that is no address") << "backend";
        QTest::newRow("a certificate that is none") << "certificate";
    }
    void whatCannotBeServedChangesNothing()
    {
        QFETCH(const QString, what);
        LiveWorld world(planToPod("old"));
        const ReadyState before = world.engine->ready();
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        const RawListener holder;
        LiveOptions options = patientOptions();
        PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.door("another");
        builder.route(door, "", "/", builder.upstream("cart", {builder.pod("new")}));
        if (what == "port") {
            options.listen.exactAddresses["another"] = holder.address();
        } else if (what == "backend") {
            builder.upstream("bad", {builder.backend("shop.lab:80")});
        } else {
            auto& wanted = builder.raw().certificates[builder.certificate({"shop.lab"}).index()];
            wanted.source = lab::plan::PlannedCertificate::Source::Secret;
        }
        const auto replaced = world.engine->replace({builder.build()}, options);
        QVERIFY(!replaced.has_value());
        QVERIFY(!replaced.error().message().empty());
        QCOMPARE(podOf(ask(client, get("/"))), std::string("old"));
        const ReadyState after = world.engine->ready();
        QCOMPARE(after.doors.size(), before.doors.size());
        QCOMPARE(after.pods.size(), std::size_t{1});
        replace(world, planToPod("newer")); // and the next one is none the worse for it
        QCOMPARE(podOf(ask(client, get("/"))), std::string("newer"));
    }

    void aWebSocketSurvives()
    {
        const RawListener pods;
        LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(get("/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        pod.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                 "Upgrade: websocket\r\n\r\n");
        QVERIFY(client.receiveUntil("\r\n\r\n").starts_with("HTTP/1.1 101"));
        replace(world, planToPod("new"));
        client.send("ping");
        QCOMPARE(pod.receive(4), std::string("ping"));
        pod.send("pong");
        QCOMPARE(client.receive(4), std::string("pong"));
    }

    void aConnectionThroughATcpDoorSurvives()
    {
        const RawListener pods;
        const auto planOf = [&](const std::string& more) {
            PlanBuilder builder(Style::PerService);
            const UpstreamId upstream = builder.upstream("db", {builder.backend(pods.address())});
            builder.at(builder.door("shop/db", DoorMode::Tcp)).ports[0].upstream = upstream;
            if (!more.empty()) {
                builder.route(builder.door(more), "", "/", upstream);
            }
            return builder.build();
        };
        LiveWorld world(planOf(""));
        RawSocket client = world.client();
        RawSocket pod = pods.accept();
        replace(world, planOf("shop/more"));
        client.send("select");
        QCOMPARE(pod.receive(6), std::string("select"));
    }

    void longConnectionsOfADoorThatWentAreCutInTheEnd()
    {
        const RawListener pods;
        PlanBuilder builder(Style::PerService);
        const UpstreamId upstream = builder.upstream("db", {builder.backend(pods.address())});
        builder.at(builder.door("shop/db", DoorMode::Tcp)).ports[0].upstream = upstream;
        LiveOptions options = patientOptions();
        options.reloadGrace = 200ms;
        LiveWorld world(builder.build(), options);
        RawSocket client = world.client();
        RawSocket pod = pods.accept();
        replace(world, doorsNamed({"cart"}));
        client.send("bye");
        QCOMPARE(pod.receive(3), std::string("bye")); // it still has its time
        QVERIFY(client.receiveAll().empty());
        QVERIFY(client.state() != RawSocket::State::TooSlow);
        QVERIFY(pod.receiveAll().empty());
    }

    void countersGoOnWhenADoorComesBack()
    {
        LiveWorld world(doorsNamed({"cart", "pay"}));
        RawSocket client = connectTo(addressOf(world, "pay"));
        QCOMPARE(ask(client, get("/")).status, 200);
        replace(world, doorsNamed({"cart"}));
        QCOMPARE(world.engine->counters().size(), std::size_t{1});
        replace(world, doorsNamed({"cart", "pay"}));
        QCOMPARE(world.counters(1).name, std::string("shop/pay"));
        QCOMPARE(world.counters(1).requests, std::uint64_t{1});
    }

    void recordsOfOldPlansKeepTheirNames()
    {
        const Plan first = planToPod("old");
        LiveWorld world(first);
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        const Plan second = doorsNamed({"cart"});
        replace(world, second);
        RawSocket other = connectTo(addressOf(world, "cart"));
        QCOMPARE(ask(other, get("/")).status, 200);
        const auto& ring = world.engine->recorders()[0]->records();
        QVERIFY(eventually([&] { return ring.written() == 2; }));
        lab::measurement::RecordCursor cursor(ring);
        std::vector<Plan> plans;
        for (const auto& record : cursor.take(2)) {
            plans.push_back(world.engine->planOf(record));
        }
        QCOMPARE(plans, (std::vector<Plan>{first, second}));
    }

    void latenciesOfPodsChangeInPlace()
    {
        LiveWorld world(planToPod("slow"));
        const std::string address = world.engine->ready().pods.at(0).address;
        LiveOptions options = patientOptions();
        options.podFaults["shop/slow"] = {PodFault::Kind::Status, 418, {}};
        QVERIFY(world.engine->replace({planToPod("slow")}, options).has_value());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 418);
        QCOMPARE(world.engine->ready().pods.at(0).address, address);
    }
};

LAB_TEST(RolloutTest)
#include "tst_rollout.moc"
