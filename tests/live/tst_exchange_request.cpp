#include "support/test_main.hpp"
#include <QJsonDocument>
#include <QJsonObject>

#include "support/raw_client.hpp"

#include <set>

using namespace lab::live;
using lab::DoorId;
using lab::EndpointId;
using lab::UpstreamId;
using lab::plan::FrontDoorPlan;
using lab::plan::Profile;
using lab::plan::RoutePolicy;
using lab::test::ask;
using lab::test::eventually;
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

QString sent(const RawAnswer& answer, const char* key)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body))
        .object()[QLatin1String(key)]
        .toString();
}

/// Service cart with pods cart-0 and cart-1, Service pages with pages-0; one route, to cart, with
/// that policy.
std::shared_ptr<FrontDoorPlan> planWith(RoutePolicy policy)
{
    PlanBuilder builder(lab::plan::Style::Ingress, lab::plan::Profile::IngressNginx);
    const std::vector<EndpointId> pods{builder.pod("cart-0"), builder.pod("cart-1")};
    const UpstreamId cart = builder.upstream("cart", pods);
    const UpstreamId pages = builder.upstream("pages", {builder.pod("pages-0")});
    builder.route(builder.door("ingress"), "", "/", cart);
    auto plan = std::make_shared<FrontDoorPlan>(*builder.build());
    if (!policy.interceptedStatuses.empty()) {
        policy.defaultBackend = pages;
    }
    plan->doors[0].routes[0].policy = std::make_shared<const RoutePolicy>(std::move(policy));
    return plan;
}

/// An ingress-nginx door before backends that the test plays.
struct PlayedWorld {
    explicit PlayedWorld(const RoutePolicy& policy = {},
                         const LiveOptions& options = patientOptions())
        : live(plan(policy), options)
        , client(live.client())
    {
    }

    [[nodiscard]] std::shared_ptr<FrontDoorPlan> plan(const RoutePolicy& policy) const
    {
        const auto common = planTo({first.address(), second.address()}, Profile::IngressNginx);
        auto own = std::make_shared<FrontDoorPlan>(*common);
        own->doors[0].routes[0].policy = std::make_shared<const RoutePolicy>(policy);
        return own;
    }
    /// The backend that is asked next, with the head that it was sent.
    RawSocket acceptRequest()
    {
        static_cast<void>(lab::test::eventually([&] { return !isSilent(); }));
        RawSocket pod = first.isSilent() ? second.accept() : first.accept();
        head = pod.receiveUntil("\r\n\r\n");
        return pod;
    }
    [[nodiscard]] bool isSilent() const { return first.isSilent() && second.isSilent(); }

    RawListener first;
    RawListener second;
    LiveWorld live;
    RawSocket client;
    std::string head;
};

const std::string chunkedPost = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

LiveOptions withFault(PodFault fault)
{
    LiveOptions options = patientOptions();
    options.podFaults["shop/cart-0"] = fault;
    return options;
}

} // namespace

/// What the route's policy says about the way to the pod: limits, timeouts, retries, error pages.
class ExchangeRequestTest : public QObject {
    Q_OBJECT

private slots:
    void anotherPodIsTriedAsThePolicySays_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("triesMax");
        QTest::addColumn<int>("worst");
        const auto refuse = static_cast<int>(PodFault::Kind::Refuse);
        const auto hang = static_cast<int>(PodFault::Kind::Hang);
        const auto status = static_cast<int>(PodFault::Kind::Status);
        QTest::newRow("refused") << refuse << QByteArray("GET") << 3 << 200;
        QTest::newRow("refused, one try only") << refuse << QByteArray("GET") << 1 << 502;
        QTest::newRow("refused: nothing was sent") << refuse << QByteArray("POST") << 3 << 200;
        QTest::newRow("late") << hang << QByteArray("GET") << 3 << 200;
        QTest::newRow("late, and POST may do harm") << hang << QByteArray("POST") << 3 << 504;
        QTest::newRow("late, one try only") << hang << QByteArray("GET") << 1 << 504;
        QTest::newRow("a status to be tried again") << status << QByteArray("GET") << 3 << 200;
        QTest::newRow("a status, one try only") << status << QByteArray("GET") << 1 << 503;
    }
    void anotherPodIsTriedAsThePolicySays()
    {
        QFETCH(const int, fault);
        QFETCH(const QByteArray, method);
        QFETCH(const int, triesMax);
        QFETCH(const int, worst);
        RoutePolicy policy;
        policy.retry.triesMax = triesMax;
        policy.retry.onStatuses = {503};
        policy.timeouts.read = 40ms;
        LiveWorld world(planWith(policy), withFault({static_cast<PodFault::Kind>(fault), 503}));
        RawSocket client = world.client();
        int seen = 200;
        for (int i = 0; i < 4; ++i) { // each pod has its turn
            const RawAnswer answer =
                ask(client, method.toStdString() + " / HTTP/1.1\r\nHost: a\r\n\r\n");
            seen = std::max(seen, answer.status);
        }
        QCOMPARE(seen, worst);
    }

    void theRoutesBodyLimitCountsWhileStreaming()
    {
        RoutePolicy policy;
        policy.bodyBytesMax = 100'000;
        LiveWorld world(planWith(policy));
        const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        const std::string piece = "c350\r\n" + std::string(50'000, 'x') + "\r\n";
        RawSocket client = world.client();
        QCOMPARE(ask(client, head + piece + piece + "0\r\n\r\n").status, 200);
        QCOMPARE(ask(client, head + piece + piece + "1\r\nx\r\n0\r\n\r\n").status, 413);
    }

    void anErrorPageReplacesTheAnswer()
    {
        RoutePolicy policy;
        policy.interceptedStatuses = {418};
        PodFault fault{PodFault::Kind::Status, 418};
        LiveOptions options = withFault(fault);
        options.podFaults["shop/cart-1"] = fault;
        LiveWorld world(planWith(policy), options);
        RawSocket client = world.client();
        const RawAnswer answer = ask(client, get("/lost?a=1"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(sent(answer, "pod"), "pages-0");
        QCOMPARE(sent(answer, "service"), "shop/pages"); // told by the door
        QVERIFY(answer.body.find("\"X-Code\":[\"418\"]") != std::string::npos);
        QVERIFY(answer.body.find("\"X-Original-URI\":[\"/lost?a=1\"]") != std::string::npos);
        QCOMPARE(ask(client, get("/again")).status, 200); // the connection is in step
    }

    void aBodyThatFitsIsTakenInAndSentWithItsLength()
    {
        PlayedWorld world;
        world.client.send(chunkedPost + "5\r\nhello\r\n");
        world.client.send("3;a=b\r\n wo\r\n3\r\nrld\r\n0\r\nDropped: 1\r\n\r\n" + get("/next"));
        RawSocket pod = world.acceptRequest();
        QVERIFY(world.head.find("Content-Length: 11\r\n") != std::string::npos);
        QVERIFY(world.head.find("Transfer-Encoding") == std::string::npos);
        QCOMPARE(pod.receive(11), std::string("hello world"));
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).body, std::string("ok"));
        RawSocket next = world.acceptRequest(); // the other backend's turn
        QVERIFY(world.head.starts_with("GET /next "));
        next.send(okAnswer("more"));
        QCOMPARE(receiveAnswer(world.client).body, std::string("more"));
    }

    void noPodIsAskedForABodyThatBreaks_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray chunks = QByteArray::fromStdString(chunkedPost) + "5\r\nhello\r\n";
        QTest::newRow("late") << chunks << 408;
        QTest::newRow("late, with a length")
            << QByteArray("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n123") << 408;
        QTest::newRow("not chunks") << chunks + "nonsense\r\n" << 400;
        QTest::newRow("too large") << chunks + "3e8\r\n" + QByteArray(1000, 'x') << 413;
    }
    void noPodIsAskedForABodyThatBreaks()
    {
        QFETCH(const QByteArray, request);
        RoutePolicy policy;
        policy.bodyBytesMax = 1000;
        LiveOptions options = patientOptions();
        options.timeouts.bodyIdle = 40ms;
        PlayedWorld world(policy, options);
        world.client.send(request.toStdString());
        const RawAnswer answer = receiveAnswer(world.client);
        QTEST(answer.status, "status");
        QVERIFY(answer.has("Connection: close"));
        QCOMPARE(world.client.end(), RawSocket::State::Ended);
        QVERIFY(world.isSilent());
    }

    void noPodIsAskedForAClientThatLeaves()
    {
        PlayedWorld world;
        world.client.send(chunkedPost + "5\r\nhel");
        world.client.reset();
        QVERIFY(world.live.isLeftAlone());
        QVERIFY(world.isSilent());
    }

    void aBodyThatDoesNotFitStreams_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<bool>("isBuffered");
        const QByteArray chunk = "11170\r\n" + QByteArray(70'000, 'x') + "\r\n";
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked") << chunk << true;
        QTest::newRow("length") << QByteArray("Content-Length: 65537") << QByteArray() << true;
        QTest::newRow("small, but not to be buffered")
            << QByteArray("Content-Length: 5") << QByteArray() << false;
    }
    void aBodyThatDoesNotFitStreams()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QByteArray, begin);
        QFETCH(const bool, isBuffered);
        RoutePolicy policy;
        policy.buffersRequest = isBuffered;
        PlayedWorld world(policy);
        world.client.send("POST / HTTP/1.1\r\nHost: a\r\n" + fields.toStdString() + "\r\n\r\n" +
                          begin.toStdString());
        RawSocket pod = world.acceptRequest(); // though the end has not been sent
        QVERIFY(world.head.find(fields.toStdString()) != std::string::npos);
        pod.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(receiveAnswer(world.client).status, 403);
    }

    void aLargeChunkedBodyArrivesWhole()
    {
        PlayedWorld world;
        const std::string text(1000, 'y');
        std::string request = chunkedPost;
        for (int i = 0; i < 300; ++i) {
            request += "3e8\r\n" + text + "\r\n";
        }
        world.client.send(request + "0\r\n\r\n");
        RawSocket pod = world.acceptRequest();
        std::string body;
        QVERIFY(lab::test::receiveChunks(pod, body));
        QCOMPARE(body.size(), std::size_t{300'000});
        QVERIFY(body.find_first_not_of('y') == std::string::npos);
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void whatGoesToHttp2PodsStreams()
    {
        RoutePolicy policy;
        policy.backendProtocol = "GRPC";
        PlayedWorld world(policy);
        world.client.send(chunkedPost + "5\r\nhello\r\n"); // and no end
        world.acceptRequest();
        QVERIFY(world.head.starts_with("PRI * HTTP/2.0"));
    }

    void aBodyThatWasTakenInGoesToAnotherPodToo_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<bool>("evenIfNotIdempotent");
        QTest::addColumn<bool>("isTriedAgain");
        QTest::newRow("PUT") << QByteArray("PUT") << false << true;
        QTest::newRow("POST") << QByteArray("POST") << false << false;
        QTest::newRow("POST, non_idempotent") << QByteArray("POST") << true << true;
    }
    void aBodyThatWasTakenInGoesToAnotherPodToo()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const bool, evenIfNotIdempotent);
        QFETCH(const bool, isTriedAgain);
        RoutePolicy policy;
        policy.retry.evenIfNotIdempotent = evenIfNotIdempotent;
        PlayedWorld world(policy);
        world.client.send(method.toStdString() + chunkedPost.substr(4) + "5\r\nhello\r\n");
        world.client.send("0\r\n\r\n");
        RawSocket pod = world.acceptRequest();
        QCOMPARE(pod.receive(5), std::string("hello"));
        pod.close(); // it dies with the request in its hands
        if (isTriedAgain) {
            RawSocket other = world.acceptRequest();
            QCOMPARE(other.receive(5), std::string("hello"));
            other.send(okAnswer("ok"));
        }
        QCOMPARE(receiveAnswer(world.client).status, isTriedAgain ? 200 : 502);
        QVERIFY(world.isSilent());
    }

    void everyRequestGetsAnIdOfItsOwn()
    {
        LiveWorld world(planWith({}));
        RawSocket client = world.client();
        std::set<std::string> ids;
        for (int i = 0; i < 3; ++i) {
            const std::string body = ask(client, get("/")).body;
            const std::size_t at = body.find("\"X-Request-ID\":[\"");
            QVERIFY2(at != std::string::npos, body.c_str());
            ids.insert(body.substr(at + 17, 32));
        }
        QCOMPARE(ids.size(), std::size_t{3});
        for (const std::string& id : ids) {
            QVERIFY(id.find_first_not_of("0123456789abcdef") == std::string::npos);
        }
        const std::string kept = ask(client, get("/", "X-Request-ID: mine\r\n")).body;
        QVERIFY(kept.find("\"X-Request-ID\":[\"mine\"]") != std::string::npos);
    }
};

LAB_TEST(ExchangeRequestTest)
#include "tst_exchange_request.moc"
