#include "support/test_main.hpp"

#include "plan/service_doors.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

model::ServicePort portOf(int number, const std::string& name)
{
    model::ServicePort port;
    port.port = number;
    port.name = name;
    port.targetPort = number;
    return port;
}

struct Made {
    FrontDoorPlan plan;
    Door door;
};

/// The door beside an ingress, of the only Service.
Made madeBeside(const ClusterBuilder& builder, const PlanOptions& options = {})
{
    Made made;
    Findings findings;
    PodTable pods;
    const ClusterIndex index(builder.cluster);
    const std::map<std::string, RoutedService> routed;
    UpstreamResolver resolver(index, options, Profile::Spec, pods, made.plan, findings);
    made.door = ServiceDoors(routed, options, resolver, made.plan)
                    .makeBeside(builder.cluster.services.at(0));
    return made;
}

ClusterBuilder mixed()
{
    ClusterBuilder builder;
    builder.deployment("app", 1, 8080);
    model::Service& service = builder.loadBalancer("app", 80, 8080);
    service.ports.push_back(portOf(5432, "postgres"));
    return builder;
}

} // namespace

/// What load balancer a Service gets; the modes of doors are tested by the per-service style.
class ServiceDoorsTest : public QObject {
    Q_OBJECT

private slots:
    void besideAnIngressStandsWhatItCannotName()
    {
        const Made made = madeBeside(mixed());
        QCOMPARE(made.door.mode, DoorMode::Tcp);
        QCOMPARE(made.door.ports.size(), std::size_t{1});
        QCOMPARE(made.door.ports[0].number, 5432);
        QCOMPARE(made.plan.upstream(made.door.ports[0].upstream).servicePort, 5432);
        QCOMPARE(made.door.service, std::string("default/app"));
    }

    void theWishForHttpDoorsIsNotForIt()
    {
        PlanOptions options;
        options.perServiceMode = DoorMode::Http;
        QCOMPARE(madeBeside(mixed(), options).door.mode, DoorMode::Tcp);
        QCOMPARE(madeBeside(mixed(), options).plan.certificates.size(), std::size_t{0});
    }

    void udpAloneIsADoorWithoutPorts()
    {
        ClusterBuilder builder;
        builder.deployment("dns", 1, 53);
        builder.loadBalancer("dns", 53, 53).ports[0].protocol = model::Protocol::Udp;
        QVERIFY(madeBeside(builder).door.ports.empty());
    }

    void otherPortsAreWhatIsNotHttp_data()
    {
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isOther");
        QTest::newRow("http") << 80 << "http" << false;
        QTest::newRow("unnamed") << 8080 << "" << false;
        QTest::newRow("a database") << 5432 << "" << true;
        QTest::newRow("by name") << 9000 << "redis" << true;
    }
    void otherPortsAreWhatIsNotHttp()
    {
        QFETCH(int, port);
        QFETCH(QString, name);
        QFETCH(bool, isOther);
        model::Service service;
        service.ports.push_back(portOf(port, name.toStdString()));
        QCOMPARE(hasOtherPorts(service), isOther);
    }
};

LAB_TEST(ServiceDoorsTest)
#include "tst_service_doors.moc"
