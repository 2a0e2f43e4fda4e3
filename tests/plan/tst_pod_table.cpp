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
    }
};

LAB_TEST(PodTableTest)
#include "tst_pod_table.moc"
