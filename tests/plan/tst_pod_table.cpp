#include "support/test_main.hpp"

#include "plan/pod_table.hpp"

using lab::plan::PodTable;

/// One id a pod, whoever asks.
class PodTableTest : public QObject {
    Q_OBJECT

private slots:
    void aPodHasOneIdAndEachPortOnce()
    {
        PodTable table;
        const auto cart = table.pod("shop", "cart-0", "n1", 8080);
        const auto other = table.pod("test", "cart-0", "", 8080);
        QCOMPARE(table.pod("shop", "cart-0", "n1", 9090), cart);
        QCOMPARE(table.pod("shop", "cart-0", "n1", 8080), cart);
        QVERIFY(cart != other);
        QCOMPARE(table.pods().size(), std::size_t{2});
        QCOMPARE(table.pods()[cart.index()].ports, (std::vector<int>{8080, 9090}));
        QCOMPARE(table.pods()[cart.index()].nodeName, std::string("n1"));
        QVERIFY(!table.nodeOf(cart).isValid()); // there are none
    }

    void whoNamesNoKnownNodeIsPlacedInTurn()
    {
        PodTable table({{"a", "127.0.2.1", false}, {"b", "127.0.2.2", false}});
        const auto nodeOf = [&](const std::string& name, const std::string& node) {
            return table.nodeOf(table.pod("shop", name, node, 80));
        };
        QCOMPARE(nodeOf("p0", "b"), lab::NodeId(1));
        QCOMPARE(nodeOf("p1", ""), lab::NodeId(0));
        QCOMPARE(nodeOf("p2", "elsewhere"), lab::NodeId(1));
        QCOMPARE(nodeOf("p3", ""), lab::NodeId(0));
        QCOMPARE(nodeOf("p0", "a"), lab::NodeId(1)); // it stays where it was seen first
        QCOMPARE(table.nodeInTurn(5), lab::NodeId(1));
    }
};

LAB_TEST(PodTableTest)
#include "tst_pod_table.moc"
