#include "support/test_main.hpp"

#include "plan/cluster_index.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using test::ClusterBuilder;

/// Look-ups give what a walk over the lists would.
class ClusterIndexTest : public QObject {
    Q_OBJECT

private slots:
    void servicesAreFoundByFullName()
    {
        ClusterBuilder builder;
        builder.service("shop/cart", 80, 80);
        builder.service("cart", 80, 80);
        const plan::ClusterIndex index(builder.cluster);
        QCOMPARE(index.service("shop/cart"), &builder.cluster.services[0]);
        QCOMPARE(index.service("default/cart"), &builder.cluster.services[1]);
        QVERIFY(index.service("test/cart") == nullptr);
        QCOMPARE(index.serviceNames("shop"), (std::vector<std::string>{"cart"}));
    }

    void podsAreFoundByAllLabelsOfASelector()
    {
        ClusterBuilder builder;
        builder.deployment("web", 2, 80).deployment("api", 1, 80).deployment("other/web", 1, 80);
        builder.cluster.deployments[0].podLabels["tier"] = "front";
        const plan::ClusterIndex index(builder.cluster);
        QCOMPARE(index.podsOf("default", {{"app", "web"}}).size(), std::size_t{2});
        QCOMPARE(index.podsOf("default", {{"app", "web"}, {"tier", "front"}}).size(),
                 std::size_t{2});
        QVERIFY(index.podsOf("default", {{"app", "api"}, {"tier", "front"}}).empty());
        QVERIFY(index.podsOf("default", {{"app", "none"}}).empty());
        QVERIFY(index.podsOf("default", {}).empty());
        QCOMPARE(index.podsOf("other", {{"app", "web"}})[0]->meta.name, std::string("web-0"));
    }

    void slicesBelongToTheirService()
    {
        ClusterBuilder builder;
        builder.service("web", 80, 80);
        builder.service("api", 80, 80);
        model::EndpointSlice slice;
        slice.meta = builder.meta("web-x1");
        slice.serviceName = "web";
        builder.cluster.endpointSlices = {slice};
        const plan::ClusterIndex index(builder.cluster);
        QCOMPARE(index.slicesOf(builder.cluster.services[0]).size(), std::size_t{1});
        QVERIFY(index.slicesOf(builder.cluster.services[1]).empty());
    }
};

LAB_TEST(ClusterIndexTest)
#include "tst_cluster_index.moc"
