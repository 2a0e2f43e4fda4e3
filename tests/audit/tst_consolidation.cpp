#include "support/test_main.hpp"

#include "audit/consolidation.hpp"
#include "plan/derived_yaml.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using test::ClusterBuilder;

namespace {

model::Cluster shop()
{
    ClusterBuilder builder;
    builder.deployment("shop/cart", 2, 8080).deployment("shop/db", 1, 5432);
    builder.loadBalancer("shop/cart", 80, 8080).externalTrafficPolicy = model::TrafficPolicy::Local;
    builder.loadBalancer("shop/web", 80, 8080);
    builder.loadBalancer("shop/db", 5432, 5432);
    builder.service("shop/inner", 80, 8080);
    return builder.cluster;
}

} // namespace

/// The cluster after the move: what moves loses its load balancer, and nothing else changes.
class ConsolidationTest : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatMovesChanges()
    {
        const model::Cluster before = shop();
        const model::Cluster after = audit::consolidated(before, {"shop/cart"}, {});
        using model::ServiceType;
        QCOMPARE(after.services.size(), before.services.size());
        QCOMPARE(after.services[0].type, ServiceType::ClusterIP);
        QCOMPARE(after.services[0].externalTrafficPolicy, model::TrafficPolicy::Cluster);
        QCOMPARE(after.services[1].type, ServiceType::LoadBalancer);
        QCOMPARE(after.services[2].type, ServiceType::LoadBalancer);
        QCOMPARE(after.services[3].type, ServiceType::ClusterIP);
        QCOMPARE(after.ingresses.size(), std::size_t{1});
        QCOMPARE(after.ingresses[0].meta.fullName(), std::string("shop/cart"));
        QVERIFY(after.ingresses[0].meta.isDerived);
    }

    void routedServicesGetNoLoadBalancer()
    {
        ClusterBuilder builder;
        builder.loadBalancer("cart", 80, 8080);
        builder.service("web", 80, 8080);
        builder.ingress("shop", {{"shop.lab", "/", "web"}});
        const model::Cluster after = audit::consolidated(builder.cluster, {"default/cart"}, {});
        QCOMPARE(after.services[1].type, model::ServiceType::ClusterIP);
        QVERIFY(!after.services[1].meta.isDerived);
    }

    void aTakenNameIsNotTakenAgain()
    {
        ClusterBuilder builder;
        builder.loadBalancer("cart", 80, 8080);
        builder.service("web", 80, 8080);
        builder.ingress("cart", {{"shop.lab", "/", "web"}});
        const model::Cluster after = audit::consolidated(builder.cluster, {"default/cart"}, {});
        QCOMPARE(after.ingresses.size(), std::size_t{2});
        QCOMPARE(after.ingresses[1].meta.name, std::string("cart-consolidated"));
        QVERIFY(plan::derivedYaml(after).find("name: cart-consolidated") != std::string::npos);
    }

    void whatARouteLeadsToAlreadyGetsNoSecondOne()
    {
        ClusterBuilder builder;
        builder.loadBalancer("cart", 80, 8080);
        builder.ingress("shop", {{"shop.lab", "/", "cart"}});
        const model::Cluster after = audit::consolidated(builder.cluster, {"default/cart"}, {});
        QCOMPARE(after.ingresses.size(), std::size_t{1});
        QCOMPARE(after.services[0].type, model::ServiceType::ClusterIP);
        QVERIFY(plan::derivedYaml(after).empty());
    }

    void nothingMovesWhereNothingIsNamed()
    {
        const model::Cluster before = shop();
        const model::Cluster after = audit::consolidated(before, {}, {});
        QVERIFY(after.ingresses.empty());
        for (std::size_t i = 0; i < before.services.size(); ++i) {
            QCOMPARE(after.services[i].type, before.services[i].type);
        }
    }
};

LAB_TEST(ConsolidationTest)
#include "tst_consolidation.moc"
