#include "support/test_main.hpp"

#include "plan/plan_front_doors.hpp"
#include "support/cluster_builder.hpp"

#include <algorithm>
#include <set>

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

ClusterBuilder mixed()
{
    ClusterBuilder builder;
    builder.deployment("web", 2, 8080).deployment("api", 1, 8080);
    builder.service("web", 80, 8080);
    builder.loadBalancer("api", 80, 8080);
    builder.ingress("shop", {{"shop.lab", "/", "web"}});
    return builder;
}

} // namespace

/// Both styles from one set of manifests.
class PlanFrontDoorsTest : public QObject {
    Q_OBJECT

private slots:
    void bareManifestsGiveExactlyWhatTheySay()
    {
        const PlannedStyles styles = planFrontDoors(mixed().cluster, {});
        QCOMPARE(styles.perService.doors.size(), std::size_t{1});
        QCOMPARE(styles.perService.doors[0].name, std::string("default/api"));
        QCOMPARE(styles.ingress.doors.size(), std::size_t{2});
        QCOMPARE(styles.ingress.doors[1].routes.size(), std::size_t{1});
    }

    void theTwinGivesBothStylesBothServices()
    {
        PlanOptions options;
        options.derivesTwin = true;
        options.issuesLabCertificates = true;
        options.perServiceMode = DoorMode::Http;
        const PlannedStyles styles = planFrontDoors(mixed().cluster, options);
        QCOMPARE(styles.perService.loadBalancerCount(), std::size_t{2});
        QCOMPARE(styles.perService.certificateCount(), std::size_t{2});
        QCOMPARE(styles.ingress.loadBalancerCount(), std::size_t{1});
        QCOMPARE(styles.ingress.certificateCount(), std::size_t{1});
        const Door& controller = styles.ingress.doors.at(1);
        QVERIFY(controller.table.match("api.default.lab", "/").has_value());
        QVERIFY(controller.routes[1].isDerived);
    }

    void bothPlansShareTheirPods()
    {
        PlanOptions options;
        options.derivesTwin = true;
        const PlannedStyles styles = planFrontDoors(mixed().cluster, options);
        QCOMPARE(styles.ingress.pods.size(), std::size_t{3});
        QCOMPARE(styles.perService.pods.size(), styles.ingress.pods.size());
        for (std::size_t i = 0; i < styles.ingress.pods.size(); ++i) {
            QCOMPARE(styles.perService.pods[i].name, styles.ingress.pods[i].name);
            QCOMPARE(styles.perService.pods[i].ports, styles.ingress.pods[i].ports);
        }
    }

    void theSameThingIsReportedOnce()
    {
        ClusterBuilder builder = mixed();
        builder.cluster.deployments[1].replicas = 0; // api: broken in both styles
        PlanOptions options;
        options.derivesTwin = true;
        const PlannedStyles styles = planFrontDoors(builder.cluster, options);
        const auto ids = test::idsOf(styles.findings);
        QVERIFY(std::count(ids.begin(), ids.end(), "no-endpoint") >= 1);
        std::set<std::string> texts;
        for (const Finding& finding : styles.findings) {
            QVERIFY2(texts.insert(toText(finding)).second, toText(finding).c_str());
        }
    }

    void aControllerInTheInputConfiguresTheStyle()
    {
        ClusterBuilder builder = mixed();
        builder.deployment("infra/ctl", 3, 80);
        builder.cluster.deployments.back().containers[0].image = "x/ingress-nginx/controller:1";
        builder.loadBalancer("infra/ctl", 80, 80);
        PlanOptions options;
        options.derivesTwin = true;
        const PlannedStyles styles = planFrontDoors(builder.cluster, options);
        QCOMPARE(styles.ingress.controllerCount(), std::size_t{3});
        for (const Door& door : styles.perService.doors) {
            QVERIFY(door.name != "infra/ctl");
        }
    }
};

LAB_TEST(PlanFrontDoorsTest)
#include "tst_plan_front_doors.moc"
