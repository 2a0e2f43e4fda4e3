#include "support/test_main.hpp"

#include "plan/cluster_nodes.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

Names namesOf(const std::vector<PlannedNode>& nodes)
{
    Names names;
    for (const PlannedNode& node : nodes) {
        names.push_back(node.name);
    }
    return names;
}

model::Pod podOn(const std::string& node)
{
    model::Pod pod;
    pod.nodeName = node;
    return pod;
}

} // namespace

/// The machines of a cluster, each with an address of the lab.
class ClusterNodesTest : public QObject {
    Q_OBJECT

private slots:
    void nodeObjectsComeFirstThenThoseThatPodsName()
    {
        ClusterBuilder builder;
        for (const char* name : {"b", "a"}) {
            model::Node node;
            node.meta = builder.meta(name);
            builder.cluster.nodes.push_back(node);
        }
        builder.cluster.pods = {podOn("c"), podOn(""), podOn("a")};
        model::EndpointSlice slice;
        slice.endpoints.resize(1);
        slice.endpoints[0].nodeName = "d";
        builder.cluster.endpointSlices.push_back(slice);
        const auto nodes = clusterNodes(builder.cluster);
        QCOMPARE(namesOf(nodes), (Names{"b", "a", "c", "d"}));
        QCOMPARE(nodes[3].address, std::string("127.0.2.4"));
        QVERIFY(!nodes[3].isAssumed);
    }

    void withoutAnyThreeAreAssumed()
    {
        const auto nodes = clusterNodes({});
        QCOMPARE(namesOf(nodes), (Names{"node-1", "node-2", "node-3"}));
        QVERIFY(nodes[0].isAssumed);
    }

    void thereAreNoMoreThanAddresses()
    {
        model::Cluster cluster;
        for (int i = 0; i < 400; ++i) {
            cluster.pods.push_back(podOn("n" + std::to_string(i)));
        }
        const auto nodes = clusterNodes(cluster);
        QCOMPARE(nodes.size(), PlannedNode::nodesMax);
        QCOMPARE(nodes.back().address, std::string("127.0.2.254"));
    }
};

LAB_TEST(ClusterNodesTest)
#include "tst_cluster_nodes.moc"
