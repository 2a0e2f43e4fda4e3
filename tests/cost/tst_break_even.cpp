#include "support/test_main.hpp"

#include "base/random.hpp"
#include "cost/break_even.hpp"
#include "cost/price_override.hpp"
#include "support/price_book_fixture.hpp"
#include "support/priced_plan_fixture.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace lab;
using namespace lab::test;
using cost::Bill;
using cost::PricingOptions;

namespace {

/// Requests a second of 11,000 bytes that make that many GB a month.
double requestsPerSecond(double gigabytes)
{
    return gigabytes * 1e9 / (730 * 3600) / 11'000;
}

PricingOptions on(const char* provider, bool isZoneAware = false)
{
    PricingOptions options;
    options.provider = provider;
    options.isZoneAware = isZoneAware;
    return options;
}

Bill perService(std::size_t services,
                double rate,
                const PricingOptions& options,
                const cost::PriceBook& book = priceBook())
{
    return cost::monthlyBill(perServicePlan(services),
                             std::vector<cost::BilledTraffic>(services, commonTraffic(1, rate)),
                             book,
                             options);
}

Bill ingress(std::size_t services,
             double rate,
             const PricingOptions& options,
             const cost::PriceBook& book = priceBook())
{
    return cost::monthlyBill(ingressPlan(3, services),
                             {commonTraffic(static_cast<double>(services), rate)},
                             book,
                             options);
}

std::optional<std::size_t> servicesOn(const PricingOptions& options, double rate)
{
    return cost::breakEvenServices(
        [&](std::size_t n) { return perService(n, rate, options).amount; },
        [&](std::size_t n) { return ingress(n, rate, options).amount; },
        100);
}

} // namespace

/// Where the answer turns: services, traffic, rules, and prices.
class BreakEvenTest : public QObject {
    Q_OBJECT

private slots:
    // H (P_hour + Z · P_ipv4) = 730 (0.0225 + 0.015) = 27.375, two fifths of it addresses
    void mergingSavesHoursAndAddresses()
    {
        const double facing = cost::savingPerMergedBalancer(priceBook(), 3, true);
        const double internal = cost::savingPerMergedBalancer(priceBook(), 3, false);
        QVERIFY(std::abs(facing - 27.375) < 1e-9);
        QVERIFY(std::abs(internal - 16.425) < 1e-9);
        QVERIFY(std::abs((facing - internal) / facing - 0.4) < 1e-9);
    }

    // G* = H (P_hour + Z · P_ipv4) ÷ (P_cross · p)
    void breakEvenTrafficComesOutAsWorked()
    {
        const double threeZones = *cost::breakEvenGigabytes(priceBook(), 3, true);
        QCOMPARE(std::round(threeZones), 2053.0);
        QCOMPARE(std::round(requestsPerSecond(threeZones)), 71.0);
        const double internal = *cost::breakEvenGigabytes(priceBook(), 3, false);
        QCOMPARE(std::round(requestsPerSecond(internal)), 43.0);
        const double twoZones = *cost::breakEvenGigabytes(priceBook(), 2, true);
        QCOMPARE(std::round(requestsPerSecond(twoZones)), 82.0);
        QVERIFY(!cost::breakEvenGigabytes(priceBook(), 1, true));
        QVERIFY(!cost::breakEvenGigabytes({}, 3, true));
    }

    // R > 10 + 0.0036 · bytes a request
    void rulesOvertakeBytesAsWorked_data()
    {
        QTest::addColumn<double>("bytes");
        QTest::addColumn<double>("rules");
        QTest::newRow("1 kB") << 1000.0 << 13.6;
        QTest::newRow("2 kB") << 2000.0 << 17.2;
        QTest::newRow("11 kB") << 11'000.0 << 49.6;
    }
    void rulesOvertakeBytesAsWorked()
    {
        QFETCH(double, bytes);
        QFETCH(double, rules);
        QVERIFY(std::abs(cost::rulesThatOvertakeBytes(priceBook(), bytes) - rules) < 1e-9);
    }

    // 0.60 · requests/1e6: 131.4 M requests a month are 78.84; the web ACL itself is 6 with a rule
    void theFirewallIsPaidByTheRequest()
    {
        const double requests = 50 * 730 * 3600.0;
        QVERIFY(std::abs(cost::firewallMonth(priceBook(), 0, 0, requests) - 78.84) < 1e-9);
        QCOMPARE(cost::firewallMonth(priceBook(), 1, 1, 0), 6.0);
        // One ACL for all ALBs, or one each:
        QCOMPARE(cost::firewallMonth(priceBook(), 12, 12, 0), 72.0);
    }

    void aFewServicesAreCheaperWithTheirOwn()
    {
        // AWS, zone-aware: the controllers cost 52.56, a merged NLB saves 27.375: from the third
        // on.
        QCOMPARE(*servicesOn(on("aws", true), 50), 3U);
        // Twelve zone-blind services still save 17 USD; below three nothing does.
        const auto blind = servicesOn(on("aws"), 50);
        QVERIFY(blind && *blind > 3 && *blind <= 12);
        // A zone-blind ingress on Google Cloud never pays with this traffic.
        QVERIFY(!servicesOn(on("gcp"), 50));
        QCOMPARE(*servicesOn(on("digitalocean"), 50), 3U);
    }

    void aPriceThatWouldFlipTheAnswerFlipsIt()
    {
        const Bill many = perService(12, 50, on("aws"));
        const Bill one = ingress(12, 50, on("aws"));
        const auto flips = cost::flipsOf(many, one);
        QVERIFY(!flips.empty());
        for (const cost::Flip& flip : flips) {
            cost::PriceBook book = priceBook();
            const auto dot = flip.priceKey.rfind('.');
            const double old = book.product(flip.priceKey.substr(0, dot))
                                   ->number(flip.priceKey.substr(dot + 1), 0);
            const double moved = old * flip.flipPrice / flip.price; // a node has two vCPU
            QVERIFY(cost::overridePrice(
                book, flip.priceKey + '=' + QString::number(moved, 'g', 17).toStdString()));
            const double difference = perService(12, 50, on("aws"), book).amount -
                                      ingress(12, 50, on("aws"), book).amount;
            QVERIFY2(std::abs(difference) < 1e-6, flip.priceKey.c_str());
        }
        QVERIFY(std::any_of(flips.begin(), flips.end(), [](const auto& flip) {
            return flip.priceKey == "aws.nlb.cross_az_transfer_each_way";
        }));
    }

    void equalBillsHaveNothingThatFlips()
    {
        const Bill bill = perService(3, 50, on("aws"));
        QVERIFY(cost::flipsOf(bill, bill).empty());
        QVERIFY(cost::flipsOf({}, {}).empty());
    }

    void partsAddUpToTheRoundedWhole()
    {
        QCOMPARE(cost::splitCents(10.0, {1, 1, 1}), (std::vector<std::int64_t>{334, 333, 333}));
        QCOMPARE(cost::splitCents(1.0, {0, 0}), (std::vector<std::int64_t>{50, 50}));
        QCOMPARE(cost::splitCents(16.425, {1}), (std::vector<std::int64_t>{1643}));
        QVERIFY(cost::splitCents(3, {}).empty());
        Random random(5);
        for (int i = 0; i < 2'000; ++i) {
            std::vector<double> weights(1 + random.below(30));
            for (double& weight : weights) {
                weight = random.below(3) == 0 ? 0 : random.uniform() * 100;
            }
            const double amount = static_cast<double>(random.below(1'000'000)) / 100;
            const auto parts = cost::splitCents(amount, weights);
            QCOMPARE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}),
                     static_cast<std::int64_t>(std::round(amount * 100)));
            QVERIFY(std::all_of(parts.begin(), parts.end(), [](auto part) { return part >= 0; }));
        }
    }
};

LAB_TEST(BreakEvenTest)
#include "tst_break_even.moc"
