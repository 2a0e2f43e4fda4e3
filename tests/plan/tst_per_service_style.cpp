#include "support/test_main.hpp"

#include "plan/cluster_nodes.hpp"
#include "plan/per_service_style.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

struct Planned {
    FrontDoorPlan plan;
    Findings findings;
};

Planned planned(const ClusterBuilder& builder, const PlanOptions& options)
{
    Planned result;
    PodTable pods(clusterNodes(builder.cluster));
    std::vector<const model::Ingress*> ingresses;
    for (const model::Ingress& ingress : builder.cluster.ingresses) {
        ingresses.push_back(&ingress);
    }
    const ClusterIndex index(builder.cluster);
    result.plan = planPerServiceStyle(index,
                                      routedServices(ingresses),
                                      findControllers(builder.cluster),
                                      Profile::Spec,
                                      options,
                                      pods,
                                      result.findings);
    return result;
}

ClusterBuilder twoServices()
{
    ClusterBuilder builder;
    builder.deployment("web", 2, 8080).deployment("api", 1, 9090);
    builder.loadBalancer("web", 80, 8080);
    builder.loadBalancer("api", 8443, 9090);
    builder.service("hidden", 80, 80);
    return builder;
}

} // namespace

/// A door for each Service of type LoadBalancer.
class PerServiceStyleTest : public QObject {
    Q_OBJECT

private slots:
    void aTcpDoorPassesEveryPortToItsPods()
    {
        const Planned result = planned(twoServices(), {});
        QCOMPARE(result.plan.doors.size(), std::size_t{2});
        const Door& api = result.plan.doors[1];
        QCOMPARE(api.name, std::string("default/api"));
        QCOMPARE(api.mode, DoorMode::Tcp);
        QCOMPARE(api.hosts, (Names{"api.default.lab"}));
        QCOMPARE(api.ports.size(), std::size_t{1});
        QCOMPARE(api.ports[0].number, 8443);
        const Upstream& upstream = result.plan.upstream(api.ports[0].upstream);
        QCOMPARE(upstream.policy, balancing::Policy::Random);
        QCOMPARE(result.plan.certificateCount(), std::size_t{0});
    }

    void anHttpDoorSendsEverythingToTheHttpPort()
    {
        PlanOptions options;
        options.perServiceMode = DoorMode::Http;
        options.issuesLabCertificates = true;
        options.overallLimit = OverallLimit{10, 5, false};
        const Planned result = planned(twoServices(), options);
        const Door& web = result.plan.doors[0];
        QCOMPARE(web.ports.size(), std::size_t{2});
        QVERIFY(web.ports[1].number == 443 && web.ports[1].isTls);
        const auto route = web.table.match("anything.lab", "/any/path");
        QVERIFY(route.has_value());
        const Upstream& upstream = result.plan.upstream(web.routes[route->index()].upstream);
        QCOMPARE(upstream.fullService(), std::string("default/web"));
        QCOMPARE(result.plan.certificateCount(), std::size_t{2}); // one a Service
        const auto& certificate = result.plan.certificates[web.defaultCertificate.index()];
        QCOMPARE(certificate.name, std::string("lab:default/web"));
        QCOMPARE(certificate.dnsNames, (Names{"web.default.lab", "web.default.lab.localhost"}));
        QCOMPARE(result.plan.limitingPointCount(), std::size_t{2});
    }

    void withoutCertificatesAnHttpDoorHasOnly80()
    {
        PlanOptions options;
        options.perServiceMode = DoorMode::Http;
        const Planned result = planned(twoServices(), options);
        QCOMPARE(result.plan.doors[1].ports.size(), std::size_t{1});
        QCOMPARE(result.plan.doors[1].ports[0].number, 80);
    }

    void aCertificateAnnotationMakesATlsDoor()
    {
        ClusterBuilder builder = twoServices();
        model::Service& web = builder.cluster.services[0];
        test::annotate(
            web.meta, "service.beta.kubernetes.io/aws-load-balancer-ssl-cert", "arn:aws:acm:1");
        const Planned result = planned(builder, {});
        const Door& door = result.plan.doors[0];
        QCOMPARE(door.mode, DoorMode::Tls);
        QVERIFY(door.ports[0].isTls && door.ports[0].upstream.isValid());
        QVERIFY(door.defaultCertificate.isValid());
    }

    void whatSpeaksNoHttpStaysTcp()
    {
        ClusterBuilder builder;
        builder.deployment("db", 1, 5432);
        builder.loadBalancer("db", 5432, 5432);
        PlanOptions options;
        options.perServiceMode = DoorMode::Http;
        const Planned result = planned(builder, options);
        QCOMPARE(result.plan.doors[0].mode, DoorMode::Tcp);
        QCOMPARE(result.plan.doors[0].ports[0].number, 5432);
    }

    void aDerivedDoorStandsForItsRoutes()
    {
        ClusterBuilder builder;
        builder.deployment("web", 2, 8080);
        model::Service& web = builder.loadBalancer("web", 8000, 8080);
        web.meta.isDerived = true;
        builder.ingress("shop", {{"shop.lab", "/", "web", 8000}, {"b.lab", "/", "web", 8000}});
        PlanOptions options;
        options.derivesTwin = true;
        const Planned result = planned(builder, options);
        const Door& door = result.plan.doors[0];
        QVERIFY(door.isDerived);
        QCOMPARE(door.hosts, (Names{"shop.lab", "b.lab"}));
        QCOMPARE(door.ports[0].number, 80);
        QCOMPARE(result.plan.upstream(door.ports[0].upstream).servicePort, 8000);
    }

    void controllersServicesAreNoDoors()
    {
        ClusterBuilder builder = twoServices();
        builder.cluster.deployments[0].containers[0].image = "traefik:v3";
        const Planned result = planned(builder, {});
        QCOMPARE(result.plan.doors.size(), std::size_t{1});
        QCOMPARE(result.plan.doors[0].name, std::string("default/api"));
    }

    void aDoorKnowsItsPathAndItsNodePorts()
    {
        ClusterBuilder builder = twoServices();
        builder.cluster.services[0].ports[0].nodePort = 30080;
        builder.cluster.services[0].loadBalancerSourceRanges = {"127.0.0.0/8"};
        builder.cluster.services[1].type = model::ServiceType::NodePort;
        PlanOptions options;
        options.proxyMode = ProxyMode::Ipvs;
        const Planned result = planned(builder, options);
        QCOMPARE(result.plan.doors.size(), std::size_t{3});
        QVERIFY(!result.plan.doors[0].path.isDirect && result.plan.doors[0].path.takesTurns);
        QCOMPARE(result.plan.doors[0].sourceRanges.size(), std::size_t{1});
        QCOMPARE(result.plan.doors[1].name, std::string("default/web@nodes"));
        QCOMPARE(result.plan.doors[2].name, std::string("default/api@nodes"));
        QCOMPARE(result.plan.loadBalancerCount(), std::size_t{1});
    }

    void whereTheLabPlacedPodsOfALocalServiceItSaysSo()
    {
        ClusterBuilder builder = twoServices();
        builder.cluster.services[0].externalTrafficPolicy = model::TrafficPolicy::Local;
        QCOMPARE(test::idsOf(planned(builder, {}).findings), (Names{"pods-placed"}));
    }

    void whatIsNotHonouredIsReported()
    {
        ClusterBuilder builder = twoServices();
        model::Service& web = builder.cluster.services[0];
        web.loadBalancerClass = "example.com/lb";
        web.loadBalancerSourceRanges = {"10.0.0.0/8"};
        model::ServicePort udp;
        udp.port = 53;
        udp.protocol = model::Protocol::Udp;
        web.ports.push_back(udp);
        QCOMPARE(test::idsOf(planned(builder, {}).findings),
                 (Names{"load-balancer-class", "protocol-not-tcp", "source-ranges"}));
    }
};

LAB_TEST(PerServiceStyleTest)
#include "tst_per_service_style.moc"
