#include "support/test_main.hpp"

#include "live/http2_pods.hpp"
#include "live/http2_world.hpp"

#include <algorithm>
#include <thread>

using namespace lab::live;
using lab::DoorId;
using lab::test::ask;
using lab::test::get;
using lab::test::Http2Answer;
using lab::test::http2Plan;
using lab::test::http2Request;
using lab::test::Http2World;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawListener;
using lab::test::RawSocket;
using namespace std::chrono_literals;

namespace {

/// One http door whose pods speak HTTP/2 at these addresses.
std::shared_ptr<const lab::plan::FrontDoorPlan>
grpcPlanTo(const std::vector<std::string>& addresses)
{
    PlanBuilder builder;
    std::vector<lab::EndpointId> endpoints;
    for (const std::string& address : addresses) {
        endpoints.push_back(builder.backend(address));
    }
    const lab::UpstreamId upstream = builder.upstream("greeter", endpoints);
    builder.raw().upstreams[upstream.index()].speaksHttp2 = true;
    builder.route(builder.door("ingress"), "", "/", upstream);
    return builder.build();
}

const lab::test::Http2Fields grpc{{"content-type", "application/grpc"}, {"te", "trailers"}};

} // namespace

/// Pods that speak HTTP/2 get it, from clients of either protocol, many requests on one connection.
class Http2PodsTest : public QObject {
    Q_OBJECT

private slots:
    void clientsOfBothProtocolsReachThem()
    {
        Http2World h2;
        const Http2Answer& two = h2.client.ask(http2Request("GET", "/h2/a"));
        QCOMPARE(two.status, 200);
        QVERIFY(QString::fromStdString(two.body).contains("\"proto\":\"HTTP/2.0\""));
        RawSocket client = h2.world.client();
        const auto one = ask(client, get("/h2/b"));
        QCOMPARE(one.status, 200);
        QVERIFY(QString::fromStdString(one.body).contains("\"proto\":\"HTTP/2.0\""));
        const auto plain = ask(client, get("/b"));
        QVERIFY(QString::fromStdString(plain.body).contains("\"proto\":\"HTTP/1.1\""));
    }

    void aRouteMaySayItForItself()
    {
        PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.route(door, "", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        lab::plan::RoutePolicy policy;
        policy.backendProtocol = "GRPC";
        builder.at(door).routes[0].policy = std::make_shared<const lab::plan::RoutePolicy>(policy);
        LiveWorld world(builder.build());
        RawSocket client = world.client();
        QVERIFY(QString::fromStdString(ask(client, get("/")).body).contains("HTTP/2.0"));
    }

    void aCallStreamsBothWays()
    {
        Http2World h2;
        const std::int32_t id = h2.client.begin(http2Request("POST", "/h2", grpc), "one", false);
        QVERIFY(h2.client.turnUntil([&] { return h2.client.answer(id).body == "one"; }));
        h2.client.sendMore(id, "two", false);
        QVERIFY(h2.client.turnUntil([&] { return h2.client.answer(id).body == "onetwo"; }));
        QVERIFY(!h2.client.answer(id).hasEnded);
        h2.client.sendMore(id, "", true);
        const Http2Answer& answer = h2.client.finish(id);
        QVERIFY(answer.hasEnded);
        QCOMPARE(answer.field("content-type"), std::string("application/grpc"));
        QCOMPARE(answer.field("grpc-status"), std::string("0"));
        QCOMPARE(answer.trailerCount, std::size_t{1});
        QCOMPARE(answer.field("x-lab-pod"), std::string("shop/cart-0"));
    }

    void oneConnectionCarriesThemAll()
    {
        // A relay that counts: the pod of another engine behind it.
        LiveWorld pods(http2Plan());
        const RawListener listener;
        LiveWorld world(grpcPlanTo({pods.address()}));
        lab::test::Http2Client client(world.client());
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 50; ++i) {
            ids.push_back(client.begin(http2Request("POST", "/h2", grpc), "x", false));
        }
        QVERIFY(client.turnUntil([&] {
            return std::ranges::all_of(ids, [&](auto id) { return client.answer(id).body == "x"; });
        }));
        const std::uint64_t used = pods.counters().connectionsAccepted;
        for (const std::int32_t id : ids) {
            client.sendMore(id, "", true);
            QVERIFY(client.finish(id).hasEnded);
        }
        QVERIFY(used < 50); // those opened before the first connection was there
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(client.ask(http2Request("GET", "/")).status, 200);
        }
        QCOMPARE(pods.counters().connectionsAccepted, used);
        QCOMPARE(pods.counters().requests, std::uint64_t{100});
    }

    void aPodThatDoesNotSpeakItIs502()
    {
        const RawListener listener;
        std::thread pod([&] {
            RawSocket door = listener.accept();
            static_cast<void>(door.receiveSome());
            door.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            static_cast<void>(door.receiveAll());
        });
        {
            Http2World h2(grpcPlanTo({listener.address()}));
            QCOMPARE(h2.client.ask(http2Request("POST", "/", grpc), "x").status, 502);
        }
        pod.join();
    }

    void aPodThatHangsIs504()
    {
        LiveOptions options = patientOptions();
        options.timeouts.answer = 50ms;
        options.podFaults["shop/cart-0"] = {PodFault::Kind::Hang, 503, {}};
        Http2World h2(http2Plan(), options);
        QCOMPARE(h2.client.ask(http2Request("GET", "/h2")).status, 504);
    }

    void aPodThatGoesInMidAnswerIsNoEnd()
    {
        const RawListener listener;
        std::thread pod([&] {
            RawSocket door = listener.accept();
            static_cast<void>(door.receiveSome());
            door.send(lab::test::http2Frame(4, 0, 0) + lab::test::http2Frame(1, 4, 1, "\x88") +
                      lab::test::http2Frame(0, 0, 1, "hello"));
            door.finishSending();
            static_cast<void>(door.receiveAll());
        });
        {
            Http2World h2(grpcPlanTo({listener.address()}));
            const Http2Answer& answer = h2.client.ask(http2Request("GET", "/cut"));
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, std::string("hello"));
            QVERIFY(!answer.hasEnded);
        }
        pod.join();
    }

    void whoGivesUpTellsThePod()
    {
        const RawListener listener;
        std::string cancelled;
        std::thread pod([&] {
            RawSocket door = listener.accept();
            const std::string reset = lab::test::http2Frame(3, 0, 1, std::string("\0\0\0\x08", 4));
            cancelled = door.receiveUntil(reset);
            QVERIFY(cancelled.ends_with(reset));
        });
        {
            LiveOptions options = patientOptions();
            options.timeouts.answer = 50ms;
            Http2World h2(grpcPlanTo({listener.address()}), options);
            QCOMPARE(h2.client.ask(http2Request("POST", "/", grpc), "x").status, 504);
            pod.join();
        }
        QVERIFY(cancelled.starts_with("PRI * HTTP/2.0"));
    }
};

LAB_TEST(Http2PodsTest)
#include "tst_http2_pods.moc"
