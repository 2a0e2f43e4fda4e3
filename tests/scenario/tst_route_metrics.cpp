#include "support/test_main.hpp"

#include "scenario/route_metrics.hpp"
#include "support/raw_client.hpp"

using namespace lab;
using scenario::PrometheusText;
using scenario::RouteMetrics;
using test::ask;
using test::get;
using test::LiveWorld;
using test::PlanBuilder;
using test::RawSocket;

namespace {

/// So many routes, /0, /1, …, to one Service.
std::shared_ptr<const plan::FrontDoorPlan> planOf(std::size_t routes)
{
    PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
    for (std::size_t i = 0; i < routes; ++i) {
        builder.route(door, "shop.lab", "/" + std::to_string(i), cart);
    }
    return builder.build();
}

void send(const LiveWorld& world, RawSocket& client, std::size_t route)
{
    const auto& records = world.engine->recorders().at(0)->records();
    const std::uint64_t before = records.written();
    QCOMPARE(ask(client, get("/" + std::to_string(route))).status, 200);
    QVERIFY(test::eventually([&] { return records.written() > before; }));
}

QString textOf(const RouteMetrics& metrics)
{
    PrometheusText text;
    metrics.write(text);
    return QString::fromStdString(text.take());
}

} // namespace

/// What every route did.
class RouteMetricsTest : public QObject {
    Q_OBJECT

private slots:
    void requestsAddUpFromOneQuestionToTheNext()
    {
        const LiveWorld world(planOf(2));
        RawSocket client = world.client();
        RouteMetrics metrics;
        send(world, client, 0);
        send(world, client, 1);
        metrics.collect(*world.engine);
        send(world, client, 1);
        metrics.collect(*world.engine);
        metrics.collect(*world.engine);
        const QString text = textOf(metrics);
        const QString of = R"({style="ingress",route="shop/web /%1",service="shop/cart")";
        QVERIFY2(text.contains("route_requests_total" + of.arg(0) + R"(,code_class="2xx"} 1)"),
                 qPrintable(text));
        QVERIFY(text.contains("route_requests_total" + of.arg(1) + R"(,code_class="2xx"} 2)"));
        QVERIFY(text.contains("route_duration_seconds_bucket" + of.arg(1) + R"(,le="+Inf"} 2)"));
        QVERIFY(text.contains("route_duration_seconds_count" + of.arg(1) + "} 2"));
        QVERIFY(text.contains("ingresslab_records_dropped_total 0"));
    }

    void aConnectionIsNoRequest()
    {
        PlanBuilder builder(plan::Style::PerService);
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).ports[0].upstream = builder.upstream("cart", {builder.pod("cart-0")});
        const LiveWorld world(builder.build());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        client.close();
        const auto& records = world.engine->recorders().at(0)->records();
        QVERIFY(test::eventually([&] { return records.written() == 1; }));
        RouteMetrics metrics;
        metrics.collect(*world.engine);
        QVERIFY(!textOf(metrics).contains("ingresslab_route_requests_total{"));
    }

    void tooManyRoutesAreOneTogether()
    {
        const LiveWorld world(planOf(RouteMetrics::routesMax + 5));
        RawSocket client = world.client();
        for (std::size_t i = 0; i < RouteMetrics::routesMax + 5; ++i) {
            send(world, client, i);
        }
        RouteMetrics metrics;
        metrics.collect(*world.engine);
        const QString text = textOf(metrics);
        QVERIFY(text.contains(
            R"(requests_total{style="ingress",route="other",service="",code_class="2xx"} 5)"));
        QCOMPARE(text.count("ingresslab_route_requests_total{"),
                 qsizetype{RouteMetrics::routesMax + 1});
    }

    void whatWasOverwrittenIsCounted()
    {
        live::LiveOptions options = test::patientOptions();
        options.recorder.records = measurement::RecordRing::recordsMin;
        const LiveWorld world(planOf(1), options);
        RawSocket client = world.client();
        for (int i = 0; i < 70; ++i) {
            send(world, client, 0);
        }
        RouteMetrics metrics;
        metrics.collect(*world.engine);
        const QString text = textOf(metrics);
        QVERIFY(text.contains("ingresslab_records_dropped_total 6"));
        QVERIFY(text.contains(R"(code_class="2xx"} 64)"));
    }
};

LAB_TEST(RouteMetricsTest)
#include "tst_route_metrics.moc"
