#include "support/test_main.hpp"

#include "frontdoor/front_door.hpp"
#include "support/raw_client.hpp"

#include <thread>

using namespace lab::live;
using lab::DoorId;
using lab::EndpointId;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawAnswer;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using namespace std::chrono_literals;

namespace {

/// One http door for shop.lab with a lab pod, and a Service without pods at /empty.
std::shared_ptr<const lab::plan::FrontDoorPlan> shopPlan()
{
    PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
    const EndpointId unready = builder.pod("sold-out-0", false);
    builder.route(door, "shop.lab", "/empty", builder.upstream("empty", {unready}));
    builder.addTlsPort(door, builder.certificate({"shop.lab"}));
    return builder.build();
}

std::shared_ptr<const lab::plan::FrontDoorPlan> limitedPlan(double burst)
{
    PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    builder.route(door, "", "/", builder.upstream("cart", {builder.pod("cart-0")}));
    builder.at(door).limit = lab::limiting::BucketPolicy{0.001, burst}; // a token in 1,000 s
    return builder.build();
}

struct ClientContext {
    ClientContext()
        : context(SSL_CTX_new(TLS_client_method()))
    {
    }
    ~ClientContext() { SSL_CTX_free(context); }
    ClientContext(const ClientContext&) = delete;
    ClientContext& operator=(const ClientContext&) = delete;
    SSL_CTX* context;
};

} // namespace

/// A connection at an http door: its requests one after the other, and how it ends.
class HttpSessionTest : public QObject {
    Q_OBJECT

private slots:
    void keepsAConnectionForManyRequests()
    {
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        for (int i = 0; i < 20; ++i) {
            const RawAnswer answer = ask(client, get("/" + std::to_string(i)));
            QCOMPARE(answer.status, 200);
            QVERIFY(
                QString::fromStdString(answer.body).contains(QString("\"path\":\"/%1\"").arg(i)));
            QVERIFY(!answer.has("Connection: close"));
        }
        QCOMPARE(world.counters().connectionsAccepted, std::uint64_t{1});
        QCOMPARE(world.counters().requests, std::uint64_t{20});
        QCOMPARE(world.counters().responsesByClass[2], std::uint64_t{20});
    }

    void answersPipelinedRequestsInOrder()
    {
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        const std::string post =
            "POST /2 HTTP/1.1\r\nHost: shop.lab\r\nContent-Length: 5\r\n\r\nhello";
        const std::string chunks = "POST /3 HTTP/1.1\r\nHost: shop.lab\r\n"
                                   "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        client.send(get("/1") + post + chunks + get("/empty") + get("/5"));
        for (const int status : {200, 200, 200, 503, 200}) {
            QCOMPARE(receiveAnswer(client).status, status);
        }
        QVERIFY(client.isSilent());
    }

    void requestsMayComeByteByByte()
    {
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        const std::string request =
            "POST /x HTTP/1.1\r\nHost: shop.lab\r\nContent-Length: 3\r\n\r\nabc" + get("/y");
        for (const char byte : request) {
            client.send({&byte, 1});
            std::this_thread::yield();
        }
        QCOMPARE(receiveAnswer(client).status, 200);
        QCOMPARE(receiveAnswer(client).status, 200);
    }

    void refusesBadHeadsAndCloses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const QByteArray& request, int status) {
            QTest::newRow(name) << request << status;
        };
        row("no HTTP", "hello\r\n\r\n", 400);
        row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two lengths",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            400);
        row("length and chunked",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400);
        row("space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
        row("climbs above the root", "GET /../x HTTP/1.1\r\nHost: shop.lab\r\n\r\n", 400);
        row("HTTP/2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
        row("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 501);
        row("too long a target", "GET /" + QByteArray(20'000, 'a') + " HTTP/1.1\r\n", 414);
        row("too large", "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(66'000, 'a'), 431);
    }
    void refusesBadHeadsAndCloses()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        client.send(request.toStdString() + "more that nobody reads");
        const RawAnswer answer = receiveAnswer(client);
        QCOMPARE(answer.status, status);
        QVERIFY(answer.isWhole);
        QVERIFY(answer.has("Connection: close"));
        QCOMPARE(client.end(), RawSocket::State::Ended); // no reset overtakes the answer
        client.close();
        QVERIFY(world.isLeftAlone());
        QCOMPARE(world.counters().responsesByClass[status / 100], std::uint64_t{1});
    }

    void aHeadThatDripsTooSlowlyGets408()
    {
        LiveOptions options = patientOptions();
        options.timeouts.head = 40ms;
        LiveWorld world(shopPlan(), options);
        RawSocket client = world.client();
        client.send("GET / HTTP/1.1\r\nHo");
        QCOMPARE(receiveAnswer(client).status, 408);
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void whoNeverBeginsIsClosedInSilence_data()
    {
        QTest::addColumn<bool>("isAfterARequest");
        QTest::newRow("from the start") << false;
        QTest::newRow("after a request") << true;
    }
    void whoNeverBeginsIsClosedInSilence()
    {
        QFETCH(const bool, isAfterARequest);
        LiveOptions options = patientOptions();
        (isAfterARequest ? options.timeouts.keepAliveIdle : options.timeouts.head) = 40ms;
        LiveWorld world(shopPlan(), options);
        RawSocket client = world.client();
        if (isAfterARequest) {
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void tellsWhyItRefuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("host") << QByteArray::fromStdString(get("/", "", "pay.lab")) << 404;
        QTest::newRow("no endpoint") << QByteArray::fromStdString(get("/empty/x")) << 503;
        QTest::newRow("HEAD") << QByteArray("HEAD /empty HTTP/1.1\r\nHost: shop.lab\r\n\r\n")
                              << 503;
    }
    void tellsWhyItRefuses()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        const RawAnswer answer = ask(client, request.toStdString());
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.has("Retry-After"));
        QVERIFY(answer.isWhole && (!answer.body.empty() || request.startsWith("HEAD")));
        QCOMPARE(ask(client, get("/")).status, 200); // the connection goes on
        QCOMPARE(world.counters().unrouted, std::uint64_t{status == 404 ? 1U : 0U});
    }

    void anEmptyBucketAnswers429WithRetryAfter()
    {
        LiveWorld world(limitedPlan(3));
        RawSocket client = world.client();
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        const RawAnswer answer = ask(client, get("/"));
        QCOMPARE(answer.status, 429);
        const int wait = std::stoi(answer.field("Retry-After"));
        QVERIFY(wait > 900 && wait <= 1000);
        QCOMPARE(world.counters().refusedByLimit, std::uint64_t{1});
        QCOMPARE(world.counters().responsesByClass[4], std::uint64_t{1});
    }

    void aRefusedBodyIsSkippedOrEndsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("fieldsAndBody");
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("here already") << QByteArray("Content-Length: 3\r\n\r\nabc") << true;
        QTest::newRow("still to come") << QByteArray("Content-Length: 900\r\n\r\nabc") << false;
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
                                 << false;
    }
    void aRefusedBodyIsSkippedOrEndsTheConnection()
    {
        QFETCH(const QByteArray, fieldsAndBody);
        QFETCH(const bool, goesOn);
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        const RawAnswer answer =
            ask(client, "POST /empty HTTP/1.1\r\nHost: shop.lab\r\n" + fieldsAndBody.toStdString());
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.has("Connection: close"), !goesOn);
        if (goesOn) {
            QCOMPARE(ask(client, get("/")).status, 200);
        } else {
            QCOMPARE(client.end(), RawSocket::State::Ended);
        }
    }

    void answersItselfWhatGoesNoFurther_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray host(" HTTP/1.1\r\nHost: shop.lab\r\n");
        QTest::newRow("OPTIONS *") << "OPTIONS *" + host + "\r\n" << 204;
        QTest::newRow("OPTIONS") << "OPTIONS /x" + host + "Max-Forwards: 0\r\n\r\n" << 204;
        QTest::newRow("TRACE") << "TRACE /x" + host + "Max-Forwards: 0\r\nCookie: c\r\n\r\n" << 200;
        QTest::newRow("GET does not count hops")
            << QByteArray::fromStdString(get("/x", "Max-Forwards: 0\r\n")) << 0;
        QTest::newRow("OPTIONS, one hop more") << "OPTIONS /x" + host + "Max-Forwards: 1\r\n\r\n"
                                               << 0;
    }
    void answersItselfWhatGoesNoFurther()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        const RawAnswer answer = ask(client, request.toStdString());
        QCOMPARE(answer.status, status == 0 ? 200 : status);
        const QString body = QString::fromStdString(answer.body);
        QCOMPARE(body.contains("\"pod\":\"cart-0\""), status == 0);
        if (request.startsWith("TRACE")) {
            QCOMPARE(body, "TRACE /x HTTP/1.1\r\nHost: shop.lab\r\nMax-Forwards: 0\r\n\r\n");
            QCOMPARE(answer.field("Content-Type"), std::string("message/http"));
        }
        QCOMPARE(ask(client, get("/")).status, 200);
    }

    void closesWhenTheClientWantsIt_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("1.1") << QByteArray::fromStdString(get("/", "Connection: close\r\n"));
        QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\nHost: shop.lab\r\n\r\n");
        QTest::newRow("refused, 1.0 that would go on") << QByteArray(
            "GET /empty HTTP/1.0\r\nHost: shop.lab\r\nConnection: keep-alive\r\n\r\n");
    }
    void closesWhenTheClientWantsIt()
    {
        QFETCH(const QByteArray, request);
        LiveWorld world(shopPlan());
        RawSocket client = world.client();
        const RawAnswer answer = ask(client, request.toStdString());
        QVERIFY(answer.status == 200 || answer.status == 503);
        QVERIFY(answer.has("Connection: close"));
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void servesOverTls()
    {
        LiveWorld world(shopPlan());
        const ClientContext tls;
        RawSocket client = lab::test::connectTo(world.address(DoorId(0), true));
        QVERIFY(client.secure(tls.context, "shop.lab"));
        for (int i = 0; i < 3; ++i) {
            const RawAnswer answer = ask(client, get("/"));
            QCOMPARE(answer.status, 200);
            QVERIFY(
                QString::fromStdString(answer.body).contains("\"X-Forwarded-Proto\":[\"https\"]"));
        }
    }

    void aTlsClientThatGoesAwayHarmsNobody()
    {
        // The door writes to connections that are reset: it must not die of SIGPIPE.
        LiveWorld world(shopPlan());
        const ClientContext tls;
        for (int i = 0; i < 20; ++i) {
            RawSocket client = lab::test::connectTo(world.address(DoorId(0), true));
            QVERIFY(client.secure(tls.context, "shop.lab"));
            client.send(get("/1") + get("/2") + get("/3"));
            client.reset();
        }
        QVERIFY(world.isLeftAlone());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
    }

    void whoAsksIsToldWhyInTheAnswer_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("asks");
        QTest::addColumn<bool>("isOn");
        QTest::addColumn<QString>("said");
        QTest::newRow("forwarded") << QByteArray("/") << QByteArray("1") << true << "shop/cart 0";
        QTest::newRow("refused") << QByteArray("/empty") << QByteArray("1") << true << "503 0";
        QTest::newRow("no yes") << QByteArray("/") << QByteArray("0") << true << "";
        QTest::newRow("off") << QByteArray("/") << QByteArray("1") << false << "";
        QTest::newRow("off, refused") << QByteArray("/empty") << QByteArray("1") << false << "";
    }
    void whoAsksIsToldWhyInTheAnswer()
    {
        QFETCH(const QByteArray, target);
        QFETCH(const QByteArray, asks);
        QFETCH(const bool, isOn);
        QFETCH(const QString, said);
        LiveOptions options = patientOptions();
        if (isOn) {
            options.explainFields = [](const auto& door,
                                       const auto&,
                                       const auto& decision,
                                       const auto& trace,
                                       std::size_t failed) {
                const std::string what = trace.steps.empty() ? "no trace"
                                         : decision.isForward()
                                             ? door.plan().upstream(decision.upstream).fullService()
                                             : std::to_string(decision.status);
                return "x-lab-why: " + what + ' ' + std::to_string(failed) + "\r\n";
            };
        }
        LiveWorld world(shopPlan(), options);
        RawSocket client = world.client();
        const std::string field = "X-Lab-Explain: " + asks.toStdString() + "\r\n";
        const RawAnswer answer = ask(client, get(target.toStdString(), field));
        QCOMPARE(QString::fromStdString(answer.field("x-lab-why")), said);
        const bool isAtThePod = answer.body.find("lab-explain") != std::string::npos ||
                                answer.body.find("Lab-Explain") != std::string::npos;
        QCOMPARE(isAtThePod, !isOn && answer.status == 200); // off: a field like any other
    }

    void plainTextAtTheTlsPortIsClosed()
    {
        LiveWorld world(shopPlan());
        RawSocket client = lab::test::connectTo(world.address(DoorId(0), true));
        client.send(get("/"));
        client.receiveAll();
        QVERIFY(client.state() != RawSocket::State::TooSlow);
        client.close();
        QVERIFY(world.isLeftAlone());
    }

    void aDrainClosesIdleConnections_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::addColumn<int>("requests");
        QTest::newRow("plain, nothing sent yet") << false << 0;
        QTest::newRow("plain, after requests") << false << 2;
        QTest::newRow("TLS, nothing sent yet") << true << 0;
        QTest::newRow("TLS, after requests") << true << 2;
    }
    void aDrainClosesIdleConnections()
    {
        QFETCH(const bool, isTls);
        QFETCH(const int, requests);
        LiveWorld world(shopPlan());
        const ClientContext tls;
        RawSocket client = lab::test::connectTo(world.address(DoorId(0), isTls));
        QVERIFY(!isTls || client.secure(tls.context, "shop.lab"));
        for (int i = 0; i < requests; ++i) {
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        QVERIFY(lab::test::eventually([&] { return world.counters().connectionsOpen == 1; }));
        QVERIFY(world.engine->drain(10s)); // long before any of its 60 s timeouts
        client.receiveAll();
        QVERIFY(client.state() != RawSocket::State::TooSlow);
    }
};

LAB_TEST(HttpSessionTest)
#include "tst_http_session.moc"
