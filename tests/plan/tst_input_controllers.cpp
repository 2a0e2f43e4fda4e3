#include "support/test_main.hpp"

#include "plan/input_controllers.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using test::ClusterBuilder;

namespace {

ClusterBuilder withController(const char* image)
{
    ClusterBuilder builder;
    builder.deployment("infra/ctl", 3, 80).deployment("web", 2, 80);
    builder.cluster.deployments[0].containers[0].image = image;
    builder.loadBalancer("infra/ctl", 80, 80);
    builder.service("infra/admission", 443, 8443).selector = {{"app", "ctl"}};
    builder.loadBalancer("web", 80, 80);
    return builder;
}

} // namespace

/// Controllers that the manifests bring along.
class InputControllersTest : public QObject {
    Q_OBJECT

private slots:
    void anImageGivesAControllerAway_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<bool>("isController");
        QTest::addColumn<bool>("isNginx");
        QTest::newRow("ingress-nginx")
            << "registry.k8s.io/ingress-nginx/controller:v1.15.1" << true << true;
        QTest::newRow("traefik") << "docker.io/traefik:v3.1" << true << false;
        QTest::newRow("bare traefik") << "traefik:v3" << true << false;
        QTest::newRow("plain nginx") << "nginx:1.27" << false << false;
    }

    void anImageGivesAControllerAway()
    {
        QFETCH(QString, image);
        QFETCH(bool, isController);
        QFETCH(bool, isNginx);
        const auto builder = withController(image.toUtf8().constData());
        const auto found = plan::findControllers(builder.cluster);
        QCOMPARE(found.isAny(), isController);
        QCOMPARE(found.isIngressNginx, isNginx);
        if (isController) {
            QCOMPARE(found.replicas, 3);
            QCOMPARE(found.services, (std::set<std::string>{"infra/ctl", "infra/admission"}));
            QCOMPARE(found.cloudService->meta.name, std::string("ctl"));
        }
    }

    void theLabelCountsToo()
    {
        auto builder = withController("private/ctl:1");
        auto& labels = builder.cluster.deployments[0].meta.labels;
        labels["app.kubernetes.io/name"] = "ingress-nginx";
        QVERIFY(plan::findControllers(builder.cluster).isIngressNginx);
        labels["app.kubernetes.io/component"] = "default-backend";
        QVERIFY(!plan::findControllers(builder.cluster).isAny());
    }

    void argumentsAndConfigMapAreItsSettings()
    {
        auto builder = withController("registry.k8s.io/ingress-nginx/controller:v1");
        builder.cluster.deployments[0].containers[0].args = {"/nginx-ingress-controller",
                                                             "--watch-ingress-without-class=true",
                                                             "--default-ssl-certificate=infra/wild",
                                                             "--configmap=$(POD_NAMESPACE)/ctl"};
        builder.cluster.configMaps.push_back(
            {builder.meta("infra/ctl"), {{"use-forwarded-headers", "true"}}, {}});
        const auto settings = plan::findControllers(builder.cluster).settings;
        QVERIFY(settings.watchesWithoutClass);
        QCOMPARE(settings.defaultCertificate, std::string("infra/wild"));
        QCOMPARE(settings.configMap.at("use-forwarded-headers"), std::string("true"));
    }
};

LAB_TEST(InputControllersTest)
#include "tst_input_controllers.moc"
