#include "support/test_main.hpp"

#include "base/elementary.hpp"
#include "base/random.hpp"

#include <cmath>

using namespace lab;

namespace {

/// How far they are apart, in units of the last place of the second.
double unitsApart(double a, double b)
{
    const double unit = std::nextafter(std::abs(b), INFINITY) - std::abs(b);
    return std::abs(a - b) / unit;
}

} // namespace

/// As exact as the library's, and the same bits everywhere.
class ElementaryTest : public QObject {
    Q_OBJECT

private slots:
    void logarithmsAreExactToTheLastPlace()
    {
        Random random(1);
        for (int i = 0; i < 200'000; ++i) {
            const double near = 1.0 - random.uniform(); // what exponential gaps are made of
            const double far = std::ldexp(1.0 + random.uniform(), static_cast<int>(i % 2000) - 999);
            QVERIFY(unitsApart(naturalLog(near), std::log(near)) <= 1.0);
            QVERIFY(unitsApart(naturalLog(far), std::log(far)) <= 1.0);
        }
        QCOMPARE(naturalLog(1.0), 0.0);
    }

    void exponentialsAreExactToTwoPlaces()
    {
        Random random(2);
        for (int i = 0; i < 200'000; ++i) {
            const double x = (random.uniform() - 0.5) * 1400.0;
            QVERIFY(unitsApart(naturalExp(x), std::exp(x)) <= 2.0);
        }
        QCOMPARE(naturalExp(0.0), 1.0);
        QCOMPARE(naturalExp(-800.0), 0.0);
        QCOMPARE(naturalExp(1e9), naturalExp(700.0));
    }

    void theirBitsNeverChange()
    {
        // Golden: seeded results hang on them.
        QCOMPARE(naturalLog(0.3), -1.2039728043259361);
        QCOMPARE(naturalExp(0.3), 1.3498588075760032);
        std::uint64_t sum = 0;
        for (int i = 1; i <= 1000; ++i) {
            sum = sum * 31 + std::bit_cast<std::uint64_t>(naturalLog(i / 7.0)) +
                  std::bit_cast<std::uint64_t>(naturalExp(i / 7.0 - 70));
        }
        QCOMPARE(sum, 14384814364144923823ULL);
    }
};

LAB_TEST(ElementaryTest)
#include "tst_elementary.moc"
