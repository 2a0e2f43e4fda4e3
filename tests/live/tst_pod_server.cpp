#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "live/pod_server.hpp"
#include "support/raw_client.hpp"

#include <cerrno>
#include <poll.h>

using namespace lab::live;
using lab::test::ask;
using lab::test::connectTo;
using lab::test::get;
using lab::test::RawAnswer;
using lab::test::RawSocket;
using namespace std::chrono_literals;

namespace {

/// Pods on a worker of their own.
struct World {
    ~World() { worker.stop(); }

    /// \pre before start()
    std::string add(const std::string& pod,
                    lab::Duration latency = {},
                    std::optional<PodFault> fault = std::nullopt)
    {
        return PodServer::addressOf(*pods.add({"shop", pod, 8080, latency, fault})).text();
    }
    void start() { worker.start(); }

    LiveClock clock;
    Worker worker{clock, "test-pods"};
    PodServer pods{worker};
};

QJsonObject jsonOf(const RawAnswer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

} // namespace

/// A pod says what it received, as the Gateway API's conformance echo server does.
class PodServerTest : public QObject {
    Q_OBJECT

private slots:
    void echoesTheRequest()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"), "127.0.3.9");
        world.start();
        const RawAnswer answer = ask(client,
                                     "GET /a/b?c=%20d HTTP/1.1\r\nHost: Shop.lab:80\r\n"
                                     "X-Two: 1\r\nX-Two: 2\r\nAccept: */*\r\n\r\n");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.field("Content-Type"), std::string("application/json"));
        const QJsonObject json = jsonOf(answer);
        QCOMPARE(json["path"].toString(), "/a/b?c=%20d");
        QCOMPARE(json["host"].toString(), "Shop.lab:80");
        QCOMPARE(json["method"].toString(), "GET");
        QCOMPARE(json["proto"].toString(), "HTTP/1.1");
        QCOMPARE(json["namespace"].toString(), "shop");
        QCOMPARE(json["pod"].toString(), "cart-0");
        QCOMPARE(json["port"].toInt(), 8080);
        QCOMPARE(json["peer"].toString(), "127.0.3.9");
        QCOMPARE(json["service"].toString(), "");
        QCOMPARE(json["ingress"].toString(), "");
        const QJsonObject headers = json["headers"].toObject();
        QCOMPARE(headers["X-Two"].toArray(), (QJsonArray{"1", "2"}));
        QCOMPARE(headers["Accept"].toArray(), QJsonArray{"*/*"});
    }

    void theHopFieldIsToldButNotShown()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        // A client may have sent one, too: the last one is the door's.
        const QJsonObject json = jsonOf(
            ask(client, get("/", "x-lab-hop: faked;faked\r\nX-Lab-Hop: shop/cart;shop/web\r\n")));
        QCOMPARE(json["service"].toString(), "shop/cart");
        QCOMPARE(json["ingress"].toString(), "shop/web");
        QCOMPARE(json["headers"].toObject().keys(), QStringList{"Host"});
    }

    void everyPodHasItsOwnAddress()
    {
        World world;
        const std::string first = world.add("cart-0");
        const std::string second = world.add("cart-1");
        QVERIFY(first != second);
        world.start();
        RawSocket toFirst = connectTo(first);
        RawSocket toSecond = connectTo(second);
        QCOMPARE(jsonOf(ask(toFirst, get("/")))["pod"].toString(), "cart-0");
        QCOMPARE(jsonOf(ask(toSecond, get("/")))["pod"].toString(), "cart-1");
    }

    void takesBodiesOfAnyFraming_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("none") << QByteArray() << QByteArray();
        QTest::newRow("length") << QByteArray("Content-Length: 5\r\n") << QByteArray("hello");
        QTest::newRow("large") << QByteArray("Content-Length: 1000000\r\n")
                               << QByteArray(1'000'000, 'x');
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                                 << QByteArray("5\r\nhello\r\n0\r\n\r\n");
    }
    void takesBodiesOfAnyFraming()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QByteArray, body);
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        const std::string request =
            "POST /x HTTP/1.1\r\nHost: a\r\n" + fields.toStdString() + "\r\n" + body.toStdString();
        QCOMPARE(jsonOf(ask(client, request))["method"].toString(), "POST");
        QCOMPARE(ask(client, get("/next")).status, 200); // the connection is still in step
    }

    void tellsTheClientToContinue()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                    "Expect: 100-continue\r\n\r\n");
        QCOMPARE(lab::test::receiveAnswer(client).status, 100);
        QCOMPARE(ask(client, "ok").status, 200);
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        client.send(get("/1") + get("/2") + get("/3"));
        for (const char* path : {"/1", "/2", "/3"}) {
            QCOMPARE(jsonOf(lab::test::receiveAnswer(client))["path"].toString(), path);
        }
    }

    void headGetsTheLengthOnly()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        const RawAnswer answer = ask(client, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(answer.status, 200);
        QVERIFY(std::stoi(answer.field("Content-Length")) > 0);
        QCOMPARE(ask(client, get("/")).status, 200);
    }

    void closesWhenAsked()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        QCOMPARE(ask(client, get("/", "Connection: close\r\n")).status, 200);
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void refusesWhatIsNoRequest()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0"));
        world.start();
        QCOMPARE(ask(client, "nonsense\r\n\r\n").status, 400);
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void takesItsTime()
    {
        World world;
        RawSocket client = connectTo(world.add("cart-0", 30ms));
        world.start();
        const lab::Instant begin = world.clock.now();
        QCOMPARE(ask(client, get("/")).status, 200);
        QVERIFY(world.clock.now() - begin >= 30ms);
    }

    void slowPodsDoNotHoldUpEachOther()
    {
        World world;
        RawSocket slow = connectTo(world.add("slow-0", 1h));
        RawSocket quick = connectTo(world.add("quick-0"));
        world.start();
        slow.send(get("/"));
        QCOMPARE(ask(quick, get("/")).status, 200);
        QVERIFY(slow.isSilent());
    }

    void aRefusingPodTakesNoConnection()
    {
        World world;
        const std::string address = world.add("cart-0", {}, PodFault{PodFault::Kind::Refuse});
        world.start();
        const int fd = beginConnect(socketAddress(address).value());
        pollfd watched{fd, POLLOUT, 0};
        int error = fd < 0 ? -fd : 0;
        socklen_t length = sizeof error;
        if (fd >= 0) {
            QCOMPARE(::poll(&watched, 1, 2000), 1);
            ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
            ::close(fd);
        }
        QCOMPARE(error, ECONNREFUSED);
    }

    void aFaultyPodMisbehavesAsTold()
    {
        World world;
        RawSocket failing =
            connectTo(world.add("failing-0", {}, PodFault{PodFault::Kind::Status, 418}));
        RawSocket late =
            connectTo(world.add("late-0", 10ms, PodFault{PodFault::Kind::Delay, 0, 20ms}));
        RawSocket hanging = connectTo(world.add("hanging-0", {}, PodFault{PodFault::Kind::Hang}));
        world.start();
        hanging.send(get("/"));
        const RawAnswer failed = ask(failing, get("/"));
        QCOMPARE(failed.status, 418);
        QCOMPARE(jsonOf(failed)["pod"].toString(), "failing-0");
        const lab::Instant begin = world.clock.now();
        QCOMPARE(ask(late, get("/")).status, 200);
        QVERIFY(world.clock.now() - begin >= 30ms);
        QVERIFY(hanging.isSilent());
    }
};

LAB_TEST(PodServerTest)
#include "tst_pod_server.moc"
