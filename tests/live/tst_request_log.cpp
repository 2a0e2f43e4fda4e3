#include "support/test_main.hpp"

#include "frontdoor/decision.hpp"
#include "measurement/flight_recorder.hpp"
#include "support/raw_client.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::frontdoor::Refusal;
using lab::measurement::DoorRecord;
using lab::measurement::HeadCursor;
using lab::measurement::RecordCursor;
using lab::measurement::RecordedHead;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using namespace std::chrono_literals;

namespace {

LiveOptions withAllHeads()
{
    LiveOptions options = patientOptions();
    options.recorder.heads.oneIn = 1;
    return options;
}

/// One http door with a lab pod, a Service without pods at /empty, and a pod played by the test at
/// /raw.
struct World : LiveWorld {
    World()
        : World(std::make_unique<RawListener>())
    {
    }
    explicit World(std::unique_ptr<RawListener> listener)
        : LiveWorld(planTo(listener->address()), withAllHeads())
        , pods(std::move(listener))
    {
    }

    static std::shared_ptr<const lab::plan::FrontDoorPlan> planTo(const std::string& raw)
    {
        PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        builder.route(door, "shop.lab", "/empty", builder.upstream("empty", {}));
        builder.route(door, "shop.lab", "/raw", builder.upstream("raw", {builder.backend(raw)}));
        return builder.build();
    }

    /// All records so far. \param count  how many are waited for
    [[nodiscard]] std::vector<DoorRecord> records(std::size_t count) const
    {
        const auto& ring = engine->recorders().at(0)->records();
        static_cast<void>(lab::test::eventually([&] { return ring.written() >= count; }));
        RecordCursor cursor(ring);
        return cursor.take(1000);
    }
    [[nodiscard]] std::vector<RecordedHead> heads(std::size_t count) const
    {
        static_cast<void>(records(count));
        HeadCursor cursor(engine->recorders().at(0)->heads());
        std::vector<RecordedHead> all;
        while (auto head = cursor.next()) {
            all.push_back(std::move(*head));
        }
        return all;
    }

    std::unique_ptr<RawListener> pods;
};

} // namespace

/// What a door remembers of its requests, through real sockets.
class RequestLogTest : public QObject {
    Q_OBJECT

private slots:
    void anAnsweredRequestIsRememberedWhole()
    {
        World world;
        RawSocket client = world.client();
        const std::string request = "POST /cart HTTP/1.1\r\nHost: shop.lab\r\n"
                                    "Content-Length: 5\r\n\r\nhello";
        const lab::test::RawAnswer answer = ask(client, request);
        QCOMPARE(answer.status, 200);
        const auto records = world.records(1);
        QCOMPARE(records.size(), std::size_t{1});
        const DoorRecord& record = records[0];
        QCOMPARE(record.status, std::uint16_t{200});
        QCOMPARE(lab::measurement::methodText(record.routeAndMethod.small()),
                 std::string_view("POST"));
        QCOMPARE(record.doorAndPlan.id(), 0U);
        QCOMPARE(record.routeAndMethod.id(), 0U);
        QCOMPARE(record.upstreamAndTries.id(), 0U);
        QCOMPARE(record.endpointAndRefusal.id(), 0U);
        QCOMPARE(record.endpointAndRefusal.small(), std::uint8_t{0});
        QCOMPARE(std::size_t{record.bytesIn}, request.size());
        QCOMPARE(record.headBytesOut(), std::uint64_t{answer.head.size()});
        QCOMPARE(record.bodyBytesOut(), std::uint64_t{answer.body.size()});
        QVERIFY(!record.is(DoorRecord::MadeHere) && !record.is(DoorRecord::KeptConnection));
        QVERIFY(record.total() > 0ns);
        QVERIFY(record.total() + 3 * 1024ns >=
                record.head() + record.beforePod() + record.upstreamWait());
        QVERIFY(record.began() <= world.engine->now());
    }

    void theSecondOneGoesOverAKeptConnection()
    {
        World world;
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/1")).status, 200);
        QCOMPARE(ask(client, get("/2")).status, 200);
        const auto records = world.records(2);
        QVERIFY(!records.at(0).is(DoorRecord::KeptConnection));
        QVERIFY(records.at(1).is(DoorRecord::KeptConnection));
        QVERIFY(records[0].began() <= records[1].began());
    }

    void ownAnswersSayWhy_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("refusal");
        QTest::addColumn<bool>("hasBadHead");
        const auto row =
            [](const char* name, const std::string& request, int status, Refusal why, bool isBad) {
                QTest::newRow(name) << QByteArray::fromStdString(request) << status
                                    << static_cast<int>(why) << isBad;
            };
        row("no route", get("/", "", "other.lab"), 404, Refusal::NoRoute, false);
        row("no endpoint", get("/empty"), 503, Refusal::NoEndpoint, false);
        row("no head", "hello\r\n\r\n", 400, Refusal::None, true);
        row("a broken path", get("/../x"), 400, Refusal::None, true);
        row("to the server",
            "OPTIONS * HTTP/1.1\r\nHost: shop.lab\r\n\r\n",
            204,
            Refusal::None,
            false);
    }
    void ownAnswersSayWhy()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        QFETCH(const int, refusal);
        QFETCH(const bool, hasBadHead);
        World world;
        RawSocket client = world.client();
        const lab::test::RawAnswer answer = ask(client, request.toStdString());
        QCOMPARE(answer.status, status);
        const auto heads = world.heads(1);
        QCOMPARE(heads.size(), std::size_t{1});
        const DoorRecord& record = heads[0].record;
        QCOMPARE(int{record.status}, status);
        QCOMPARE(int{record.endpointAndRefusal.small()}, refusal);
        QVERIFY(record.is(DoorRecord::MadeHere));
        QCOMPARE(record.is(DoorRecord::BadHead), hasBadHead);
        QCOMPARE(record.headBytesOut(), std::uint64_t{answer.head.size()});
        QCOMPARE(record.bodyBytesOut(), std::uint64_t{answer.body.size()});
        QCOMPARE(heads[0].client, std::string("127.0.0.1"));
        QVERIFY(request.startsWith(QByteArray::fromStdString(heads[0].requestLine)));
        QVERIFY(!heads[0].requestLine.empty());
    }

    void secretsAreLeftOut()
    {
        World world;
        RawSocket client = world.client();
        const std::string fields = "Authorization: Basic c2VjcmV0\r\nX-A: 1\r\n"
                                   "cOOkie: session=secret\r\nUser-Agent: me\r\n";
        QCOMPARE(ask(client, get("/x?y", fields)).status, 200);
        const auto heads = world.heads(1);
        QCOMPARE(heads.at(0).requestLine, std::string("GET /x?y HTTP/1.1"));
        QCOMPARE(heads[0].fields, std::string("Host: shop.lab\r\nX-A: 1\r\nUser-Agent: me\r\n"));
    }

    void aClientThatGoesHasNoStatus()
    {
        World world;
        RawSocket client = world.client();
        client.send("POST /raw HTTP/1.1\r\nHost: shop.lab\r\nContent-Length: 5\r\n\r\n");
        RawSocket pod = world.pods->accept();
        client.close();
        const auto records = world.records(1);
        QCOMPARE(records.size(), std::size_t{1});
        QCOMPARE(records[0].status, std::uint16_t{0});
        QVERIFY(records[0].is(DoorRecord::ClientGone));
        QCOMPARE(records[0].upstreamAndTries.id(), 2U);
    }

    void aPodThatBreaksOffIsNamed()
    {
        World world;
        RawSocket client = world.client();
        client.send(get("/raw"));
        RawSocket pod = world.pods->accept();
        static_cast<void>(pod.receiveUntil("\r\n\r\n"));
        pod.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        QVERIFY(!client.receiveUntil("half").empty());
        pod.close();
        const auto records = world.records(1);
        QCOMPARE(records.at(0).status, std::uint16_t{200});
        QVERIFY(records[0].is(DoorRecord::PodBroke));
        QCOMPARE(records[0].bodyBytesOut(), std::uint64_t{4});
    }

    void aConnectionWithoutARequestLeavesNoRecord()
    {
        World world;
        RawSocket silent = world.client();
        silent.close();
        RawSocket half = world.client();
        half.send("GET / HT");
        half.close();
        QVERIFY(world.isLeftAlone());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        QCOMPARE(world.records(1).size(), std::size_t{1});
    }

    void countersHoldEveryRequestsDuration()
    {
        World world;
        RawSocket client = world.client();
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        static_cast<void>(world.records(5));
        std::uint64_t count = 0;
        for (const std::uint64_t bucket : world.counters().durations) {
            count += bucket;
        }
        QCOMPARE(count, std::uint64_t{5});
        QVERIFY(world.counters().durationSum > 0ns);
    }

    void recordsNameTheirPlan()
    {
        World world;
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        auto record = world.records(1).at(0);
        QCOMPARE(world.engine->planOf(record), world.plan);
        record.doorAndPlan = {0, 200};
        QVERIFY(world.engine->planOf(record) == nullptr);
    }
};

LAB_TEST(RequestLogTest)
#include "tst_request_log.moc"
