#include "support/test_main.hpp"

#include "headless/cost_flags.hpp"

#include <CLI/CLI.hpp>

using namespace lab;

/// The flags that `cost` and `audit` share end up where they belong.
class CostFlagsTest : public QObject {
    Q_OBJECT

private slots:
    void everyFlagHasItsPlace()
    {
        CLI::App verb("verb");
        scenario::CostOptions options;
        headless::addCostFlags(verb, options);
        verb.parse("a.yaml b.yaml --provider gcp --region r --zones 2 --zone-aware --requests 5 "
                   "--requests shop/cart=7 --request-bytes 1 --response-bytes 2 --per-connection 3 "
                   "--connection-seconds 4 --prices p.yaml --set aws.nlb.hourly=1 "
                   "--date 2026-11-25 --no-assumed-class");
        QCOMPARE(options.inputs, (std::vector<std::string>{"a.yaml", "b.yaml"}));
        QCOMPARE(options.provider, std::string("gcp"));
        QCOMPARE(options.region, std::string("r"));
        QCOMPARE(*options.zones, 2);
        QVERIFY(options.isZoneAware);
        QCOMPARE(options.traffic.requests, (std::vector<std::string>{"5", "shop/cart=7"}));
        QCOMPARE(options.traffic.requestBytes, 1.0);
        QCOMPARE(options.traffic.responseBytes, 2.0);
        QCOMPARE(options.traffic.requestsPerConnection, 3.0);
        QCOMPARE(options.traffic.connectionSeconds, 4.0);
        QCOMPARE(options.prices.files, (std::vector<std::string>{"p.yaml"}));
        QCOMPARE(options.prices.settings, (std::vector<std::string>{"aws.nlb.hourly=1"}));
        QCOMPARE(options.date, std::string("2026-11-25"));
        QVERIFY(!options.assumesClasses);
    }

    void zonesHaveBounds()
    {
        CLI::App verb("verb");
        scenario::CostOptions options;
        headless::addCostFlags(verb, options);
        QVERIFY_EXCEPTION_THROWN(verb.parse("a.yaml --zones 17"), CLI::ValidationError);
    }
};

LAB_TEST(CostFlagsTest)
#include "tst_cost_flags.moc"
