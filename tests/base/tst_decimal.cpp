#include "support/test_main.hpp"

#include "base/decimal.hpp"
#include "base/random.hpp"

#include <charconv>
#include <cmath>
#include <limits>

/// Figures in reports must be the same bytes everywhere, and round as people expect.
class DecimalTest : public QObject {
    Q_OBJECT

private slots:
    void roundsAsOnPaper_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("decimals");
        QTest::addColumn<QString>("text");
        QTest::newRow("whole") << 2.0 << 0 << "2";
        QTest::newRow("half goes away from zero") << 2.5 << 0 << "3";
        QTest::newRow("negative half too") << -2.5 << 0 << "-3";
        QTest::newRow("fills with zeros") << 30.0 << 2 << "30.00";
        QTest::newRow("zeros after the point") << 1.05 << 2 << "1.05";
        QTest::newRow("a product that should be a half") << 0.0225 * 730 << 2 << "16.43";
        QTest::newRow("1.005 is a half for people") << 1.005 << 2 << "1.01";
        QTest::newRow("below a half") << 0.00499 << 2 << "0.00";
        QTest::newRow("no negative zero") << -0.001 << 2 << "0.00";
        QTest::newRow("carries") << 9.999 << 2 << "10.00";
        QTest::newRow("nine places") << 0.000000001 << 9 << "0.000000001";
        QTest::newRow("very large") << 1e18 << 1 << "1000000000000000000.0";
        QTest::newRow("not a number") << std::nan("") << 2 << "nan";
        QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << 2 << "-inf";
    }
    void roundsAsOnPaper()
    {
        QFETCH(double, value);
        QFETCH(int, decimals);
        QTEST(QString::fromStdString(lab::toDecimal(value, decimals)), "text");
    }

    void shortFormDropsTrailingZerosOnly()
    {
        QCOMPARE(lab::toShortDecimal(30.0, 3), std::string("30"));
        QCOMPARE(lab::toShortDecimal(100.0, 0), std::string("100"));
        QCOMPARE(lab::toShortDecimal(0.5, 3), std::string("0.5"));
        QCOMPARE(lab::toShortDecimal(0.0, 3), std::string("0"));
    }

    void thousandsAreGrouped_data()
    {
        QTest::addColumn<QString>("plain");
        QTest::addColumn<QString>("grouped");
        QTest::newRow("short") << "999.99"
                               << "999.99";
        QTest::newRow("one comma") << "1000"
                                   << "1,000";
        QTest::newRow("two commas") << "1234567.1234"
                                    << "1,234,567.1234";
        QTest::newRow("negative") << "-123456"
                                  << "-123,456";
        QTest::newRow("negative, short") << "-123"
                                         << "-123";
    }
    void thousandsAreGrouped()
    {
        QFETCH(QString, plain);
        QTEST(QString::fromStdString(lab::groupThousands(plain.toStdString())), "grouped");
    }

    void readsBackWithinHalfAUnit()
    {
        lab::Random random(5);
        for (int i = 0; i < 20'000; ++i) {
            const double value = (random.uniform() - 0.5) * std::pow(10, random.below(9));
            const int decimals = static_cast<int>(random.below(7));
            const std::string text = lab::toDecimal(value, decimals);
            double back = 0;
            std::from_chars(text.data(), text.data() + text.size(), back);
            const double halfUnit = 0.500002 * std::pow(10, -decimals);
            const double binary = 4e-16 * std::abs(value); // what a double cannot tell apart
            QVERIFY2(std::abs(back - value) <= halfUnit + binary, text.c_str());
        }
    }
};

LAB_TEST(DecimalTest)
#include "tst_decimal.moc"
