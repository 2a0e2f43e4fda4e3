#include "support/test_main.hpp"

#include "model/cluster.hpp"

using namespace lab::model;

namespace {

template <typename Object>
Object named(const std::string& nameSpace, const std::string& name)
{
    Object object;
    object.meta.nameSpace = nameSpace;
    object.meta.name = name;
    return object;
}

} // namespace

/// Look-ups by name, selectors, and which pods there are.
class ClusterTest : public QObject {
    Q_OBJECT

private slots:
    void objectsAreFoundByNamespaceAndName()
    {
        Cluster cluster;
        cluster.services = {named<Service>("a", "web"), named<Service>("b", "web")};
        cluster.secrets = {named<Secret>("a", "tls")};
        cluster.configMaps = {named<ConfigMap>("a", "settings")};
        QCOMPARE(cluster.service("b", "web"), &cluster.services[1]);
        QVERIFY(cluster.service("c", "web") == nullptr);
        QCOMPARE(cluster.secret("a", "tls"), &cluster.secrets[0]);
        QCOMPARE(cluster.configMap("a", "settings"), &cluster.configMaps[0]);
        QVERIFY(cluster.secret("a", "settings") == nullptr);
    }

    void aSelectorPicksSupersets_data()
    {
        QTest::addColumn<bool>("isPicked");
        QTest::addColumn<int>("index");
        QTest::newRow("nothing picks nothing") << false << 0;
        QTest::newRow("one of two") << true << 1;
        QTest::newRow("both") << true << 2;
        QTest::newRow("another value") << false << 3;
        QTest::newRow("a label more") << false << 4;
    }

    void aSelectorPicksSupersets()
    {
        QFETCH(bool, isPicked);
        QFETCH(int, index);
        const Labels labels{{"app", "web"}, {"tier", "front"}};
        const std::vector<Labels> selectors{
            {}, {{"app", "web"}}, labels, {{"app", "api"}}, {{"app", "web"}, {"zone", "a"}}};
        QCOMPARE(selects(selectors[static_cast<std::size_t>(index)], labels), isPicked);
    }

    void deploymentsMakeTheirPods()
    {
        Cluster cluster;
        cluster.pods = {named<Pod>("a", "bare")};
        Deployment web = named<Deployment>("a", "web");
        web.replicas = 2;
        web.podLabels = {{"app", "web"}};
        web.containers = {{"c", "image", {}, {{"http", 8080, Protocol::Tcp}}}};
        cluster.deployments = {web};
        const std::vector<Pod> pods = podsOf(cluster);
        QCOMPARE(pods.size(), 3U);
        QCOMPARE(pods[0].meta.name, std::string("bare"));
        QCOMPARE(pods[1].meta.fullName(), std::string("a/web-0"));
        QCOMPARE(pods[2].meta.fullName(), std::string("a/web-1"));
        QCOMPARE(pods[2].deployment, std::string("web"));
        QVERIFY(pods[2].meta.labels == web.podLabels);
        QCOMPARE(pods[2].containers.at(0).ports.at(0).number, 8080);
        QVERIFY(pods[2].isReady);
    }

    void podsOfADumpAreNotMadeTwice()
    {
        Cluster cluster;
        Deployment web = named<Deployment>("a", "web");
        web.replicas = 2;
        web.arePodsListed = true;
        cluster.deployments = {web};
        cluster.pods = {named<Pod>("a", "web-5d-x")};
        QCOMPARE(podsOf(cluster).size(), 1U);
    }

    void noReplicasAreNoPods()
    {
        Cluster cluster;
        Deployment web = named<Deployment>("a", "web");
        web.replicas = 0;
        cluster.deployments = {web};
        QVERIFY(podsOf(cluster).empty());
    }
};

LAB_TEST(ClusterTest)
#include "tst_cluster.moc"
