#include "support/test_main.hpp"

#include "manifest/reading_bench.hpp"

using namespace lab::manifest;

namespace {

ReadCluster slice(const std::string& rest,
                  const std::string& labels = "{kubernetes.io/service-name: web}")
{
    return readText(
        "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: w, labels: " +
        labels + "}\n" + rest + '\n');
}

} // namespace

/// EndpointSlice of discovery.k8s.io/v1.
class ReadEndpointSliceTest : public QObject {
    Q_OBJECT

private slots:
    void endpointsAndPortsAreRead()
    {
        const ReadCluster read = slice(
            "addressType: IPv4\n"
            "endpoints:\n"
            "- {addresses: [10.1.0.1, 10.1.0.2], targetRef: {kind: Pod, name: p}, nodeName: "
            "node-a}\n"
            "- {addresses: [10.1.0.3], conditions: {ready: false, serving: true, terminating: "
            "true}}\n"
            "- {addresses: [10.1.0.4], conditions: {ready: ~}, targetRef: {kind: Node, name: q}}\n"
            "ports: [{name: http, port: 8080, protocol: TCP}, {port: 9090}]\n");
        QCOMPARE(said(read), QString());
        const lab::model::EndpointSlice& one = read.cluster.endpointSlices.at(0);
        QCOMPARE(one.serviceName, std::string("web"));
        QCOMPARE(one.endpoints.size(), 4U);
        QCOMPARE(one.endpoints[1].address, std::string("10.1.0.2"));
        QCOMPARE(one.endpoints[1].podName, std::string("p"));
        QVERIFY(one.endpoints[0].isReady);
        QVERIFY(!one.endpoints[2].isReady && one.endpoints[2].isServing);
        QVERIFY(one.endpoints[2].isTerminating);
        QVERIFY(one.endpoints[3].isReady);
        QCOMPARE(one.endpoints[3].podName, std::string());
        QCOMPARE(one.ports.size(), 2U);
        QCOMPARE(one.ports[1].number, 9090);
    }

    void mistakesAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("no type") << "endpoints: []"
                                 << "addressType is missing";
        QTest::newRow("type") << "addressType: ipv4"
                              << "did you mean \"IPv4\"?";
        QTest::newRow("no address") << "addressType: IPv4\nendpoints: [{addresses: []}]"
                                    << "endpoints[0].addresses needs at least one address";
        QTest::newRow("other family") << "addressType: IPv6\nendpoints: [{addresses: [10.0.0.1]}]"
                                      << "endpoints[0].addresses[0] \"10.0.0.1\" is no address";
        QTest::newRow("condition")
            << "addressType: IPv4\nendpoints: [{addresses: [10.0.0.1], conditions: {ready: maybe}}]"
            << "must be true or false";
        QTest::newRow("port") << "addressType: IPv4\nports: [{port: 0}]"
                              << "ports[0].port";
    }

    void mistakesAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const ReadCluster read = slice(text.toStdString());
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
    }

    void aSliceOfNoServiceIsTold()
    {
        QVERIFY(said(slice("addressType: IPv4", "{}")).contains("it belongs to no Service"));
    }

    void aPortWithoutNumberIsTold()
    {
        const ReadCluster read = slice("addressType: IPv4\nports: [{name: a}]");
        QVERIFY(said(read).contains("ports[0] has no number"));
        QVERIFY(read.cluster.endpointSlices.at(0).ports.empty());
    }
};

LAB_TEST(ReadEndpointSliceTest)
#include "tst_read_endpoint_slice.moc"
