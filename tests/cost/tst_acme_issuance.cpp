#include "support/test_main.hpp"

#include "base/random.hpp"
#include "cost/acme_issuance.hpp"
#include "support/price_book_fixture.hpp"

#include <algorithm>

using namespace lab;
using cost::Issuance;
using cost::IssuanceLimits;

namespace {

constexpr std::int64_t daySeconds = 24LL * 3600;

IssuanceLimits letsEncrypt()
{
    return cost::issuanceLimitsOf(test::priceBook());
}

std::vector<std::string> orders(std::size_t count, const std::string& domain = "shop.lab")
{
    return std::vector<std::string>(count, domain);
}

} // namespace

/// First certificates come as fast as the authority lets them, and no faster.
class AcmeIssuanceTest : public QObject {
    Q_OBJECT

private slots:
    void theLimitsAreTheBooks()
    {
        const IssuanceLimits limits = letsEncrypt();
        QCOMPARE(limits.perDomain.burst, 50);
        QCOMPARE(limits.perDomain.refillSeconds, 12'096); // 201.6 minutes
        QCOMPARE(limits.perAccount.burst, 300);
        QCOMPARE(limits.perAccount.refillSeconds, 36);
        QCOMPARE(cost::issuanceLimitsOf({}).perDomain.refillSeconds, 0);
    }

    // (1000 − 50) · 201.6 min = 133 days
    void aThousandCertificatesOfOneDomainTake133Days()
    {
        const auto issued = cost::simulateIssuance(orders(1000), letsEncrypt());
        QCOMPARE(issued.size(), 1000U);
        QCOMPARE(issued.back().seconds, 950 * 12'096);
        QCOMPARE(issued.back().seconds / daySeconds, 133);
        QCOMPARE(cost::issuedBy(issued, 0), 50U);
        QCOMPARE(cost::issuedBy(issued, daySeconds), 57U); // tonight: 50 + ⌊1440 ÷ 201.6⌋
        QCOMPARE(cost::issuedBy(issued, 133 * daySeconds), 1000U);
        QCOMPARE(cost::issuedBy(issued, 132 * daySeconds), 992U);
    }

    void tenSharedCertificatesAndOneWildcardAreThereAtOnce()
    {
        QCOMPARE(cost::simulateIssuance(orders(10), letsEncrypt()).back().seconds, 0);
        QCOMPARE(cost::simulateIssuance(orders(1), letsEncrypt()).back().seconds, 0);
        QVERIFY(cost::simulateIssuance({}, letsEncrypt()).empty());
    }

    void manyDomainsWaitForTheAccount()
    {
        std::vector<std::string> domains;
        for (int i = 0; i < 400; ++i) {
            domains.push_back("d" + std::to_string(i) + ".lab");
        }
        const auto issued = cost::simulateIssuance(domains, letsEncrypt());
        QCOMPARE(cost::issuedBy(issued, 0), 300U);
        QCOMPARE(issued.back().seconds, 100 * 36);
    }

    void aFullDomainDoesNotHoldUpTheOthers()
    {
        std::vector<std::string> domains = orders(60, "a.lab");
        domains.emplace_back("b.lab");
        const auto issued = cost::simulateIssuance(domains, letsEncrypt());
        const auto other = std::find_if(
            issued.begin(), issued.end(), [](const Issuance& each) { return each.order == 60; });
        QCOMPARE(other->seconds, 0);
        QCOMPARE(issued.back().seconds, 10 * 12'096);
    }

    void withoutLimitsAllAreIssuedAtOnce()
    {
        QCOMPARE(cost::simulateIssuance(orders(5000), {}).back().seconds, 0);
    }

    void noWindowEverHoldsMoreThanTheLimits()
    {
        Random random(21);
        const IssuanceLimits limits{{5, 100}, {20, 7}};
        for (int round = 0; round < 50; ++round) {
            std::vector<std::string> domains;
            const std::size_t count = random.below(300);
            for (std::size_t i = 0; i < count; ++i) {
                domains.push_back("d" + std::to_string(random.below(6)));
            }
            const auto issued = cost::simulateIssuance(domains, limits);
            QCOMPARE(issued.size(), domains.size());
            std::vector<bool> seen(domains.size(), false);
            for (std::size_t i = 0; i < issued.size(); ++i) {
                QVERIFY(!seen[issued[i].order]);
                seen[issued[i].order] = true;
                QVERIFY(i == 0 || issued[i - 1].seconds <= issued[i].seconds);
                // Of a bucket of n, the n-th issuance back lies a refill back at least.
                if (i >= 20) {
                    QVERIFY(issued[i].seconds - issued[i - 20].seconds >= 7);
                }
                std::size_t sameDomain = 0;
                for (std::size_t j = i; j-- > 0;) {
                    if (domains[issued[j].order] == domains[issued[i].order] && ++sameDomain == 5) {
                        QVERIFY(issued[i].seconds - issued[j].seconds >= 100);
                        break;
                    }
                }
            }
        }
    }
};

LAB_TEST(AcmeIssuanceTest)
#include "tst_acme_issuance.moc"
