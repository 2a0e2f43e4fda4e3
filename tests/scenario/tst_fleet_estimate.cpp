#include "support/test_main.hpp"

#include "scenario/fleet_estimate.hpp"
#include "scenario/price_choice.hpp"

#include <algorithm>

using namespace lab;

/// Each product fills its own limits, and all fill the cluster's.
class FleetEstimateTest : public QObject {
    Q_OBJECT

private slots:
    void productsAreCountedApart()
    {
        const auto book = scenario::openPrices({});
        model::Cluster cluster;
        std::map<std::string, std::string> products;
        for (int i = 0; i < 65; ++i) {
            model::Service service;
            service.meta.name = 's' + std::to_string(i);
            service.type = model::ServiceType::LoadBalancer;
            service.ports.resize(2);
            if (i < 60) {
                products[service.meta.fullName()] = i < 55 ? "aws.nlb" : "aws.clb";
            }
            cluster.services.push_back(service);
        }
        const auto quotas = scenario::fleetQuotas(cluster, products, 3, *book);
        const auto use = [&quotas](const char* key) {
            const auto found = std::find_if(
                quotas.begin(), quotas.end(), [key](const auto& q) { return q.priceKey == key; });
            return found == quotas.end() ? cost::QuotaUse{} : *found;
        };
        QCOMPARE(use("aws.nlb.quota_lbs_per_region").used, 55.0);
        QVERIFY(use("aws.nlb.quota_lbs_per_region").isExceeded());
        QCOMPARE(use("aws.clb.quota_lbs_per_region").used, 5.0);
        QCOMPARE(use("aws.nlb.quota_enis_per_vpc").used, 165.0);
        QCOMPARE(use("aws.nlb.quota_target_groups_per_region").used, 110.0);
        QCOMPARE(use("k8s.limits.node_port_count").used, 120.0); // of both, and each once
        QCOMPARE(quotas.front().priceKey, "aws.nlb.quota_lbs_per_region");
    }

    void aLimitThatTwoProductsShareIsAddedUp()
    {
        const auto book = scenario::openPrices({});
        model::Cluster cluster;
        std::map<std::string, std::string> products;
        for (const char* product : {"aws.nlb", "aws.alb"}) {
            model::Service service;
            service.meta.name = product;
            service.type = model::ServiceType::LoadBalancer;
            service.ports.resize(1);
            cluster.services.push_back(service);
            products[service.meta.fullName()] = product;
        }
        const auto quotas = scenario::fleetQuotas(cluster, products, 3, *book);
        const auto shared = std::find_if(quotas.begin(), quotas.end(), [](const auto& q) {
            return q.priceKey == "aws.vpc.quota_enis_per_region";
        });
        QCOMPARE(shared->used, 6.0);
    }

    void noServicesHaveNoWalls()
    {
        const auto book = scenario::openPrices({});
        for (const auto& quota : scenario::fleetQuotas({}, {}, 3, *book)) {
            QCOMPARE(quota.used, 0.0);
        }
    }
};

LAB_TEST(FleetEstimateTest)
#include "tst_fleet_estimate.moc"
