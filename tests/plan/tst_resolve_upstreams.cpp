#include "support/test_main.hpp"

#include "plan/resolve_upstreams.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

/// A resolver with everything it writes to.
struct Bench {
    explicit Bench(const model::Cluster& cluster,
                   Profile profile = Profile::Spec,
                   PlanOptions given = {})
        : options(std::move(given))
        , index(cluster)
        , resolver(index, options, profile, pods, plan, findings)
    {
    }

    const Upstream& resolve(const std::string& service, const model::PortReference& port)
    {
        return plan.upstream(resolver.resolve("default", service, port, test::placeAt(99)));
    }

    std::vector<std::string> endpointNames(const Upstream& upstream) const
    {
        std::vector<std::string> names;
        for (const EndpointId id : upstream.endpoints) {
            const Endpoint& endpoint = plan.endpoint(id);
            names.push_back(endpoint.name + (endpoint.isReady ? "" : " not ready"));
        }
        return names;
    }

    PlanOptions options;
    ClusterIndex index;
    PodTable pods;
    FrontDoorPlan plan;
    Findings findings;
    UpstreamResolver resolver;
};

using Names = std::vector<std::string>;

} // namespace

/// Service port → endpoints, and the exact reason where there are none.
class ResolveUpstreamsTest : public QObject {
    Q_OBJECT

private slots:
    void podsAreSelectedAndTargetPortsLookedUpByNameInEach()
    {
        ClusterBuilder builder;
        builder.deployment("web", 2, 8080, "http");
        builder.service("web", 80, std::string("http"));
        model::Pod odd;
        odd.meta = builder.meta("odd");
        odd.meta.labels = {{"app", "web"}};
        odd.containers.push_back({"main", "", {}, {{"http", 9090}, {"admin", 1}}});
        model::Pod lacking = odd;
        lacking.meta.name = "lacking";
        lacking.containers[0].ports = {{"admin", 1}};
        builder.cluster.pods = {odd, lacking};
        Bench bench(builder.cluster);
        const Upstream& upstream = bench.resolve("web", 80);
        QCOMPARE(bench.endpointNames(upstream),
                 (Names{"default/odd:9090", "default/web-0:8080", "default/web-1:8080"}));
        QVERIFY(upstream.brokenLink.empty());
        QVERIFY(bench.findings.empty());
    }

    void aPortIsFoundByNumberAndByName()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080);
        builder.service("web", 80, 8080).ports[0].name = "http";
        Bench bench(builder.cluster);
        QCOMPARE(bench.resolve("web", 80).servicePort, 80);
        QCOMPARE(bench.resolve("web", std::string("http")).servicePort, 80);
        QCOMPARE(bench.pods.pods().size(), std::size_t{1});
    }

    void oneServicePortIsOneUpstream()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080);
        builder.service("web", 80, 8080);
        Bench bench(builder.cluster);
        bench.resolve("web", 80);
        bench.resolve("web", 80);
        QCOMPARE(bench.plan.upstreams.size(), std::size_t{1});
        QCOMPARE(bench.plan.endpoints.size(), std::size_t{1});
    }

    void aTargetPortNumberIsTakenByIngressNginxOnly()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080);
        builder.service("web", 80, 8080);
        Bench nginx(builder.cluster, Profile::IngressNginx);
        QCOMPARE(nginx.resolve("web", 8080).servicePort, 80);
        QCOMPARE(test::idsOf(nginx.findings), (Names{"port-is-target-port"}));
        Bench spec(builder.cluster);
        QVERIFY(!spec.resolve("web", 8080).brokenLink.empty());
        QCOMPARE(test::idsOf(spec.findings), (Names{"backend-port-missing"}));
    }

    void slicesAreAuthoritative()
    {
        ClusterBuilder builder;
        builder.deployment("web", 2, 8080);
        builder.service("web", 80, 8080);
        model::EndpointSlice slice;
        slice.meta = builder.meta("web-x1");
        slice.serviceName = "web";
        slice.ports.push_back({"", 8081, model::Protocol::Tcp});
        slice.endpoints.resize(3);
        slice.endpoints[0].address = "10.1.0.1";
        slice.endpoints[1].address = "10.1.0.2";
        slice.endpoints[2].address = "10.1.0.1";
        slice.endpoints[0].podName = "alpha";
        slice.endpoints[1].isReady = false;
        model::EndpointSlice foreign = slice;
        foreign.ports[0].name = "metrics";
        builder.cluster.endpointSlices = {slice, foreign};
        Bench bench(builder.cluster);
        QCOMPARE(bench.endpointNames(bench.resolve("web", 80)),
                 (Names{"default/alpha:8081", "default/10.1.0.2:8081 not ready"}));
    }

    void readinessDecidesUnlessTheServicePublishesNotReady()
    {
        ClusterBuilder builder;
        model::Pod pod;
        pod.meta = builder.meta("web");
        pod.meta.labels = {{"app", "web"}};
        pod.isReady = false;
        builder.cluster.pods = {pod};
        builder.service("web", 80, 8080);
        {
            Bench bench(builder.cluster);
            const Upstream& upstream = bench.resolve("web", 80);
            QCOMPARE(upstream.brokenLink, std::string("no ready pod"));
            QCOMPARE(bench.endpointNames(upstream), (Names{"default/web:8080 not ready"}));
        }
        builder.cluster.services[0].publishesNotReady = true;
        Bench bench(builder.cluster);
        QVERIFY(bench.resolve("web", 80).brokenLink.empty());
    }

    void terminatingOnesThatStillServeAreALastResort()
    {
        ClusterBuilder builder;
        model::Pod pod;
        pod.meta = builder.meta("web");
        pod.meta.labels = {{"app", "web"}};
        pod.isTerminating = true;
        builder.cluster.pods = {pod};
        builder.service("web", 80, 8080);
        builder.service("api", 80, 8080);
        model::EndpointSlice slice;
        slice.meta = builder.meta("api-x1");
        slice.serviceName = "api";
        slice.ports.push_back({"", 8080, model::Protocol::Tcp});
        slice.endpoints.resize(2);
        slice.endpoints[0] = {"10.1.0.1", false, true, true, "", ""};
        slice.endpoints[1] = {"10.1.0.2", false, false, true, "", ""};
        builder.cluster.endpointSlices = {slice};
        Bench bench(builder.cluster);
        bench.resolve("web", 80);
        bench.resolve("api", 80);
        QVERIFY(!bench.plan.endpoints[0].isReady && bench.plan.endpoints[0].isLastResort);
        QVERIFY(!bench.plan.endpoints[1].isReady && bench.plan.endpoints[1].isLastResort);
        QVERIFY(!bench.plan.endpoints[2].isLastResort);
    }

    void endpointsKnowTheirNode()
    {
        ClusterBuilder builder;
        builder.deployment("web", 3, 8080);
        builder.service("web", 80, 8080);
        Bench bench(builder.cluster);
        bench.pods = PodTable({{"a", "127.0.2.1", false}, {"b", "127.0.2.2", false}});
        const Upstream& upstream = bench.resolve("web", 80);
        std::vector<NodeId> nodes;
        for (const EndpointId id : upstream.endpoints) {
            nodes.push_back(bench.plan.endpoint(id).node);
        }
        QCOMPARE(nodes, (std::vector<NodeId>{NodeId(0), NodeId(1), NodeId(0)}));
    }

    void theBrokenLinkIsNamed_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("finding");
        QTest::newRow("no service") << "wep" << 80 << "no Service \"wep\" in namespace default"
                                    << "backend-service-missing";
        QTest::newRow("no port") << "web" << 81 << "Service \"web\" has no port 81"
                                 << "backend-port-missing";
        QTest::newRow("no pod") << "lonely" << 80 << "its selector matches no pod"
                                << "no-endpoint";
        QTest::newRow("no port name") << "named" << 80 << "no pod has a port named \"grpc\""
                                      << "no-endpoint";
        QTest::newRow("no selector")
            << "bare" << 80 << "it has neither a selector nor an EndpointSlice"
            << "no-endpoint";
        QTest::newRow("external name") << "outside" << 80 << "an ExternalName leads out of the lab"
                                       << "no-endpoint";
    }

    void appProtocolMakesItHttp2()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080, "http");
        builder.service("web", 80, 8080);
        builder.service("greeter", 80, 8080).ports[0].appProtocol = "kubernetes.io/h2c";
        Bench bench(builder.cluster);
        QVERIFY(!bench.resolve("web", 80).speaksHttp2);
        QVERIFY(bench.resolve("greeter", 80).speaksHttp2);
    }

    void ingressNginxDoesNotLookAtAppProtocol_data()
    {
        QTest::addColumn<int>("style");
        QTest::addColumn<bool>("isHttp2");
        QTest::newRow("the controller") << static_cast<int>(Style::Ingress) << false;
        QTest::newRow("a load balancer of its own") << static_cast<int>(Style::PerService) << true;
    }
    void ingressNginxDoesNotLookAtAppProtocol()
    {
        QFETCH(const int, style);
        QFETCH(const bool, isHttp2);
        ClusterBuilder builder;
        builder.deployment("greeter", 1, 8080);
        builder.service("greeter", 80, 8080).ports[0].appProtocol = "kubernetes.io/h2c";
        Bench bench(builder.cluster, Profile::IngressNginx);
        bench.plan.style = static_cast<Style>(style);
        QCOMPARE(bench.resolve("greeter", 80).speaksHttp2, isHttp2);
        QCOMPARE(bench.findings.empty(), isHttp2);
        if (!isHttp2) {
            QCOMPARE(bench.findings[0].id, std::string("app-protocol-ignored"));
            QCOMPARE(bench.findings[0].severity, Severity::Note);
            static_cast<void>(bench.resolve("greeter", 80)); // is said once
            QCOMPARE(bench.findings.size(), std::size_t{1});
        }
    }

    void theBrokenLinkIsNamed()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080, "http");
        builder.service("web", 80, 8080);
        builder.service("lonely", 80, 8080);
        builder.service("named", 80, std::string("grpc")).selector = {{"app", "web"}};
        builder.service("bare", 80, 8080).selector.clear();
        builder.service("outside", 80, 8080).type = model::ServiceType::ExternalName;
        QFETCH(QString, service);
        QFETCH(int, port);
        QFETCH(QString, link);
        QFETCH(QString, finding);
        Bench bench(builder.cluster);
        const Upstream& upstream = bench.resolve(service.toStdString(), port);
        QCOMPARE(QString::fromStdString(upstream.brokenLink), link);
        QVERIFY(upstream.endpoints.empty());
        QCOMPARE(test::idsOf(bench.findings), (Names{finding.toStdString()}));
        QVERIFY(bench.findings[0].place.isKnown());
    }

    void aMisspeltServiceGetsASuggestion()
    {
        ClusterBuilder builder;
        builder.service("cart", 80, 80);
        Bench bench(builder.cluster);
        bench.resolve("crat", 80);
        QCOMPARE(bench.findings[0].severity, Severity::Error);
        QCOMPARE(bench.findings[0].remedy, std::string("did you mean \"cart\"?"));
        QCOMPARE(toText(bench.findings[0].place), std::string("test.yaml:99:1"));
    }

    void realAddressesReplaceThePods()
    {
        ClusterBuilder builder;
        builder.deployment("web", 2, 8080);
        builder.service("web", 80, 8080);
        PlanOptions options;
        options.backendAddresses["default/web"] = {"127.0.0.1:3000"};
        Bench bench(builder.cluster, Profile::Spec, options);
        const Upstream& upstream = bench.resolve("web", 80);
        const Endpoint& endpoint = bench.plan.endpoint(upstream.endpoints.at(0));
        QCOMPARE(endpoint.address, std::string("127.0.0.1:3000"));
        QCOMPARE(endpoint.targetPort, 3000);
        QVERIFY(!endpoint.pod.isValid());
        QVERIFY(bench.pods.pods().empty());
    }
};

LAB_TEST(ResolveUpstreamsTest)
#include "tst_resolve_upstreams.moc"
