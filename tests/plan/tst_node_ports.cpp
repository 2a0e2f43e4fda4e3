#include "support/test_main.hpp"

#include "plan/cluster_nodes.hpp"
#include "plan/node_ports.hpp"
#include "support/cluster_builder.hpp"

#include <algorithm>

using namespace lab;
using namespace lab::plan;
using model::ServiceType;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

struct Planned {
    FrontDoorPlan plan;
    Findings findings;
};

/// \param asController  every Service is one of the controller with that replica
Planned planned(const ClusterBuilder& builder, bool asController = false)
{
    Planned result;
    const ClusterIndex index(builder.cluster);
    const PlanOptions options;
    PodTable pods(clusterNodes(builder.cluster));
    UpstreamResolver resolver(index, options, Profile::Spec, pods, result.plan, result.findings);
    NodePorts nodePorts(index, options, pods, result.plan, result.findings);
    for (const model::Service& service : builder.cluster.services) {
        if (asController) {
            nodePorts.addController(service, {DoorId(1)});
        } else {
            nodePorts.add(service, resolver);
        }
    }
    nodePorts.finish();
    return result;
}

model::Service& nodePortService(ClusterBuilder& builder, const std::string& name, int number)
{
    model::Service& service = builder.service(name, 80, 8080);
    service.type = ServiceType::NodePort;
    if (number != 0) {
        service.ports[0].nodePort = number;
    }
    return service;
}

} // namespace

/// Node ports: the same port on every machine.
class NodePortsTest : public QObject {
    Q_OBJECT

private slots:
    void everyNodeListens()
    {
        ClusterBuilder builder;
        builder.deployment("web", 2, 8080);
        nodePortService(builder, "web", 30080);
        const Planned result = planned(builder);
        QCOMPARE(result.plan.doors.size(), std::size_t{1});
        const Door& door = result.plan.doors[0];
        QCOMPARE(door.name, std::string("default/web@nodes"));
        QCOMPARE(door.service, std::string("default/web"));
        QVERIFY(door.role == DoorRole::NodePort && door.mode == DoorMode::Tcp);
        QCOMPARE(door.nodes, (std::vector<NodeId>{NodeId(0), NodeId(1), NodeId(2)}));
        QCOMPARE(door.ports.at(0).number, 30080);
        QCOMPARE(result.plan.upstream(door.ports[0].upstream).endpoints.size(), std::size_t{2});
        QVERIFY(!door.path.isDirect && !door.path.keepsClient);
        QCOMPARE(result.plan.loadBalancerCount(), std::size_t{0});
        QCOMPARE(test::idsOf(result.findings), (Names{"nodes-assumed"}));
    }

    void whoNamesNoNumberGetsAFreeOne()
    {
        ClusterBuilder builder;
        nodePortService(builder, "a", 0);
        nodePortService(builder, "b", 30086);
        nodePortService(builder, "c", 0);
        const Planned result = planned(builder);
        QCOMPARE(result.plan.doors.at(0).ports.at(0).number, 30087);
        QCOMPARE(result.plan.doors.at(1).ports.at(0).number, 30086);
        QCOMPARE(result.plan.doors.at(2).ports.at(0).number, 30088);
        const auto ids = test::idsOf(result.findings);
        QCOMPARE(std::count(ids.begin(), ids.end(), "node-port-assigned"), 2);
    }

    void aLoadBalancerOpensThoseThatAreWritten()
    {
        ClusterBuilder builder;
        builder.loadBalancer("plain", 80, 8080);
        builder.loadBalancer("written", 80, 8080).ports[0].nodePort = 30081;
        builder.service("inner", 80, 8080);
        const Planned result = planned(builder);
        QCOMPARE(result.plan.doors.size(), std::size_t{1});
        QCOMPARE(result.plan.doors[0].service, std::string("default/written"));
    }

    void theHealthCheckListensToo()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080);
        model::Service& service = builder.loadBalancer("web", 80, 8080);
        service.externalTrafficPolicy = model::TrafficPolicy::Local;
        service.healthCheckNodePort = 32000;
        const Planned result = planned(builder);
        const Door& door = result.plan.doors.at(0);
        QCOMPARE(door.ports.size(), std::size_t{1}); // no node port is written
        QVERIFY(door.ports[0].answersHealth && door.ports[0].upstream.isValid());
        QCOMPARE(door.ports[0].number, 32000);
    }

    void aNumberBelongsToOne()
    {
        ClusterBuilder builder;
        nodePortService(builder, "a", 30080);
        nodePortService(builder, "b", 30080);
        const Planned result = planned(builder);
        QCOMPARE(result.plan.doors.size(), std::size_t{1});
        const auto taken =
            std::find_if(result.findings.begin(), result.findings.end(), [](const auto& one) {
                return one.id == "node-port-taken";
            });
        QVERIFY(taken != result.findings.end());
        QVERIFY(taken->severity == Severity::Error);
        QVERIFY(QString::fromStdString(taken->message).contains("\"default/b\""));
    }

    void whatIsNotTcpIsNotOpened()
    {
        ClusterBuilder builder;
        nodePortService(builder, "dns", 30053).ports[0].protocol = model::Protocol::Udp;
        QVERIFY(planned(builder).plan.doors.empty());
    }

    void aControllersPortsLeadToItsReplicas()
    {
        ClusterBuilder builder;
        model::Service& service = nodePortService(builder, "controller", 30080);
        service.ports[0].name = "http";
        model::ServicePort https;
        https.name = "https";
        https.port = 443;
        https.nodePort = 30443;
        model::ServicePort metrics;
        metrics.name = "metrics";
        metrics.port = 10254;
        service.ports.push_back(https);
        service.ports.push_back(metrics);
        const Planned result = planned(builder, true);
        const Door& door = result.plan.doors.at(0);
        QCOMPARE(door.replicas, (std::vector<DoorId>{DoorId(1)}));
        QCOMPARE(door.ports.size(), std::size_t{2});
        QVERIFY(!door.ports[0].isTls && door.ports[1].isTls);
    }

    void tooManySocketsMeanFewerNodes()
    {
        ClusterBuilder builder;
        for (int i = 0; i < 200; ++i) {
            model::Node node;
            node.meta = builder.meta("n" + std::to_string(i));
            builder.cluster.nodes.push_back(node);
            nodePortService(builder, "s" + std::to_string(i), 0);
        }
        const Planned result = planned(builder);
        QCOMPARE(result.plan.doors.size(), std::size_t{200});
        QCOMPARE(result.plan.doors[0].nodes.size(), NodePorts::socketsMax / 200);
        QCOMPARE(result.findings.back().id, std::string("node-ports-on-some-nodes"));
    }

    void whenAllAreTakenItSaysSo()
    {
        ClusterBuilder builder;
        for (int i = 0; i < 2769; ++i) {
            nodePortService(builder, "s" + std::to_string(i), 0);
        }
        const Planned result = planned(builder);
        QCOMPARE(result.plan.doors.size(), std::size_t{2768});
        const auto ids = test::idsOf(result.findings);
        QCOMPARE(std::count(ids.begin(), ids.end(), "node-ports-used-up"), 1);
    }
};

LAB_TEST(NodePortsTest)
#include "tst_node_ports.moc"
