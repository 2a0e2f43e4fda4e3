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
using lab::plan::RoutePolicy;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;
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
