#include "support/test_main.hpp"

#include "scenario/cost_estimate.hpp"
#include "support/file_fixture.hpp"

#include <algorithm>
#include <cmath>

using namespace lab;
using scenario::CostOptions;

namespace {

/// A Service of type LoadBalancer on port 80, with its pods known.
std::string service(const std::string& name, const std::string& annotations = {})
{
    return "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: " + name +
           "\n  namespace: shop\n  annotations: {" + annotations +
           "}\nspec:\n  type: LoadBalancer\n  allocateLoadBalancerNodePorts: false\n"
           "  selector: {app: " +
           name + "}\n  ports: [{name: http, port: 80, targetPort: 8080}]\n";
}

std::string services(int count, const std::string& annotations = {})
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += service("s" + std::to_string(i), annotations);
    }
    return text;
}

const std::string facing = "service.beta.kubernetes.io/aws-load-balancer-type: external, "
                           "service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing";

Result<report::CostReport> costOf(const std::string& text, CostOptions options = {})
{
    test::FileFixture files;
    files.file("k8s.yaml", text);
    options.inputs = {files.path("k8s.yaml")};
    return scenario::estimateCost(options);
}

bool saysSo(const cost::Bill& bill, const char* words)
{
    return std::any_of(bill.assumptions.begin(), bill.assumptions.end(), [words](const auto& text) {
        return text.find(words) != std::string::npos;
    });
}

bool isAbout(double value, double expected)
{
    return std::abs(value - expected) < 0.00501;
}

} // namespace

/// From manifests to money: the worked examples must come out of YAML, too.
class CostEstimateTest : public QObject {
    Q_OBJECT

private slots:
    void theWorkedExamplesComeOutOfManifests()
    {
        CostOptions zoneAware;
        zoneAware.isZoneAware = true;
        const auto cost = costOf(services(12, facing), zoneAware);
        QVERIFY2(cost.has_value(), cost ? "" : cost.error().message().c_str());
        QVERIFY(isAbout(cost->perService.bill.amount, 432.57));
        QVERIFY(isAbout(cost->ingress.bill.amount, 184.00));
        QCOMPARE(*cost->breakEvenServices, 3U);
        const auto blind = costOf(services(12, facing));
        QVERIFY(isAbout(blind->ingress.bill.amount, 415.27));
        CostOptions google;
        google.provider = "gcp";
        const auto rules = costOf(services(12), google);
        QVERIFY(isAbout(rules->perService.bill.amount, 81.10));
        QVERIFY(isAbout(rules->ingress.bill.amount, 174.37));
        QVERIFY(!rules->breakEvenServices);
    }

    void theWayOverNodesIsCharged()
    {
        // The default: instance targets and the Cluster policy. 663.83 of the worked example.
        std::string text = services(12, facing);
        for (std::size_t at = 0; (at = text.find("  allocateLoadB", at)) != std::string::npos;) {
            text.erase(at, text.find('\n', at) + 1 - at);
        }
        QVERIFY(isAbout(costOf(text)->perService.bill.amount, 663.83));
    }

    void theProviderIsInferredAndSaid()
    {
        const auto inferred = costOf(service("a", "load-balancer.hetzner.cloud/location: nbg1"));
        QCOMPARE(inferred->perService.bill.provider, "hetzner");
        QVERIFY(saysSo(inferred->perService.bill,
                       "provider hetzner, by load-balancer.hetzner.cloud/location of shop/a"));
        const auto assumed = costOf(service("a"));
        QVERIFY(saysSo(assumed->perService.bill, "provider aws us-east-1 is assumed"));
        QVERIFY(saysSo(assumed->perService.bill, "1 Services name no scheme"));
        QCOMPARE(assumed->made.front().product, "aws.nlb");
        QVERIFY(!assumed->made.front().isInternetFacing);
    }

    void pricesOfTheUsersAreUsed()
    {
        CostOptions options;
        options.prices.settings = {"aws.nlb.hourly=1"};
        const auto cost = costOf(service("a"), options);
        QCOMPARE(cost->perService.bill.lines.front().unitPrice, 1.0);
        QCOMPARE(cost->perService.bill.lines.front().source, "set by the user");
    }

    void sharesFollowTheirMeasure()
    {
        CostOptions options;
        options.traffic.requests = {"0", "s1=100"};
        const auto cost = costOf(services(2, facing), options);
        QCOMPARE(cost->ingress.shares.size(), 2U);
        const report::ServiceShare& quiet = cost->ingress.shares[0];
        const report::ServiceShare& busy = cost->ingress.shares[1];
        QCOMPARE(quiet.service, "shop/s0");
        QCOMPARE(quiet.requestsCents, 0);
        QVERIFY(std::abs(quiet.equalCents - busy.equalCents) <= 1);
        QCOMPARE(static_cast<double>(busy.bytesCents), std::round(cost->ingress.bill.amount * 100));
    }

    void nothingToPriceIsNothing()
    {
        const auto cost = costOf("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        QCOMPARE(cost->perService.bill.amount, 0.0);
        QCOMPARE(cost->services, 0.0);
        QVERIFY(!cost->breakEvenServices);
    }

    void tenThousandServicesTakeNoTime()
    {
        const auto cost = costOf(services(10'000, facing));
        QCOMPARE(cost->perService.loadBalancers, 10'000U);
        QCOMPARE(cost->services, 10'000.0);
    }

    void whatCannotBeIsRefused()
    {
        const auto kindOf = [](auto set) {
            CostOptions options;
            set(options);
            const auto cost = costOf(service("a"), options);
            return cost ? std::string("none") : cost.error().message();
        };
        QCOMPARE(kindOf([](auto& o) { o.provider = "azrue"; }),
                 "no prices are known for \"azrue\"; did you mean \"azure\"?");
        QVERIFY(QString::fromStdString(kindOf([](auto& o) {
                    o.provider = "moon";
                })).startsWith("no prices are known for \"moon\"; known are aws, gcp, azure, "));
        QCOMPARE(kindOf([](auto& o) { o.date = "2026-02-30"; }),
                 "--date takes a day such as 2026-11-25, not \"2026-02-30\"");
        const auto broken = costOf("apiVersion: v1\nkind: Service\nmetadata: {name: [a\n");
        QCOMPARE(broken.error().kind(), ErrorKind::BadInput);
        QVERIFY(broken.error().findings().front().place.isKnown());
    }
};

LAB_TEST(CostEstimateTest)
#include "tst_cost_estimate.moc"
