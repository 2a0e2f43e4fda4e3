#include "support/test_main.hpp"

#include "scenario/certificate_estimate.hpp"
#include "scenario/price_choice.hpp"

using namespace lab;

namespace {

plan::Door door(std::vector<std::string> hosts)
{
    plan::Door made;
    made.hosts = std::move(hosts);
    return made;
}

report::CostReport estimated(const plan::PlannedStyles& styles, const std::string& date)
{
    static const auto book = scenario::openPrices({});
    report::CostReport report;
    report.date = date;
    scenario::estimateCertificates(styles, *book, report);
    return report;
}

} // namespace

/// Names become certificates, three ways; the authority's limits say when all are there.
class CertificateEstimateTest : public QObject {
    Q_OBJECT

private slots:
    void namesAreGroupedThreeWays()
    {
        plan::PlannedStyles styles;
        styles.perService.doors = {door({"a.shop.lab", "a2.shop.lab"}),
                                   door({"b.shop.lab"}),
                                   door({"localhost", "b.localhost"}),
                                   door({})};
        styles.ingress.doors = {door({"a.shop.lab", "shop.lab"})};
        const auto report = estimated(styles, "2026-11-25");
        QCOMPARE(report.names, 4U);
        QCOMPARE(report.certificates.size(), 3U);
        QCOMPARE(report.certificates[0].certificates, 2U); // two Services have names
        QCOMPARE(report.certificates[1].certificates, 1U);
        QCOMPARE(report.certificates[2].certificates, 1U);
        QCOMPARE(report.certificates[0].lastIssuedSeconds, 0);
    }

    void theRegimesAreThoseOfTheDayAndLater()
    {
        plan::PlannedStyles styles;
        styles.perService.doors = {door({"a.shop.lab"})};
        const auto now = estimated(styles, "2026-11-25");
        QCOMPARE(now.regimes.size(), 3U);
        QCOMPARE(now.regimes[0].days, 200.0);
        QCOMPARE(now.certificates[0].renewalsPerYear.size(), 3U);
        const auto later = estimated(styles, "2030-01-01");
        QCOMPARE(later.regimes.size(), 1U);
        QCOMPARE(later.regimes[0].days, 47.0);
    }

    void aThousandServicesWaitForTheirFirstCertificates()
    {
        plan::PlannedStyles styles;
        for (int i = 0; i < 1000; ++i) {
            styles.perService.doors.push_back(door({'s' + std::to_string(i) + ".shop.lab"}));
        }
        const auto report = estimated(styles, "2026-11-25");
        QCOMPARE(report.certificates[0].lastIssuedSeconds / 86'400, 133);
        QCOMPARE(report.certificates[0].issuedAtOnce, 57U);
        QCOMPARE(report.certificates[1].certificates, 10U);
        QCOMPARE(report.certificates[1].lastIssuedSeconds, 0);
        QCOMPARE(report.certificates[2].certificates, 1U);
    }

    void withoutNamesThereIsNothingToSay()
    {
        const auto report = estimated({}, "2026-11-25");
        QCOMPARE(report.names, 0U);
        QVERIFY(report.certificates.empty());
    }
};

LAB_TEST(CertificateEstimateTest)
#include "tst_certificate_estimate.moc"
