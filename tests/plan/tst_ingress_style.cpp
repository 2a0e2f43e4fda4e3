#include "support/test_main.hpp"

#include "plan/ingress_style.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

FrontDoorPlan planned(const ClusterBuilder& builder, const PlanOptions& options)
{
    Findings findings;
    PodTable pods;
    const ClusterIndex index(builder.cluster);
    const InputControllers controllers = findControllers(builder.cluster);
    const auto selected =
        selectIngresses(builder.cluster, options, controllers.isIngressNginx, findings);
    return planIngressStyle(index, selected, controllers, options, pods, findings);
}

ClusterBuilder shop()
{
    ClusterBuilder builder;
    builder.deployment("web", 2, 8080);
    builder.service("web", 80, 8080);
    builder.ingress("shop", {{"shop.lab", "/", "web"}, {"shop.lab", "/cart", "web"}});
    return builder;
}

} // namespace

/// One cloud door, and the controllers behind it.
class IngressStyleTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsNotHttpKeepsItsLoadBalancer_data()
    {
        QTest::addColumn<bool>("derivesTwin");
        QTest::addColumn<int>("loadBalancers");
        QTest::newRow("of a comparison") << true << 2;
        QTest::newRow("of bare manifests: only what they say") << false << 1;
    }
    void whatIsNotHttpKeepsItsLoadBalancer()
    {
        QFETCH(bool, derivesTwin);
        QFETCH(int, loadBalancers);
        ClusterBuilder builder = shop();
        builder.deployment("db", 1, 5432);
        builder.loadBalancer("db", 5432, 5432);
        builder.deployment("plain", 1, 8080);
        builder.loadBalancer("plain", 80, 8080);
        PlanOptions options;
        options.derivesTwin = derivesTwin;
        const FrontDoorPlan plan = planned(builder, options);
        QCOMPARE(static_cast<int>(plan.loadBalancerCount()), loadBalancers);
        if (derivesTwin) {
            QCOMPARE(plan.doors.back().name, std::string("default/db"));
            QVERIFY(plan.doors.back().replicas.empty());
        }
    }

    void theCloudDoorPassesBytesToEveryReplica()
    {
        PlanOptions options;
        options.controllerReplicas = 3;
        const FrontDoorPlan plan = planned(shop(), options);
        QCOMPARE(plan.doors.size(), std::size_t{4});
        const Door& cloud = plan.doors[0];
        QCOMPARE(cloud.name, std::string("ingress"));
        QCOMPARE(cloud.mode, DoorMode::Tcp);
        QCOMPARE(cloud.replicas, (std::vector<DoorId>{DoorId(1), DoorId(2), DoorId(3)}));
        QCOMPARE(cloud.ports.size(), std::size_t{2});
        QVERIFY(cloud.routes.empty());
        QCOMPARE(plan.loadBalancerCount(), std::size_t{1});
        QCOMPARE(plan.controllerCount(), std::size_t{3});
        QCOMPARE(plan.doors[2].name, std::string("ingress-nginx-controller-1"));
    }

    void everyControllerHasEveryRoute()
    {
        const FrontDoorPlan plan = planned(shop(), {});
        const Door& controller = plan.doors.at(1);
        const auto route = controller.table.match("shop.lab", "/cart/1");
        QVERIFY(route.has_value());
        const Route& taken = controller.routes[route->index()];
        QCOMPARE(taken.ingress, std::string("default/shop"));
        QCOMPARE(taken.path, std::string("/cart"));
        QCOMPARE(plan.upstream(taken.upstream).endpoints.size(), std::size_t{2});
        QCOMPARE(controller.hosts, (std::vector<std::string>{"shop.lab"}));
    }

    void anUnknownBackendIsARouteWithABrokenLink()
    {
        ClusterBuilder builder = shop();
        builder.ingress("broken", {{"b.lab", "/", "nobody"}});
        const FrontDoorPlan plan = planned(builder, {});
        const auto route = plan.doors.at(1).table.match("b.lab", "/");
        QVERIFY(route.has_value());
        const UpstreamId upstream = plan.doors[1].routes[route->index()].upstream;
        QVERIFY(!plan.upstream(upstream).brokenLink.empty());
    }

    void withoutIngressesThereAreNoDoors()
    {
        ClusterBuilder builder;
        builder.loadBalancer("web", 80, 80);
        QVERIFY(planned(builder, {}).doors.empty());
    }

    void theProfileNamesTheControllers()
    {
        PlanOptions options;
        options.profile = Profile::Spec;
        QCOMPARE(planned(shop(), options).doors.at(1).name, std::string("ingresslab-controller-0"));
    }

    void replicasComeFromTheControllerInTheInput()
    {
        ClusterBuilder builder = shop();
        builder.deployment("infra/ctl", 2, 80);
        builder.cluster.deployments.back().containers[0].image = "x/ingress-nginx/controller:v1";
        builder.loadBalancer("infra/ctl", 80, 80);
        const FrontDoorPlan plan = planned(builder, {});
        QCOMPARE(plan.controllerCount(), std::size_t{2});
        QCOMPARE(plan.doors[0].service, std::string("infra/ctl"));
    }
};

LAB_TEST(IngressStyleTest)
#include "tst_ingress_style.moc"
