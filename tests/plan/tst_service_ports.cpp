#include "support/test_main.hpp"

#include "plan/service_ports.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

/// Which port speaks HTTP, and which Services are routed to.
class ServicePortsTest : public QObject {
    Q_OBJECT

private slots:
    void aPortIsHttpUnlessSomethingSpeaksAgainstIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("appProtocol");
        QTest::addColumn<bool>("isHttp");
        QTest::newRow("plain 80") << "" << 80 << "" << true;
        QTest::newRow("any number") << "" << 8123 << "" << true;
        QTest::newRow("named http") << "http-web" << 5432 << "" << true;
        QTest::newRow("postgres by number") << "" << 5432 << "" << false;
        QTest::newRow("redis by name") << "redis" << 7000 << "" << false;
        QTest::newRow("tcp by name") << "tcp-x" << 80 << "" << false;
        QTest::newRow("said to be http") << "redis" << 6379 << "http" << true;
        QTest::newRow("said to be other") << "http" << 80 << "mysql" << false;
    }

    void aPortIsHttpUnlessSomethingSpeaksAgainstIt()
    {
        QFETCH(QString, name);
        QFETCH(int, number);
        QFETCH(QString, appProtocol);
        QFETCH(bool, isHttp);
        model::ServicePort port;
        port.name = name.toStdString();
        port.port = number;
        port.appProtocol = appProtocol.toStdString();
        QCOMPARE(isHttpPort(port), isHttp);
        port.protocol = model::Protocol::Udp;
        QVERIFY(!isHttpPort(port));
    }

    void theHttpPortIsNamedHttpElse80ElseTheLowest()
    {
        ClusterBuilder builder;
        model::Service& service = builder.service("web", 9000, 1);
        const auto add = [&](const char* name, int number) {
            model::ServicePort port;
            port.name = name;
            port.port = number;
            service.ports.push_back(port);
        };
        add("postgres", 22);
        QCOMPARE(httpPortOf(service)->port, 9000);
        add("admin", 8000);
        QCOMPARE(httpPortOf(service)->port, 8000);
        add("web", 80);
        QCOMPARE(httpPortOf(service)->port, 80);
        add("http", 8080);
        QCOMPARE(httpPortOf(service)->port, 8080);
        service.ports = {service.ports[1]};
        QVERIFY(httpPortOf(service) == nullptr);
    }

    void routedServicesKnowTheirFirstPortAndAllHosts()
    {
        ClusterBuilder builder;
        builder.ingress("shop/a",
                        {{"a.lab", "/", "web", 81},
                         {"b.lab", "/", "web", 82},
                         {"b.lab", "/x", "web", 82},
                         {"", "/", "api", 80}});
        builder.ingress("shop/canary", {{"a.lab", "/", "web-next"}});
        test::annotate(
            builder.cluster.ingresses[1].meta, "nginx.ingress.kubernetes.io/canary", "true");
        builder.cluster.ingresses[0].defaultBackend = model::IngressBackend{"rest", 80, {}};
        std::vector<const model::Ingress*> all;
        for (const auto& ingress : builder.cluster.ingresses) {
            all.push_back(&ingress);
        }
        const auto routed = routedServices(all);
        QCOMPARE(routed.size(), std::size_t{3});
        QVERIFY(routed.at("shop/web").port == model::PortReference(81));
        QCOMPARE(routed.at("shop/web").hosts, (std::vector<std::string>{"a.lab", "b.lab"}));
        QVERIFY(routed.at("shop/api").hosts.empty());
        QVERIFY(routed.contains("shop/rest"));
    }
};

LAB_TEST(ServicePortsTest)
#include "tst_service_ports.moc"
