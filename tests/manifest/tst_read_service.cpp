#include "support/test_main.hpp"

#include "manifest/reading_bench.hpp"

using namespace lab::manifest;
using namespace lab::model;

namespace {

std::string service(const std::string& spec)
{
    return "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: " + spec + '\n';
}

} // namespace

/// Service of core/v1, as an API server takes it.
class ReadServiceTest : public QObject {
    Q_OBJECT

private slots:
    void everyFieldIsRead()
    {
        const ReadCluster read = readText(service(
            "{type: LoadBalancer, clusterIP: 10.0.0.5, selector: {app: a}, sessionAffinity: "
            "ClientIP,"
            " sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}, externalTrafficPolicy: "
            "Local,"
            " internalTrafficPolicy: Local, healthCheckNodePort: 31000, loadBalancerClass: x.y/z,"
            " publishNotReadyAddresses: true, allocateLoadBalancerNodePorts: false,"
            " loadBalancerSourceRanges: [10.0.0.0/8], ports: [{name: dns, port: 53, protocol: UDP,"
            " targetPort: dns, nodePort: 30053, appProtocol: x}]}"));
        QCOMPARE(read.findings.size(), 1U);
        QVERIFY(said(read).contains("spec.internalTrafficPolicy is not honoured"));
        const Service& one = read.cluster.services.at(0);
        QCOMPARE(one.healthCheckNodePort, 31000);
        QVERIFY(one.type == ServiceType::LoadBalancer);
        QCOMPARE(one.clusterIp, std::string("10.0.0.5"));
        QVERIFY(!one.isHeadless && one.hasClientIpAffinity && one.publishesNotReady);
        QVERIFY(!one.allocatesNodePorts);
        QCOMPARE(one.affinitySeconds, 60);
        QVERIFY(one.externalTrafficPolicy == TrafficPolicy::Local);
        QVERIFY(one.internalTrafficPolicy == TrafficPolicy::Local);
        QCOMPARE(one.loadBalancerSourceRanges.at(0), std::string("10.0.0.0/8"));
        const ServicePort& port = one.ports.at(0);
        QVERIFY(port.protocol == Protocol::Udp);
        QCOMPARE(toText(port.targetPort), std::string("dns"));
        QCOMPARE(port.nodePort.value_or(0), 30053);
    }

    void defaultsAreThoseOfKubernetes()
    {
        const ReadCluster read = readText(service("{selector: {app: a}, ports: [{port: 80}]}"));
        const Service& one = read.cluster.services.at(0);
        QVERIFY(one.type == ServiceType::ClusterIP);
        QCOMPARE(toText(one.ports.at(0).targetPort), std::string("80"));
        QVERIFY(one.ports[0].protocol == Protocol::Tcp);
        QCOMPARE(one.affinitySeconds, 10'800);
        QVERIFY(one.allocatesNodePorts);
    }

    void headlessAndExternalNamesNeedNoPorts()
    {
        const ReadCluster read = readText(service("{clusterIP: None, selector: {a: b}}"));
        QVERIFY(read.cluster.services.at(0).isHeadless);
        const ReadCluster external =
            readText(service("{type: ExternalName, externalName: db.example.com}"));
        QCOMPARE(external.cluster.services.at(0).externalName, std::string("db.example.com"));
        QCOMPARE(said(read) + said(external), QString());
    }

    void mistakesAreRefused_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("message");
        QTest::newRow("no ports") << "{selector: {a: b}}"
                                  << "spec.ports is missing";
        QTest::newRow("no spec") << "~"
                                 << "spec is missing";
        QTest::newRow("port 0") << "{ports: [{port: 0}]}"
                                << "spec.ports[0].port must be a whole number";
        QTest::newRow("port missing") << "{ports: [{name: a}]}"
                                      << "spec.ports[0].port is missing";
        QTest::newRow("names missing") << "{ports: [{port: 1, name: a}, {port: 2}]}"
                                       << "spec.ports[1].name is required";
        QTest::newRow("a name twice") << "{ports: [{port: 1, name: a}, {port: 2, name: a}]}"
                                      << "\"a\" names two ports";
        QTest::newRow("a port twice") << "{ports: [{port: 1, name: a}, {port: 1, name: b}]}"
                                      << "1 is already a port of this Service";
        QTest::newRow("nodePort and ClusterIP") << "{ports: [{port: 1, nodePort: 30001}]}"
                                                << "may only be used when type is NodePort";
        QTest::newRow("nodePort out of range")
            << "{type: NodePort, ports: [{port: 1, nodePort: 80}]}"
            << "must be in the range 30000-32767";
        QTest::newRow("type") << "{type: Loadbalancer, ports: [{port: 1}]}"
                              << "did you mean \"LoadBalancer\"?";
        QTest::newRow("policy and type") << "{externalTrafficPolicy: Local, ports: [{port: 1}]}"
                                         << "may only be set for NodePort and LoadBalancer";
        QTest::newRow("class and type") << "{loadBalancerClass: a/b, ports: [{port: 1}]}"
                                        << "spec.loadBalancerClass may only be used";
        QTest::newRow("health check")
            << "{type: LoadBalancer, healthCheckNodePort: 31000, ports: [{port: 1}]}"
            << "spec.healthCheckNodePort may only be set";
        QTest::newRow("headless balancer")
            << "{type: LoadBalancer, clusterIP: None, ports: [{port: 1}]}"
            << "spec.clusterIP may not be \"None\"";
        QTest::newRow("cluster address") << "{clusterIP: x, ports: [{port: 1}]}"
                                         << "spec.clusterIP must be an IP address";
        QTest::newRow("external name") << "{type: ExternalName}"
                                       << "spec.externalName is missing";
        QTest::newRow("range")
            << "{type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0], ports: [{port: 1}]}"
            << "spec.loadBalancerSourceRanges[0] must be a CIDR";
        QTest::newRow("affinity")
            << "{sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}, ports: [{port: 1}]}"
            << "timeoutSeconds must be a whole number from 1 to 86400";
        QTest::newRow("selector") << "{selector: {a: 1}, ports: [{port: 1}]}"
                                  << "spec.selector.a";
        QTest::newRow("target port") << "{ports: [{port: 1, targetPort: \"8080\"}]}"
                                     << "must be a port name";
    }

    void mistakesAreRefused()
    {
        QFETCH(QString, spec);
        QFETCH(QString, message);
        const ReadCluster read = readText(service(spec.toStdString()));
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
        QVERIFY(read.cluster.services.empty());
    }

    void whatAClusterWritesByDefaultIsNoNews()
    {
        const ReadCluster read =
            readText(service("{ports: [{port: 1}], clusterIP: 10.0.0.5, clusterIPs: [10.0.0.5], "
                             "ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, "
                             "internalTrafficPolicy: Cluster}"));
        QCOMPARE(said(read), QString());
    }

    void otherAddressFamiliesAreTold()
    {
        const ReadCluster read =
            readText(service("{type: LoadBalancer, ports: [{port: 1}], ipFamilies: [IPv4, IPv6], "
                             "ipFamilyPolicy: PreferDualStack, loadBalancerIP: 192.0.2.1}"));
        QCOMPARE(read.findings.size(), 3U);
        QVERIFY(said(read).contains("spec.ipFamilies is not honoured"));
        QVERIFY(said(read).contains("spec.ipFamilyPolicy is not honoured"));
        QVERIFY(said(read).contains("spec.loadBalancerIP is not honoured"));
    }

    void fieldsThatTheLabDoesNotHonourAreTold()
    {
        const ReadCluster read = readText(service("{ports: [{port: 1}], externalIPs: [192.0.2.1], "
                                                  "clusterIPs: [], sessionAfinity: None}"));
        QCOMPARE(read.findings.size(), 2U);
        QVERIFY(said(read).contains("spec.externalIPs is not honoured"));
        QVERIFY(said(read).contains("did you mean \"sessionAffinity\"?"));
        QCOMPARE(read.cluster.services.size(), 1U);
    }
};

LAB_TEST(ReadServiceTest)
#include "tst_read_service.moc"
