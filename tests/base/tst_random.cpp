#include "support/test_main.hpp"

#include "base/random.hpp"

#include <cmath>

using lab::Random;

/// The generator must give the same numbers everywhere, and the right distribution.
class RandomTest : public QObject {
    Q_OBJECT

private slots:
    void sameSeedSameNumbers()
    {
        Random a(7);
        Random b(7);
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(a.next(), b.next());
        }
        QVERIFY(Random(8).next() != Random(7).next());
    }

    void streamsAreIndependentOfDraws()
    {
        Random drawn(7);
        drawn.next();
        QCOMPARE(drawn.stream("arrivals").next(), Random(7).stream("arrivals").next());
        QVERIFY(Random(7).stream("arrivals").next() != Random(7).stream("mix").next());
    }

    void belowIsUniform()
    {
        Random random(1);
        int counts[6] = {};
        constexpr int draws = 60'000;
        for (int i = 0; i < draws; ++i) {
            ++counts[random.below(6)];
        }
        double chiSquared = 0;
        for (const int count : counts) {
            chiSquared += std::pow(count - draws / 6.0, 2) / (draws / 6.0);
        }
        QVERIFY(chiSquared < 20.5); // 5 degrees of freedom, p = 0.001
    }

    void exponentialHasItsMean()
    {
        Random random(3);
        lab::Duration sum{};
        constexpr int draws = 100'000;
        for (int i = 0; i < draws; ++i) {
            sum += random.exponential(std::chrono::milliseconds(2));
        }
        const double mean = lab::toSeconds(sum) / draws;
        QVERIFY(std::abs(mean - 0.002) < 0.002 * 4 / std::sqrt(draws)); // four standard errors
    }

    void firstNumbersNeverChange()
    {
        // Golden: reports hash these; a change here changes every seeded result.
        Random random(1);
        QCOMPARE(random.next(), 0xb3f2af6d0fc710c5U);
    }
};

LAB_TEST(RandomTest)
#include "tst_random.moc"
