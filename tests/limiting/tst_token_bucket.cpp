#include "support/test_main.hpp"

#include "base/random.hpp"
#include "limiting/token_bucket.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

using lab::Duration;
using lab::Instant;
using lab::Random;
using lab::limiting::BucketPolicy;
using lab::limiting::TokenBucket;

namespace {

/// The bucket as one would draw it: a level that drips full. Slow, obvious, in whole nanoseconds.
class DrawnBucket {
public:
    DrawnBucket(std::int64_t intervalNs, std::int64_t burst)
        : intervalNs_(intervalNs)
        , roomNs_(intervalNs * burst)
        , levelNs_(roomNs_)
    {
    }

    bool admit(std::int64_t nowNs)
    {
        levelNs_ = std::min(roomNs_, levelNs_ + nowNs - lastNs_);
        lastNs_ = nowNs;
        if (levelNs_ < intervalNs_) {
            return false;
        }
        levelNs_ -= intervalNs_;
        return true;
    }

private:
    std::int64_t intervalNs_;
    std::int64_t roomNs_;
    std::int64_t levelNs_; ///< One token is worth its interval.
    std::int64_t lastNs_ = 0;
};

Instant at(std::int64_t ns)
{
    return Instant(Duration(ns));
}

} // namespace

/// Never more than rate × time + burst, never less than a bucket drawn by hand.
class TokenBucketTest : public QObject {
    Q_OBJECT

private slots:
    void itStartsFullAndRefillsAtItsRate()
    {
        TokenBucket bucket({10.0, 3.0});
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(bucket.admit(at(0)), Duration::zero());
        }
        QCOMPARE(bucket.admit(at(0)), Duration(100'000'000));
        QCOMPARE(bucket.admit(at(60'000'000)), Duration(40'000'000));
        QCOMPARE(bucket.admit(at(100'000'000)), Duration::zero());
        QVERIFY(bucket.admit(at(100'000'000)) > Duration::zero());
    }

    void aRefusedRequestTakesNothing()
    {
        TokenBucket bucket({1.0, 1.0});
        QCOMPARE(bucket.admit(at(0)), Duration::zero());
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(bucket.admit(at(i * 999'999)) > Duration::zero());
        }
        QCOMPARE(bucket.admit(at(1'000'000'000)), Duration::zero());
    }

    void aLongQuietTimeFillsNoMoreThanTheBurst()
    {
        TokenBucket bucket({100.0, 5.0});
        const Instant later = at(3'600'000'000'000);
        int admitted = 0;
        for (int i = 0; i < 100; ++i) {
            admitted += bucket.admit(later) == Duration::zero() ? 1 : 0;
        }
        QCOMPARE(admitted, 5);
    }

    void theLevelIsWhatIsLeft()
    {
        TokenBucket bucket({10.0, 4.0});
        QCOMPARE(bucket.level(at(0)), 4.0);
        (void)bucket.admit(at(0));
        QCOMPARE(bucket.level(at(0)), 3.0);
        QCOMPARE(bucket.level(at(50'000'000)), 3.5);
        QCOMPARE(bucket.level(at(500'000'000)), 4.0);
    }

    void verySlowAndVeryFastRatesAreKept()
    {
        TokenBucket slow({1e-12, 1e6});
        QCOMPARE(slow.admit(at(0)), Duration::zero());
        TokenBucket fast({1e12, 1.0});
        QCOMPARE(fast.admit(at(0)), Duration::zero());
        QCOMPARE(fast.admit(at(1)), Duration::zero());
    }

    void itNeverAdmitsMoreThanRateTimesTimePlusBurst_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 200; ++seed) {
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
        }
    }

    void itNeverAdmitsMoreThanRateTimesTimePlusBurst()
    {
        QFETCH(quint64, seed);
        Random random(seed);
        const BucketPolicy policy{0.5 + 500 * random.uniform(),
                                  1.0 + static_cast<double>(random.below(20))};
        TokenBucket bucket(policy);
        const auto meanGap = Duration(
            static_cast<std::int64_t>(1e9 / policy.ratePerSecond * (0.1 + 2 * random.uniform())));
        Instant now{};
        std::vector<Instant> admitted;
        for (int call = 0; call < 2000; ++call) {
            now = now + random.exponential(meanGap);
            if (bucket.admit(now) == Duration::zero()) {
                admitted.push_back(now);
            }
        }
        QVERIFY(!admitted.empty());
        // In every window, not only from the start: count by pairs of its first and last request.
        for (std::size_t first = 0; first < admitted.size(); first += 7) {
            for (std::size_t last = first; last < admitted.size(); ++last) {
                const double span = lab::toSeconds(admitted[last] - admitted[first]);
                const auto count = static_cast<double>(last - first + 1);
                QVERIFY(count <= span * policy.ratePerSecond + policy.burst + 1e-6);
            }
        }
    }

    void itEqualsABucketDrawnByHand_data() { itNeverAdmitsMoreThanRateTimesTimePlusBurst_data(); }

    void itEqualsABucketDrawnByHand()
    {
        QFETCH(quint64, seed);
        Random random(seed);
        const auto intervalNs = static_cast<std::int64_t>(1'000 * (1 + random.below(1'000'000)));
        const auto burst = static_cast<std::int64_t>(1 + random.below(30));
        TokenBucket bucket({1e9 / static_cast<double>(intervalNs), static_cast<double>(burst)});
        DrawnBucket drawn(intervalNs, burst);
        std::int64_t nowNs = 0;
        for (int call = 0; call < 2000; ++call) {
            const bool isBurst = random.below(3) == 0;
            nowNs += isBurst ? 0
                             : static_cast<std::int64_t>(
                                   random.below(static_cast<std::uint64_t>(2 * intervalNs)));
            QCOMPARE(bucket.admit(at(nowNs)) == Duration::zero(), drawn.admit(nowNs));
        }
    }

    void fourThreadsTogetherAdmitWhatOneWould()
    {
        constexpr int threads = 4;
        constexpr int rounds = 500;
        constexpr int callsEach = 25;
        const BucketPolicy policy{1'000.0, 40.0};
        TokenBucket alone(policy);
        TokenBucket shared(policy);
        int expected = 0;
        std::atomic<int> admitted{0};
        for (int round = 0; round < rounds; ++round) {
            for (int call = 0; call < threads * callsEach; ++call) {
                expected += alone.admit(at(round * 7'300'000LL)) == Duration::zero() ? 1 : 0;
            }
        }
        std::barrier sameInstant(threads);
        std::vector<std::jthread> workers;
        for (int thread = 0; thread < threads; ++thread) {
            workers.emplace_back([&] {
                for (int round = 0; round < rounds; ++round) {
                    sameInstant.arrive_and_wait();
                    for (int call = 0; call < callsEach; ++call) {
                        const Instant now = at(round * 7'300'000LL);
                        admitted += shared.admit(now) == Duration::zero() ? 1 : 0;
                    }
                }
            });
        }
        workers.clear(); // joins
        QCOMPARE(admitted.load(), expected);
    }
};

LAB_TEST(TokenBucketTest)
#include "tst_token_bucket.moc"
