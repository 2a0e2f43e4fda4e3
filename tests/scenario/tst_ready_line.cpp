#include "support/test_main.hpp"

#include "scenario/ready_line.hpp"
#include "scenario/two_doors_fixture.hpp"

using namespace lab;

/// The line that other tools wait for and parse.
class ReadyLineTest : public QObject {
    Q_OBJECT

private slots:
    void itNamesEveryAddress()
    {
        const auto plans = test::planTwoDoors();
        live::ReadyState ready = test::readyFor(plans);
        ready.adminAddress = "127.0.0.1:9901";
        QCOMPARE(
            QString::fromStdString(scenario::readyLine(
                ready, *plans.perService, *plans.ingress, "/run/ca.pem", {"ready", 7, 0, {}, {}})),
            R"({"event":"ready","pid":7,"admin":"127.0.0.1:9901","ca":"/run/ca.pem",)"
            R"("doors":{"ingress":{"http":"ingress/ingress:80","https":"ingress/ingress:443"},)"
            R"("per-service":{"default/web":{"ports":{"80":"per-service/default/web:80",)"
            R"("443":"per-service/default/web:443"}},"default/api":{"ports":{)"
            R"("80":"per-service/default/api:80","443":"per-service/default/api:443"}}}},)"
            R"("controllers":[{"pod":"ingress-nginx-controller-0",)"
            R"("http":"ingress/ingress-nginx-controller-0:80",)"
            R"("https":"ingress/ingress-nginx-controller-0:443"}]})");
    }

    void nodePortsStandBesideThePorts()
    {
        test::ClusterBuilder builder;
        builder.deployment("web", 1, 8080).deployment("api", 1, 8080);
        builder.loadBalancer("web", 80, 8080).ports[0].nodePort = 30080;
        model::Service& api = builder.service("api", 80, 8080);
        api.type = model::ServiceType::NodePort;
        api.ports[0].nodePort = 30081;
        const plan::PlannedStyles planned = plan::planFrontDoors(builder.cluster, {});
        live::ReadyState ready;
        const auto bound = [](std::size_t door, std::vector<live::BoundPort> ports) {
            return live::BoundDoor{plan::Style::PerService,
                                   DoorId(door),
                                   "",
                                   door == 0 ? plan::DoorRole::LoadBalancer
                                             : plan::DoorRole::NodePort,
                                   std::move(ports)};
        };
        ready.doors = {bound(0, {{80, false, "127.0.1.1:1", ""}}),
                       bound(1,
                             {{30080, false, "127.0.2.1:30080", "node-1"},
                              {30080, false, "127.0.2.2:30080", "node-2"}}),
                       bound(2, {{30081, false, "127.0.2.1:30081", "node-1"}})};
        const QString line = QString::fromStdString(scenario::readyLine(
            ready, planned.perService, planned.ingress, "", {"ready", 7, 0, {}, {}}));
        QVERIFY2(
            line.contains(R"("default/web":{"ports":{"80":"127.0.1.1:1"},"nodePorts":{"30080":)"
                          R"({"node-1":"127.0.2.1:30080","node-2":"127.0.2.2:30080"}}})"),
            qPrintable(line));
        QVERIFY2(
            line.contains(R"("default/api":{"nodePorts":{"30081":{"node-1":"127.0.2.1:30081"}}})"),
            qPrintable(line));
    }

    void whatIsNotThereIsNullOrEmpty()
    {
        QCOMPARE(
            QString::fromStdString(scenario::readyLine({}, {}, {}, "", {"ready", 7, 0, {}, {}})),
            R"({"event":"ready","pid":7,"admin":null,"ca":null,)"
            R"("doors":{"ingress":{},"per-service":{}},"controllers":[]})");
    }
};

LAB_TEST(ReadyLineTest)
#include "tst_ready_line.moc"
