#include "support/test_main.hpp"

#include "manifest/reading_bench.hpp"

using namespace lab::manifest;

namespace {

std::string service(const std::string& name, const std::string& spec)
{
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {" + spec +
           "}\n";
}

std::string ownedPod(const std::string& name, const std::string& kind, const std::string& owner)
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name +
           ", ownerReferences: [{kind: " + kind + ", name: " + owner +
           ", controller: true}]}\nspec: {containers: [{name: c, image: i}]}\n";
}

std::string workload(const std::string& kind, const std::string& metadata)
{
    return "---\napiVersion: apps/v1\nkind: " + kind + "\nmetadata: {" + metadata +
           "}\nspec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, "
           "spec: {containers: [{name: c, image: i}]}}}\n";
}

} // namespace

/// What only shows when all objects are together.
class ClusterBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void theLaterOfTwoWins()
    {
        const ReadCluster read =
            readText(service("a", "ports: [{port: 80}]") + service("b", "ports: [{port: 81}]") +
                     service("a", "ports: [{port: 82}]"));
        QCOMPARE(said(read),
                 QString("12:1: warning: Service default/a replaces the one at t.yaml:2:1; "
                         "remove one of the two\n"));
        QCOMPARE(read.cluster.services.size(), 2U);
        QCOMPARE(read.cluster.services[0].ports.at(0).port, 82);
        QCOMPARE(read.cluster.services[0].meta.order, 2U);
    }

    void aRefusedOneReplacesNothing()
    {
        const ReadCluster read =
            readText(service("a", "ports: [{port: 80}]") + service("a", "ports: [{port: 0}]"));
        QCOMPARE(read.cluster.services.at(0).ports.at(0).port, 80);
        QCOMPARE(read.refused.size(), 1U);
    }

    void oneNodePortHasOneService()
    {
        const std::string spec = "type: NodePort, ports: [{port: 80, nodePort: 30080}]";
        const std::string udp =
            "type: NodePort, ports: [{port: 80, nodePort: 30080, protocol: UDP}]";
        const ReadCluster read =
            readText(service("a", spec) + service("b", spec) + service("c", udp));
        QCOMPARE(read.cluster.services.size(), 2U);
        QCOMPARE(read.refused.at(0).name, std::string("b"));
        QVERIFY(said(read).contains("nodePort 30080 is already allocated to Service default/a"));
    }

    void podsOfADumpStandForTheirWorkload()
    {
        const ReadCluster read = readText(
            ownedPod("web-5d-x", "ReplicaSet", "web-5d") + ownedPod("db-0", "StatefulSet", "db") +
            ownedPod("job-x", "Job", "job") + workload("Deployment", "name: web") +
            workload("StatefulSet", "name: db") + workload("Deployment", "name: other") +
            workload("ReplicaSet",
                     "name: web-5d, ownerReferences: "
                     "[{kind: Deployment, name: web, controller: true}]"));
        QCOMPARE(said(read), QString());
        QCOMPARE(read.cluster.pods.size(), 3U);
        QCOMPARE(read.cluster.pods[0].deployment, std::string("web"));
        QCOMPARE(read.cluster.deployments.size(), 3U);
        QVERIFY(read.cluster.deployments[0].arePodsListed);
        QVERIFY(read.cluster.deployments[1].arePodsListed);
        QVERIFY(!read.cluster.deployments[2].arePodsListed);
        QCOMPARE(lab::model::podsOf(read.cluster).size(), 4U);
    }

    void kindsThatAreNotHonouredAreCountedOnce()
    {
        std::string text;
        for (const char* kind : {"HTTPRoute", "ServiceAccount", "HTTPRoute"}) {
            text += "---\napiVersion: x/v1\nkind: " + std::string(kind) + "\nmetadata: {name: a}\n";
        }
        QCOMPARE(
            said(readText(text)),
            QString(
                "2:1: warning: the kind \"HTTPRoute\" of \"x/v1\" is not honoured: 2 objects\n"
                "6:1: note: the kind \"ServiceAccount\" of \"x/v1\" is not honoured: 1 object\n"));
    }

    void whatIsNoObjectIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("text") << "hello"
                              << "a manifest must be a map, not a text";
        QTest::newRow("no kind") << "apiVersion: v1"
                                 << "kind is missing";
        QTest::newRow("no version") << "kind: Service"
                                    << "apiVersion is missing";
        QTest::newRow("neither") << "a: b"
                                 << "apiVersion and kind are missing";
        QTest::newRow("kind is a list") << "apiVersion: v1\nkind: [Service]"
                                        << "kind is missing";
        QTest::newRow("old") << "apiVersion: extensions/v1beta1\nkind: Ingress"
                             << "write apiVersion: networking.k8s.io/v1";
        QTest::newRow("in a list") << "apiVersion: v1\nkind: List\nitems: [5]"
                                   << "must be a map";
    }

    void whatIsNoObjectIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const ReadCluster read = readText(text.toStdString());
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
    }

    void namesInMessagesAreSafeToShow()
    {
        const ReadCluster read = readText(service("\"a\\e[31m\"", "ports: [{port: 80}]"));
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY(!said(read).contains('\x1b'));
    }
};

LAB_TEST(ClusterBuilderTest)
#include "tst_cluster_builder.moc"
