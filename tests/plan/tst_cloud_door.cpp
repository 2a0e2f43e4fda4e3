#include "support/test_main.hpp"

#include "plan/cloud_door.hpp"
#include "plan/cluster_nodes.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

struct Planned {
    Door door;
    Findings findings;
};

Planned planned(const ClusterBuilder& builder, const PlanOptions& options = {})
{
    Planned result;
    Door controller;
    controller.ports = {{80, false, {}}, {443, true, {}}};
    controller.hosts = {"shop.lab"};
    const InputControllers controllers = findControllers(builder.cluster);
    result.door = cloudDoor(controller, controllers, options, 3, result.findings);
    return result;
}

/// A controller with its LoadBalancer Service.
ClusterBuilder withController()
{
    ClusterBuilder builder;
    builder.deployment("ctl", 2, 80);
    builder.cluster.deployments[0].containers[0].image =
        "registry.k8s.io/ingress-nginx/controller:v1";
    builder.loadBalancer("ctl", 80, 80);
    return builder;
}

} // namespace

/// The load balancer in front of the controllers.
class CloudDoorTest : public QObject {
    Q_OBJECT

private slots:
    void withoutAServiceItTellsTheClient()
    {
        const Planned result = planned(ClusterBuilder());
        QVERIFY(result.door.path.isDirect && result.door.path.keepsClient);
        QCOMPARE(result.door.ports.size(), std::size_t{2});
        QCOMPARE(result.door.hosts, (Names{"shop.lab"}));
        QVERIFY(result.findings.empty());
    }

    void thePolicyClusterHidesTheClient()
    {
        const Planned result = planned(withController());
        QCOMPARE(result.door.service, std::string("default/ctl"));
        QVERIFY(!result.door.path.isDirect && !result.door.path.keepsClient);
        QCOMPARE(test::idsOf(result.findings), (Names{"client-address-hidden"}));
    }

    void thePolicyLocalKeepsIt()
    {
        ClusterBuilder builder = withController();
        builder.cluster.services[0].externalTrafficPolicy = model::TrafficPolicy::Local;
        const Planned result = planned(builder);
        QVERIFY(result.door.path.isLocal && result.door.path.keepsClient);
        QVERIFY(result.findings.empty());
    }

    void soDoesTheProxyProtocol()
    {
        PlanOptions options;
        options.controller.configMap["use-proxy-protocol"] = "true";
        const Planned result = planned(withController(), options);
        QVERIFY(result.door.path.keepsClient && !result.door.path.isLocal);
        QVERIFY(result.findings.empty());
    }

    void itsSourceRangesCount()
    {
        ClusterBuilder builder = withController();
        builder.cluster.services[0].loadBalancerSourceRanges = {"127.0.0.0/8"};
        QCOMPARE(planned(builder).door.sourceRanges.size(), std::size_t{1});
    }

    void replicasRunWhereTheirPodsDoElseInTurn()
    {
        ClusterBuilder builder = withController();
        for (const char* name : {"a", "b"}) {
            model::Node node;
            node.meta = builder.meta(name);
            builder.cluster.nodes.push_back(node);
        }
        const PodTable pods(clusterNodes(builder.cluster));
        const InputControllers controllers = findControllers(builder.cluster);
        const ClusterIndex spread(builder.cluster);
        QCOMPARE(nodeOfReplica(1, spread, controllers, pods), NodeId(1));
        QCOMPARE(nodeOfReplica(2, spread, controllers, pods), NodeId(0));
        model::Pod pod;
        pod.meta = builder.meta("ctl-x");
        pod.meta.labels = builder.cluster.deployments[0].podLabels;
        pod.nodeName = "b";
        model::Cluster dump = builder.cluster;
        dump.pods.push_back(pod);
        dump.deployments[0].arePodsListed = true;
        const ClusterIndex index(dump);
        QCOMPARE(nodeOfReplica(0, index, findControllers(dump), pods), NodeId(1));
    }
};

LAB_TEST(CloudDoorTest)
#include "tst_cloud_door.moc"
