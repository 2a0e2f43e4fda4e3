#include "support/test_main.hpp"

#include "support/raw_client.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::planTo;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using namespace std::chrono_literals;

namespace {

/// One http door with one backend that the test plays.
struct World {
    explicit World(const LiveOptions& options = patientOptions(),
                   lab::plan::Profile profile = lab::plan::Profile::Spec)
        : live(planTo({pods.address()}, profile), options)
        , client(live.client("127.0.3.5"))
    {
    }

    RawListener pods;
    LiveWorld live;
    RawSocket client;
};

std::string closedAddress()
{
    const RawListener listener;
    return listener.address();
}

} // namespace

/// One request to one pod: what is sent, what is tried again, and what is said when nobody answers.
class ExchangeTest : public QObject {
    Q_OBJECT

private slots:
    void forwardsTheRequestAnew()
    {
        World world;
        world.client.send(
            "GET /a%20b?c HTTP/1.1\r\nHost: shop.lab\r\nX-One: 1\r\n"
            "Connection: X-Secret\r\nX-Secret: s\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n");
        RawSocket pod = world.pods.accept();
        const std::string head = pod.receiveUntil("\r\n\r\n");
        QVERIFY(head.starts_with("GET /a%20b?c HTTP/1.1\r\nHost: shop.lab\r\n"));
        for (const char* field : {"X-One: 1\r\n",
                                  "X-Forwarded-For: 127.0.3.5\r\n",
                                  "X-Forwarded-Proto: http\r\n",
                                  "X-Forwarded-Port: 80\r\n",
                                  "Via: 1.1 ingresslab\r\n"}) {
            QVERIFY2(head.find(field) != std::string::npos, head.c_str());
        }
        for (const char* gone : {"X-Secret", "6.6.6.6", "Connection", "X-Lab-Hop"}) {
            QVERIFY2(head.find(gone) == std::string::npos, gone);
        }
        pod.send(okAnswer("fine", "X-Pod: p\r\n"));
        const RawAnswer answer = receiveAnswer(world.client);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("fine"));
        QCOMPARE(answer.field("X-Pod"), std::string("p"));
    }

    void theProfileDecidesAboutFields()
    {
        World world(patientOptions(), lab::plan::Profile::IngressNginx);
        world.client.send(get("/", "under_score: 1\r\nX-Forwarded-For: 6.6.6.6\r\n"));
        RawSocket pod = world.pods.accept();
        const std::string head = pod.receiveUntil("\r\n\r\n");
        QVERIFY(head.find("X-Real-IP: 127.0.3.5\r\n") != std::string::npos);
        QVERIFY(head.find("X-Original-Forwarded-For: 6.6.6.6\r\n") != std::string::npos);
        QVERIFY(head.find("under_score") == std::string::npos);
        QVERIFY(head.find("Via") == std::string::npos);
        pod.send(okAnswer(""));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void keepsThePodsConnectionForTheNextRequest()
    {
        World world;
        world.client.send(get("/1"));
        RawSocket pod = world.pods.accept();
        for (int i = 1; i <= 5; ++i) {
            QVERIFY(pod.receiveUntil("\r\n\r\n").starts_with("GET /" + std::to_string(i)));
            pod.send(okAnswer("ok"));
            QCOMPARE(receiveAnswer(world.client).status, 200);
            if (i % 2 == 0) { // whichever client asks
                world.client = world.live.client();
            }
            world.client.send(get("/" + std::to_string(i + 1)));
        }
        QVERIFY(pod.receiveUntil("\r\n\r\n").starts_with("GET /6"));
        QVERIFY(world.pods.isSilent());
    }

    void doesNotKeepWhatIsNotClean_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("says close")
            << QByteArray::fromStdString(okAnswer("ok", "Connection: close\r\n"));
        QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QTest::newRow("more than announced") << QByteArray::fromStdString(okAnswer("ok") + "more");
    }
    void doesNotKeepWhatIsNotClean()
    {
        QFETCH(const QByteArray, answer);
        World world;
        world.client.send(get("/1"));
        RawSocket first = world.pods.accept();
        first.receiveUntil("\r\n\r\n");
        first.send(answer.toStdString());
        QCOMPARE(receiveAnswer(world.client).body, std::string("ok"));
        world.client.send(get("/2"));
        RawSocket second = world.pods.accept();
        QVERIFY(second.receiveUntil("\r\n\r\n").starts_with("GET /2"));
        second.send(okAnswer("two"));
        QCOMPARE(receiveAnswer(world.client).body, std::string("two"));
        first.receiveAll();
        QVERIFY(first.state() != RawSocket::State::TooSlow);
    }

    void aStaleConnectionIsTriedAgainWhereThatIsSafe_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("isTriedAgain");
        const QByteArray rest(" /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
        QTest::newRow("GET") << QByteArray("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n") << true;
        QTest::newRow("PUT") << "PUT" + rest << true;
        QTest::newRow("DELETE") << "DELETE" + rest << true;
        QTest::newRow("POST") << "POST" + rest << false;
        QTest::newRow("PATCH") << "PATCH" + rest << false;
        QTest::newRow("unknown") << "BREW" + rest << false;
    }
    void aStaleConnectionIsTriedAgainWhereThatIsSafe()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const bool, isTriedAgain);
        World world;
        world.client.send(get("/1"));
        RawSocket stale = world.pods.accept();
        stale.receiveUntil("\r\n\r\n");
        stale.send(okAnswer("one"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
        world.client.send(request.toStdString());
        // It looked good when it was taken, and takes the request, but never answers it.
        stale.receiveUntil("\r\n\r\n");
        stale.close();
        if (isTriedAgain) {
            RawSocket fresh = world.pods.accept();
            const std::string head = fresh.receiveUntil("\r\n\r\n");
            QVERIFY(head.find(" /2 HTTP/1.1\r\n") != std::string::npos);
            if (!request.startsWith("GET")) {
                QCOMPARE(fresh.receive(2), std::string("hi"));
            }
            fresh.send(okAnswer("two"));
        }
        QCOMPARE(receiveAnswer(world.client).status, isTriedAgain ? 200 : 502);
        QVERIFY(world.pods.isSilent());
        QCOMPARE(world.live.counters().upstreamErrors, std::uint64_t{isTriedAgain ? 0U : 1U});
    }

    void aFreshConnectionIsNotTriedAgain_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-");
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH\r\n\r\n");
        QTest::newRow("broken framing")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        QTest::newRow("unasked 101")
            << QByteArray("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
        QTest::newRow("endless head") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(120'000, 'x');
    }
    void aFreshConnectionIsNotTriedAgain()
    {
        QFETCH(const QByteArray, answer);
        World world;
        world.client.send(get("/"));
        RawSocket pod = world.pods.accept();
        pod.receiveUntil("\r\n\r\n");
        pod.send(answer.toStdString());
        pod.finishSending();
        QCOMPARE(receiveAnswer(world.client).status, 502);
        QVERIFY(world.pods.isSilent());
        QCOMPARE(world.live.counters().upstreamErrors, std::uint64_t{1});
        world.client.send(get("/next")); // the client's connection is still good
        RawSocket next = world.pods.accept();
        next.receiveUntil("\r\n\r\n");
        next.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void aRefusedConnectionGoesToTheNextEndpoint_data()
    {
        QTest::addColumn<QByteArray>("request");
        const QByteArray post("POST / HTTP/1.1\r\nHost: a\r\n");
        QTest::newRow("GET") << QByteArray::fromStdString(get("/"));
        QTest::newRow("POST: it has sent nothing yet") << post + "Content-Length: 2\r\n\r\nhi";
        QTest::newRow("chunked") << post + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
    }
    void aRefusedConnectionGoesToTheNextEndpoint()
    {
        QFETCH(const QByteArray, request);
        const RawListener pods;
        LiveWorld live(planTo({closedAddress(), pods.address(), closedAddress()}));
        RawSocket client = live.client();
        RawSocket pod;
        for (int i = 0; i < 6; ++i) {
            client.send(request.toStdString());
            if (i == 0) {
                pod = pods.accept();
            }
            QVERIFY(pod.receiveUntil("\r\n\r\n").find(" / HTTP/1.1") != std::string::npos);
            if (request.contains("chunked")) {
                QCOMPARE(pod.receiveUntil("0\r\n\r\n"), std::string("2\r\nhi\r\n0\r\n\r\n"));
            } else if (request.startsWith("POST")) {
                QCOMPARE(pod.receive(2), std::string("hi"));
            }
            pod.send(okAnswer("ok"));
            QCOMPARE(receiveAnswer(client).status, 200);
        }
        QCOMPARE(live.counters().upstreamErrors, std::uint64_t{0});
    }

    void allEndpointsRefusingIs502()
    {
        LiveWorld live(planTo({closedAddress(), closedAddress()}));
        RawSocket client = live.client();
        const RawAnswer answer = ask(client, get("/"));
        QCOMPARE(answer.status, 502);
        QCOMPARE(ask(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").status,
                 502); // on the same connection: the request was read
        QCOMPARE(live.counters().upstreamErrors, std::uint64_t{2});
    }

    void aSilentPodIs504()
    {
        LiveOptions options = patientOptions();
        options.timeouts.answer = 40ms;
        World world(options);
        world.client.send(get("/"));
        RawSocket pod = world.pods.accept();
        pod.receiveUntil("\r\n\r\n");
        QCOMPARE(receiveAnswer(world.client).status, 504);
        QCOMPARE(pod.end(), RawSocket::State::Ended); // given up
        QCOMPARE(world.live.counters().responsesByClass[5], std::uint64_t{1});
        QCOMPARE(world.live.counters().upstreamErrors, std::uint64_t{1});
    }

    void anUpgradeBecomesATunnel()
    {
        World world;
        world.client.send(get("/chat", "Connection: Upgrade\r\nUpgrade: websocket\r\n") + "early");
        RawSocket pod = world.pods.accept();
        const std::string head = pod.receiveUntil("\r\n\r\n");
        QVERIFY(head.find("Connection: upgrade\r\nUpgrade: websocket\r\n") != std::string::npos);
        pod.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
                 "Upgrade: websocket\r\n\r\nwelcome");
        const RawAnswer answer = receiveAnswer(world.client);
        QCOMPARE(answer.status, 101);
        QCOMPARE(answer.field("Upgrade"), std::string("websocket"));
        QCOMPARE(world.client.receive(7), std::string("welcome"));
        QCOMPARE(pod.receive(5), std::string("early"));
        world.client.send("ping");
        QCOMPARE(pod.receive(4), std::string("ping"));
        pod.send("pong");
        QCOMPARE(world.client.receive(4), std::string("pong"));
        world.client.finishSending();
        QCOMPARE(pod.end(), RawSocket::State::Ended);
        pod.send("bye");
        pod.close();
        QCOMPARE(world.client.receiveAll(), std::string("bye"));
        QCOMPARE(world.client.state(), RawSocket::State::Ended);
        world.client.close();
        QVERIFY(world.live.isLeftAlone());
    }

    void aPodMayDeclineTheUpgrade()
    {
        World world;
        world.client.send(get("/chat", "Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        RawSocket pod = world.pods.accept();
        pod.receiveUntil("\r\n\r\n");
        pod.send(okAnswer("no chat"));
        QCOMPARE(receiveAnswer(world.client).body, std::string("no chat"));
        world.client.send(get("/2"));
        QVERIFY(pod.receiveUntil("\r\n\r\n").starts_with("GET /2"));
    }

    void aClientThatGoesAwayEndsTheExchange()
    {
        World world;
        world.client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nonly this");
        RawSocket pod = world.pods.accept();
        pod.receiveUntil("only this");
        world.client.reset();
        pod.receiveAll();
        QVERIFY(pod.state() != RawSocket::State::TooSlow);
        QVERIFY(world.live.isLeftAlone());
    }
};

LAB_TEST(ExchangeTest)
#include "tst_exchange.moc"
