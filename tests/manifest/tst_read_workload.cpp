#include "support/test_main.hpp"

#include "manifest/reading_bench.hpp"

using namespace lab::manifest;
using namespace lab::model;

namespace {

const std::string podTemplate =
    "template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}";

ReadCluster workload(const std::string& kind, const std::string& spec)
{
    return readText("apiVersion: apps/v1\nkind: " + kind + "\nmetadata: {name: a}\nspec: {" + spec +
                    "}\n");
}

ReadCluster deployment(const std::string& spec)
{
    return workload("Deployment", spec);
}

ReadCluster withContainer(const std::string& container)
{
    return deployment("selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, "
                      "spec: {containers: [" +
                      container + "]}}");
}

ReadCluster pod(const std::string& rest)
{
    return readText("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
                    "spec: {containers: [{name: c, image: i}]}\n" +
                    rest + '\n');
}

} // namespace

/// Pods and what makes them.
class ReadWorkloadTest : public QObject {
    Q_OBJECT

private slots:
    void aDeploymentIsRead()
    {
        const ReadCluster read = deployment(
            "replicas: 3, strategy: {type: Recreate}, selector: {matchLabels: {app: a}}, template: "
            "{metadata: "
            "{labels: {app: a, v: \"1\"}}, spec: {nodeSelector: {x: y}, containers: [{name: c, "
            "image: \"i:1\", "
            "command: [run], args: [\"--a\", b], env: [], readinessProbe: {}, ports: [{name: http, "
            "containerPort: 8080, hostPort: 80}], resources: {requests: {cpu: 100m, memory: "
            "128Mi}}}, "
            "{name: d, image: j, resources: {limits: {cpu: 1, memory: 1Gi}}}]}}");
        QCOMPARE(said(read), QString());
        const Deployment& one = read.cluster.deployments.at(0);
        QCOMPARE(one.replicas, 3);
        QCOMPARE(one.podLabels.at("v"), std::string("1"));
        QCOMPARE(one.selector.size(), 1U);
        QCOMPARE(one.containers.size(), 2U);
        QCOMPARE(one.containers[0].args, (std::vector<std::string>{"run", "--a", "b"}));
        QCOMPARE(one.containers[0].ports.at(0).name, std::string("http"));
        QCOMPARE(one.requests.cpuMillicores, std::int64_t(1100));
        QCOMPARE(one.requests.memoryBytes, std::int64_t(1'207'959'552));
    }

    void otherWorkloadsHaveTheSameShape()
    {
        const std::string rest = "selector: {matchLabels: {app: a}}, " + podTemplate;
        QCOMPARE(workload("StatefulSet", "serviceName: a, replicas: 2, " + rest)
                     .cluster.deployments.at(0)
                     .replicas,
                 2);
        QCOMPARE(workload("ReplicaSet", rest).cluster.deployments.at(0).replicas, 1);
        const ReadCluster daemon = workload("DaemonSet", "updateStrategy: {}, " + rest);
        QCOMPARE(daemon.cluster.deployments.at(0).replicas, 1);
        QVERIFY(said(daemon).contains("counts as one pod"));
    }

    void mistakesAreRefused_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("message");
        const QString rest = QString::fromStdString(podTemplate);
        const QString selector = "selector: {matchLabels: {app: a}}, ";
        QTest::newRow("replicas") << "replicas: -1, " + selector + rest
                                  << "spec.replicas must be a whole number";
        QTest::newRow("int32") << "replicas: 4294967297, " + selector + rest << "spec.replicas";
        QTest::newRow("too many for the lab")
            << "replicas: 1001, " + selector + rest << "at most 1000";
        QTest::newRow("no selector") << rest << "spec.selector is missing";
        QTest::newRow("empty selector") << "selector: {}, " + rest << "spec.selector is empty";
        QTest::newRow("other labels") << "selector: {matchLabels: {app: b}}, " + rest
                                      << "does not match the template's labels: \"app=b\"";
        QTest::newRow("no template") << "selector: {matchLabels: {app: a}}"
                                     << "spec.template is missing";
        QTest::newRow("no containers")
            << selector + "template: {metadata: {labels: {app: a}}, spec: {}}"
            << "spec.template.spec.containers is missing";
    }

    void mistakesAreRefused()
    {
        QFETCH(QString, spec);
        QFETCH(QString, message);
        const ReadCluster read = deployment(spec.toStdString());
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
    }

    void containersAreChecked_data()
    {
        QTest::addColumn<QString>("container");
        QTest::addColumn<QString>("message");
        QTest::newRow("name") << "{image: i}"
                              << "containers[0].name is missing";
        QTest::newRow("image") << "{name: c}"
                               << "containers[0].image is missing";
        QTest::newRow("twice") << "{name: c, image: i}, {name: c, image: i}"
                               << "names two containers";
        QTest::newRow("port") << "{name: c, image: i, ports: [{containerPort: 0}]}"
                              << "containerPort";
        QTest::newRow("port name twice") << "{name: c, image: i, ports: [{name: a, containerPort: "
                                            "1}, {name: a, containerPort: 2}]}"
                                         << "names two ports";
        QTest::newRow("argument") << "{name: c, image: i, args: [8080]}"
                                  << "args[0] must be a text";
        QTest::newRow("cpu") << "{name: c, image: i, resources: {requests: {cpu: lots}}}"
                             << "requests.cpu";
    }

    void containersAreChecked()
    {
        QFETCH(QString, container);
        QFETCH(QString, message);
        const ReadCluster read = withContainer(container.toStdString());
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
    }

    void misspeltFieldsWarn()
    {
        const ReadCluster read = withContainer("{name: c, image: i, prots: []}");
        QVERIFY(said(read).contains("unknown key \"prots\""));
        QVERIFY(said(read).contains("did you mean \"ports\"?"));
        QCOMPARE(read.cluster.deployments.size(), 1U);
    }

    void aPodKnowsItsReadiness_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<bool>("isReady");
        QTest::newRow("no status") << "" << true;
        QTest::newRow("no conditions") << "status: {podIP: 10.1.0.1}" << true;
        QTest::newRow("ready") << "status: {conditions: [{type: Initialized, status: \"False\"}, "
                                  "{type: Ready, status: \"True\"}]}"
                               << true;
        QTest::newRow("not ready")
            << "status: {conditions: [{type: Ready, status: \"False\"}]}" << false;
        QTest::newRow("unknown") << "status: {conditions: [{type: Ready, status: Unknown}]}"
                                 << false;
        QTest::newRow("done") << "status: {phase: Succeeded}" << false;
    }

    void aPodKnowsItsReadiness()
    {
        QFETCH(QString, status);
        QFETCH(bool, isReady);
        const ReadCluster read = pod(status.toStdString());
        QCOMPARE(said(read), QString());
        QCOMPARE(read.cluster.pods.at(0).isReady, isReady);
    }

    void aPodKnowsWhereItRunsAndThatItEnds()
    {
        const ReadCluster read = readText(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p, deletionTimestamp: "
            "2024-01-01T00:00:00Z}\n"
            "spec: {nodeName: n1, containers: [{name: c, image: i}]}\nstatus: {podIP: 10.1.0.1}\n");
        QCOMPARE(said(read), QString());
        const Pod& one = read.cluster.pods.at(0);
        QCOMPARE(one.nodeName, std::string("n1"));
        QCOMPARE(one.podIp, std::string("10.1.0.1"));
        QVERIFY(one.isTerminating);
    }
};

LAB_TEST(ReadWorkloadTest)
#include "tst_read_workload.moc"
