#include "support/test_main.hpp"

#include "scenario/service_names.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;

/// Names of Services as scenarios write them.
class ServiceNamesTest : public QObject {
    Q_OBJECT

private slots:
    void aNameMeansOneService_data()
    {
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("finding");
        const QString at = "test.yaml:9:1: unreadable: ";
        QTest::newRow("cart") << "shop/cart"
                              << "";
        QTest::newRow("shop/cart") << "shop/cart"
                                   << "";
        QTest::newRow("b/web") << "b/web"
                               << "";
        QTest::newRow("crat") << ""
                              << at + R"(service "crat" does not exist; did you mean "cart"?)";
        QTest::newRow("shop/crat")
            << "" << at + R"(service "shop/crat" does not exist; did you mean "shop/cart"?)";
        QTest::newRow("payment")
            << "" << at + R"(service "payment" does not exist; defined are cart, web, web)";
        QTest::newRow("web") << ""
                             << at + R"(service "web" exists in several namespaces; )" +
                                    "write one of a/web, b/web";
    }
    void aNameMeansOneService()
    {
        QFETCH(QString, full);
        QFETCH(QString, finding);
        test::ClusterBuilder builder;
        builder.service("shop/cart", 80, 80);
        builder.service("a/web", 80, 80);
        builder.service("b/web", 80, 80);
        Findings findings;
        const auto name = scenario::fullServiceName(
            QTest::currentDataTag(), builder.cluster, test::placeAt(9), findings);
        QCOMPARE(QString::fromStdString(name.value_or("")), full);
        QCOMPARE(findings.empty() ? QString() : QString::fromStdString(toText(findings.front())),
                 finding);
    }

    void noServicesAtAllIsSaid()
    {
        Findings findings;
        QVERIFY(!scenario::fullServiceName("cart", {}, {}, findings));
        QCOMPARE(findings.front().remedy, "the manifests define none");
    }
};

LAB_TEST(ServiceNamesTest)
#include "tst_service_names.moc"
