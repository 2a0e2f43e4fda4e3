#include "support/test_main.hpp"

#include "cost/certificate_need.hpp"
#include "support/price_book_fixture.hpp"

#include <cmath>

using namespace lab;
using Names = std::vector<std::string>;

Q_DECLARE_METATYPE(Names)

/// How many certificates there are, how long they last, and how often somebody renews them.
class CertificateNeedTest : public QObject {
    Q_OBJECT

private slots:
    // C = ⌈names ÷ S⌉
    void sanCertificatesHoldSoManyNames_data()
    {
        QTest::addColumn<int>("names");
        QTest::addColumn<int>("each");
        QTest::addColumn<int>("certificates");
        QTest::newRow("one each") << 1000 << 1 << 1000;
        QTest::newRow("Let's Encrypt, classic") << 1000 << 100 << 10;
        QTest::newRow("Let's Encrypt, tlsserver") << 1000 << 25 << 40;
        QTest::newRow("ACM by default") << 1000 << 10 << 100;
        QTest::newRow("Google, LB authorisation") << 12 << 5 << 3;
        QTest::newRow("just full") << 100 << 100 << 1;
        QTest::newRow("one more") << 101 << 100 << 2;
        QTest::newRow("none") << 0 << 100 << 0;
        QTest::newRow("no limit given") << 3 << 0 << 3;
    }
    void sanCertificatesHoldSoManyNames()
    {
        QFETCH(int, names);
        QFETCH(int, each);
        QFETCH(int, certificates);
        QCOMPARE(
            cost::certificatesFor(static_cast<std::size_t>(names), static_cast<std::size_t>(each)),
            static_cast<std::size_t>(certificates));
    }

    void aWildcardStandsForOneLabel_data()
    {
        QTest::addColumn<Names>("names");
        QTest::addColumn<Names>("covered");
        QTest::newRow("two") << Names{"b.shop.lab", "a.shop.lab"} << Names{"*.shop.lab"};
        QTest::newRow("one stays") << Names{"a.shop.lab"} << Names{"a.shop.lab"};
        QTest::newRow("twice is one") << Names{"a.shop.lab", "a.shop.lab"} << Names{"a.shop.lab"};
        QTest::newRow("the domain itself")
            << Names{"shop.lab", "a.shop.lab", "b.shop.lab"} << Names{"*.shop.lab", "shop.lab"};
        QTest::newRow("deeper") << Names{"a.shop.lab", "b.shop.lab", "x.a.shop.lab"}
                                << Names{"*.shop.lab", "x.a.shop.lab"};
        QTest::newRow("no wildcard below a top domain")
            << Names{"shop.lab", "cart.lab"} << Names{"cart.lab", "shop.lab"};
        QTest::newRow("written already")
            << Names{"*.shop.lab", "a.shop.lab"} << Names{"*.shop.lab"};
        QTest::newRow("no dot") << Names{"localhost"} << Names{"localhost"};
    }
    void aWildcardStandsForOneLabel()
    {
        QFETCH(Names, names);
        QFETCH(Names, covered);
        QCOMPARE(cost::wildcardNames(names), covered);
    }

    void theLastTwoLabelsWereRegistered()
    {
        QCOMPARE(cost::registeredDomain("a.b.shop.lab"), "shop.lab");
        QCOMPARE(cost::registeredDomain("shop.lab"), "shop.lab");
        QCOMPARE(cost::registeredDomain("*.shop.lab"), "shop.lab");
        QCOMPARE(cost::registeredDomain("localhost"), "localhost");
        QCOMPARE(cost::registeredDomain(".lab"), ".lab");
        QCOMPARE(cost::registeredDomain(""), "");
    }

    void theDaySaysHowLongACertificateMayLast_data()
    {
        QTest::addColumn<QString>("product");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("day");
        QTest::addColumn<double>("days");
        const auto row = [](const char* product, const char* prefix, const char* day, double days) {
            QTest::addRow("%s on %s", product, day) << product << prefix << day << days;
        };
        row("cert.cabforum", "", "2026-03-14", 398);
        row("cert.cabforum", "", "2026-03-15", 200);
        row("cert.cabforum", "", "2026-11-25", 200);
        row("cert.cabforum", "", "2027-03-15", 100);
        row("cert.cabforum", "", "2029-03-14", 100);
        row("cert.cabforum", "", "2029-03-15", 47);
        row("cert.letsencrypt", "validity_classic", "2026-11-25", 90);
        row("cert.letsencrypt", "validity_classic", "2027-02-10", 64);
        row("cert.letsencrypt", "validity_classic", "2028-02-16", 45);
        row("cert.letsencrypt", "validity_tlsserver", "2026-11-25", 45);
    }
    void theDaySaysHowLongACertificateMayLast()
    {
        QFETCH(QString, product);
        QFETCH(QString, prefix);
        QFETCH(QString, day);
        QFETCH(double, days);
        const auto regimes = cost::lifetimesOf(*test::priceBook().product(product.toStdString()),
                                               prefix.toStdString());
        const cost::LifetimeRegime* regime = cost::regimeOn(regimes, day.toStdString());
        QVERIFY(regime != nullptr);
        QCOMPARE(regime->days, days);
        QVERIFY(regime->isConfirmed);
        QVERIFY(QString::fromStdString(regime->priceKey).startsWith(product + '.'));
    }

    void beforeTheFirstRegimeThereIsNone()
    {
        QVERIFY(cost::regimeOn({}, "2026-11-25") == nullptr);
        QVERIFY(cost::regimeOn({{"2027-01-01", 100, "", true}}, "2026-12-31") == nullptr);
        const auto* waf = test::priceBook().product("aws.waf");
        QVERIFY(cost::lifetimesOf(*waf, "").empty());
    }

    // C · 365 ÷ (f · L), rounded as printed
    void renewalsAYearComeOutAsWorked_data()
    {
        QTest::addColumn<int>("certificates");
        QTest::addColumn<double>("renewAt");
        QTest::addColumn<int>("days");
        QTest::addColumn<double>("tenths"); // of renewals
        const auto row = [](int certificates, double renewAt, int days, double tenths) {
            QTest::addRow("%d, %d days, at %.2f", certificates, days, renewAt)
                << certificates << renewAt << days << tenths;
        };
        row(1000, 1, 398, 9171);
        row(1000, 1, 200, 18250);
        row(1000, 1, 90, 40556);
        row(1000, 1, 47, 77660);
        row(1000, 1, 45, 81111);
        row(1000, cost::renewAtAdvised, 398, 13756);
        row(1000, cost::renewAtAdvised, 200, 27375);
        row(1000, cost::renewAtAdvised, 90, 60833);
        row(1000, cost::renewAtAdvised, 47, 116489);
        row(1000, cost::renewAtAdvised, 45, 121667);
        row(1, cost::renewAtAdvised, 398, 14);
        row(1, cost::renewAtAdvised, 200, 27);
        row(1, cost::renewAtAdvised, 90, 61);
        row(1, cost::renewAtAdvised, 47, 116);
        row(1, cost::renewAtAdvised, 45, 122);
    }
    void renewalsAYearComeOutAsWorked()
    {
        QFETCH(int, certificates);
        QFETCH(double, renewAt);
        QFETCH(int, days);
        QFETCH(double, tenths);
        const double renewals = cost::renewalsPerYear(certificates, days, renewAt);
        QCOMPARE(std::round(renewals * 10), tenths);
    }

    void noLifetimeIsNoRenewal() { QCOMPARE(cost::renewalsPerYear(10, 0), 0.0); }

    // p · C · 365 ÷ (f · L) incidents, N ÷ C services each: 11.6 a year against 0.0116 of all
    void expectedHarmIsTheSameAndItsShapeIsNot()
    {
        const cost::RenewalHarm apart = cost::renewalHarm(1000, 1000, 47, 0.001);
        const cost::RenewalHarm shared = cost::renewalHarm(1000, 1, 47, 0.001);
        QCOMPARE(std::round(apart.incidentsPerYear * 10), 116.0);
        QCOMPARE(std::round(shared.incidentsPerYear * 10'000), 116.0);
        QCOMPARE(apart.servicesPerIncident, 1.0);
        QCOMPARE(shared.servicesPerIncident, 1000.0);
        QVERIFY(std::abs(apart.incidentsPerYear * apart.servicesPerIncident -
                         shared.incidentsPerYear * shared.servicesPerIncident) < 1e-9);
        QCOMPARE(cost::renewalHarm(10, 0, 47, 0.001).servicesPerIncident, 0.0);
    }
};

LAB_TEST(CertificateNeedTest)
#include "tst_certificate_need.moc"
