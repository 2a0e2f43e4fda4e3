#include "support/test_main.hpp"

#include "plan/derive_twin.hpp"
#include "plan/select_ingresses.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

/// What one style lacks is made from the other.
class DeriveTwinTest : public QObject {
    Q_OBJECT

private slots:
    void aRoutedServiceGetsALoadBalancer()
    {
        ClusterBuilder builder;
        builder.service("web", 80, 8080);
        builder.service("store", 80, 8080);
        builder.ingress("shop", {{"shop.lab", "/", "web"}, {"shop.lab", "/x", "gone"}});
        const model::Cluster twin = deriveTwin(builder.cluster, {});
        QCOMPARE(twin.services[0].type, model::ServiceType::LoadBalancer);
        QVERIFY(twin.services[0].meta.isDerived);
        QCOMPARE(twin.services[1].type, model::ServiceType::ClusterIP); // no route, no door
        QCOMPARE(twin.ingresses.size(), std::size_t{1});
    }

    void aLoadBalancerWithoutARouteGetsAnIngress()
    {
        ClusterBuilder builder;
        builder.loadBalancer("shop/web", 80, 8080);
        test::annotate(builder.cluster.services[0].meta,
                       "external-dns.alpha.kubernetes.io/hostname",
                       "a.lab,b.lab");
        builder.loadBalancer("db", 5432, 5432);
        builder.loadBalancer("api", 8000, 8000);
        const model::Cluster twin = deriveTwin(builder.cluster, {});
        QCOMPARE(twin.ingresses.size(), std::size_t{2}); // a database is no HTTP
        const model::Ingress& web = twin.ingresses[0];
        QVERIFY(web.meta.isDerived);
        QCOMPARE(web.meta.fullName(), std::string("shop/web"));
        QCOMPARE(web.rules.size(), std::size_t{2});
        QCOMPARE(web.rules[1].host, std::string("b.lab"));
        const model::Ingress& api = twin.ingresses[1];
        QCOMPARE(api.rules[0].host, std::string("api.default.lab"));
        QVERIFY(api.rules[0].paths[0].backend.port == model::PortReference(8000));
        QVERIFY(!twin.services[0].meta.isDerived);
    }

    void aDerivedIngressIsTakenByTheLabsController_data()
    {
        QTest::addColumn<QString>("controller"); // of a class in the input; empty for none
        QTest::addColumn<bool>("assumes");
        QTest::newRow("no class, assuming") << "" << true;
        QTest::newRow("no class, not assuming") << "" << false;
        QTest::newRow("ours") << nginxController << false;
        QTest::newRow("foreign") << "traefik.io/ingress-controller" << true;
    }

    void aDerivedIngressIsTakenByTheLabsController()
    {
        QFETCH(QString, controller);
        QFETCH(bool, assumes);
        ClusterBuilder builder;
        builder.loadBalancer("web", 80, 80);
        if (!controller.isEmpty()) {
            builder.ingressClass("edge", controller.toStdString());
        }
        PlanOptions options;
        options.assumesClasses = assumes;
        const model::Cluster twin = deriveTwin(builder.cluster, options);
        Findings findings;
        QCOMPARE(selectIngresses(twin, options, false, findings).ingresses.size(), std::size_t{1});
    }

    void controllersAndExternalNamesAreLeftAlone()
    {
        ClusterBuilder builder;
        builder.deployment("ctl", 1, 80);
        builder.cluster.deployments[0].containers[0].image = "traefik:v3";
        builder.loadBalancer("ctl", 80, 80);
        builder.service("outside", 80, 80).type = model::ServiceType::ExternalName;
        builder.ingress("shop", {{"shop.lab", "/", "outside"}});
        const model::Cluster twin = deriveTwin(builder.cluster, {});
        QCOMPARE(twin.ingresses.size(), std::size_t{1});
        QCOMPARE(twin.services[1].type, model::ServiceType::ExternalName);
    }

    void derivingTwiceChangesNothing()
    {
        ClusterBuilder builder;
        builder.service("web", 80, 8080);
        builder.loadBalancer("api", 80, 8080);
        builder.ingress("shop", {{"shop.lab", "/", "web"}});
        const model::Cluster once = deriveTwin(builder.cluster, {});
        const model::Cluster twice = deriveTwin(once, {});
        QCOMPARE(twice.ingresses.size(), once.ingresses.size());
        QCOMPARE(twice.services.size(), once.services.size());
    }
};

LAB_TEST(DeriveTwinTest)
#include "tst_derive_twin.moc"
