#include "support/test_main.hpp"

#include "support/raw_client.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::EndpointId;
using lab::NodeId;
using lab::plan::DoorMode;
using lab::plan::DoorRole;
using lab::plan::Style;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::PlanBuilder;
using lab::test::RawAnswer;
using lab::test::RawSocket;

namespace {

/// Two nodes with a health check; the only pod runs on the first.
std::shared_ptr<const lab::plan::FrontDoorPlan> localPlan()
{
    PlanBuilder builder(Style::PerService);
    const NodeId first = builder.node("node-a");
    const NodeId second = builder.node("node-b");
    const EndpointId pod = builder.pod("cart-0");
    builder.at(pod).node = first;
    const DoorId door = builder.door("shop/cart@nodes", DoorMode::Tcp);
    builder.at(door).role = DoorRole::NodePort;
    builder.at(door).service = "shop/cart";
    builder.at(door).nodes = {first, second};
    builder.at(door).path = {false, true, true, {}, false};
    builder.at(door).ports = {{32000, false, builder.upstream("cart", {pod}), true}};
    return builder.build();
}

std::string addressOn(const LiveWorld& live, const std::string& node)
{
    const lab::live::ReadyState ready = live.engine->ready();
    for (const BoundPort& port : ready.doors.at(0).ports) {
        if (port.node == node) {
            return port.address;
        }
    }
    return {};
}

} // namespace

/// healthCheckNodePort tells a load balancer which nodes have endpoints.
class HealthCheckSessionTest : public QObject {
    Q_OBJECT

private slots:
    void aNodeTellsHowManyOfItsOwnAreReady_data()
    {
        QTest::addColumn<QString>("node");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("count");
        QTest::newRow("with a pod") << "node-a" << 200 << 1;
        QTest::newRow("without") << "node-b" << 503 << 0;
    }
    void aNodeTellsHowManyOfItsOwnAreReady()
    {
        QFETCH(const QString, node);
        QFETCH(const int, status);
        QFETCH(const int, count);
        LiveWorld live(localPlan());
        RawSocket client = lab::test::connectTo(addressOn(live, node.toStdString()));
        const RawAnswer answer = ask(client, get("/healthz"));
        QCOMPARE(answer.status, status);
        QVERIFY(answer.isWhole);
        const QString body = QString::fromStdString(answer.body);
        QVERIFY(body.contains(QString("\"localEndpoints\": %1").arg(count)));
        QVERIFY(body.contains("\"namespace\": \"shop\"") && body.contains("\"name\": \"cart\""));
        QCOMPARE(answer.field("X-Load-Balancing-Endpoint-Weight"), std::to_string(count));
        QCOMPARE(client.end(), RawSocket::State::Ended);
        client.close();
        QVERIFY(live.isLeftAlone());
    }

    void nonsenseIsRefusedAndSilenceEnds()
    {
        LiveWorld live(localPlan());
        RawSocket client = lab::test::connectTo(addressOn(live, "node-a"));
        QCOMPARE(ask(client, "nonsense\r\n\r\n").status, 400);
        client.close();
        RawSocket silent = lab::test::connectTo(addressOn(live, "node-a"));
        silent.close();
        QVERIFY(live.isLeftAlone());
    }
};

LAB_TEST(HealthCheckSessionTest)
#include "tst_health_check_session.moc"
