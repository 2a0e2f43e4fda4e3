#include "support/test_main.hpp"

#include "plan/load_balancer_mode.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

const std::string aws = "service.beta.kubernetes.io/aws-load-balancer-";

} // namespace

/// What a cloud makes of a Service of type LoadBalancer.
class LoadBalancerModeTest : public QObject {
    Q_OBJECT

private slots:
    void annotationsDecide_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("mode");
        QTest::newRow("nothing said") << ""
                                      << ""
                                      << ""
                                      << "tcp";
        QTest::newRow("nlb") << "nlb"
                             << ""
                             << ""
                             << "tcp";
        QTest::newRow("nlb with certificate") << "nlb"
                                              << "arn"
                                              << ""
                                              << "tls";
        QTest::newRow("nlb does not read http") << "external"
                                                << ""
                                                << "http"
                                                << "tcp";
        QTest::newRow("classic http") << ""
                                      << ""
                                      << "http"
                                      << "http";
        QTest::newRow("classic https") << ""
                                       << "arn"
                                       << "https"
                                       << "http";
        QTest::newRow("classic ssl") << ""
                                     << "arn"
                                     << "tcp"
                                     << "tls";
    }

    void annotationsDecide()
    {
        QFETCH(QString, type);
        QFETCH(QString, certificate);
        QFETCH(QString, protocol);
        QFETCH(QString, mode);
        ClusterBuilder builder;
        model::Service& service = builder.loadBalancer("web", 80, 80);
        test::annotate(service.meta, aws + "type", type.toStdString());
        test::annotate(service.meta, aws + "ssl-cert", certificate.toStdString());
        test::annotate(service.meta, aws + "backend-protocol", protocol.toStdString());
        QCOMPARE(QString::fromStdString(std::string(toText(modeOf(service, {}).mode))), mode);
        QCOMPARE(modeOf(service, DoorMode::Http).mode, DoorMode::Http); // the scenario overrides
    }

    void tlsEndsOnAllPortsOrOnThoseNamed()
    {
        ClusterBuilder builder;
        model::Service& service = builder.loadBalancer("web", 80, 80);
        service.ports[0].name = "http";
        model::ServicePort https;
        https.name = "https";
        https.port = 443;
        service.ports.push_back(https);
        QVERIFY(!modeOf(service, {}).isTls(service.ports[1]));
        test::annotate(service.meta, aws + "ssl-cert", "arn");
        QVERIFY(modeOf(service, {}).isTls(service.ports[0]));
        test::annotate(service.meta, aws + "ssl-ports", "https");
        QVERIFY(!modeOf(service, {}).isTls(service.ports[0]));
        QVERIFY(modeOf(service, {}).isTls(service.ports[1]));
    }
};

LAB_TEST(LoadBalancerModeTest)
#include "tst_load_balancer_mode.moc"
