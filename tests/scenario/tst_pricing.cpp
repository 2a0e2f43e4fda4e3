#include "support/test_main.hpp"

#include "scenario/pricing.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using scenario::CostOptions;

namespace {

scenario::PlanInput onAzure()
{
    test::ClusterBuilder builder;
    model::Service& service = builder.loadBalancer("web", 80, 8080);
    service.meta.annotations.push_back(
        {"service.beta.kubernetes.io/azure-load-balancer-internal", "true", {}});
    scenario::PlanInput input;
    input.cluster = builder.cluster;
    return input;
}

} // namespace

/// Whose prices hold: what was named goes before what the cluster gives away.
class PricingTest : public QObject {
    Q_OBJECT

private slots:
    void aClusterGivesItsCloudAway()
    {
        const scenario::Pricing chosen = scenario::choosePricing({}, onAzure());
        QCOMPARE(chosen.options.provider, std::string("azure"));
        QCOMPARE(chosen.inferred.service, std::string("default/web"));
    }

    void whatIsNamedGoesFirst()
    {
        CostOptions named;
        named.provider = "gcp";
        named.zones = 2;
        const scenario::Pricing chosen = scenario::choosePricing(named, onAzure());
        QCOMPARE(chosen.options.provider, std::string("gcp"));
        QCOMPARE(chosen.options.zones, 2);
        QVERIFY(chosen.inferred.provider.empty());
    }

    void unknownProvidersAreRefused()
    {
        QVERIFY(scenario::knowProvider("").has_value());
        QVERIFY(scenario::knowProvider("hetzner").has_value());
        const auto refused = scenario::knowProvider("hetzer");
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().kind(), ErrorKind::WrongUse);
        QVERIFY(refused.error().message().find("did you mean \"hetzner\"?") != std::string::npos);
    }

    void eachServiceGetsWhatItsManifestMakes()
    {
        const scenario::PlanInput input = onAzure();
        cost::PricingOptions pricing;
        pricing.provider = "azure";
        scenario::takeMade(input.cluster, pricing);
        QCOMPARE(pricing.made.size(), std::size_t{1});
        QVERIFY(!pricing.made.at("default/web").isInternetFacing);
        QVERIFY(pricing.controllerService.empty());
    }
};

LAB_TEST(PricingTest)
#include "tst_pricing.moc"
