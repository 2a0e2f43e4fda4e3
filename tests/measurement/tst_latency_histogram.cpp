#include "support/test_main.hpp"

#include "base/random.hpp"
#include "measurement/latency_histogram.hpp"

#include <algorithm>
#include <cmath>

using lab::Duration;
using lab::Random;
using lab::measurement::LatencyHistogram;
using namespace std::chrono_literals;

namespace {

/// Durations from 1 µs to 100 s, each decade as likely as another.
std::vector<Duration> logUniform(std::uint64_t seed, std::size_t count)
{
    Random random(seed);
    std::vector<Duration> durations(count);
    for (Duration& duration : durations) {
        duration = Duration(static_cast<std::int64_t>(1e3 * std::pow(10.0, 8 * random.uniform())));
    }
    return durations;
}

LatencyHistogram histogramOf(const std::vector<Duration>& durations)
{
    LatencyHistogram histogram;
    for (const Duration duration : durations) {
        histogram.record(duration);
    }
    return histogram;
}

double seconds(Duration duration)
{
    return lab::toSeconds(duration);
}

} // namespace

/// Fixed memory, and every quantile within a known error.
class LatencyHistogramTest : public QObject {
    Q_OBJECT

private slots:
    void anEmptyOneHasNothingToSay()
    {
        const LatencyHistogram histogram;
        QCOMPARE(histogram.count(), std::uint64_t(0));
        QVERIFY(histogram.quantile(0.5) == Duration::zero());
        QVERIFY(histogram.mean() == Duration::zero());
        QVERIFY(histogram.max() == Duration::zero());
        QVERIFY(histogram.buckets().empty());
    }

    void everyQuantileIsWithinTheRelativeErrorOfTheExactOne_data()
    {
        QTest::addColumn<qulonglong>("seed");
        QTest::addColumn<qulonglong>("count");
        for (const qulonglong count : {1ULL, 2ULL, 10ULL, 999ULL, 20'000ULL}) {
            for (qulonglong seed = 1; seed <= 5; ++seed) {
                QTest::addRow("%llu durations, seed %llu", count, seed) << seed << count;
            }
        }
    }

    void everyQuantileIsWithinTheRelativeErrorOfTheExactOne()
    {
        QFETCH(qulonglong, seed);
        QFETCH(qulonglong, count);
        std::vector<Duration> durations = logUniform(seed, count);
        const LatencyHistogram histogram = histogramOf(durations);
        std::ranges::sort(durations);
        for (const double q : {0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0}) {
            const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(count)));
            const Duration exact = durations[std::max<std::size_t>(rank, 1) - 1];
            const Duration known = histogram.quantile(q);
            QVERIFY(known >= exact); // never flatters
            QVERIFY(seconds(known) <= seconds(exact) * (1 + LatencyHistogram::relativeError));
        }
    }

    void meanAndMaximumAreExact()
    {
        const LatencyHistogram histogram = histogramOf({1ms, 2ms, 3ms, 10ms});
        QVERIFY(histogram.mean() == 4ms);
        QVERIFY(histogram.max() == 10ms);
        QVERIFY(histogram.quantile(1.0) == 10ms);
    }

    void mergedIsAsRecordedTogether()
    {
        const std::vector<Duration> first = logUniform(3, 500);
        const std::vector<Duration> second = logUniform(4, 700);
        std::vector<Duration> both = first;
        both.insert(both.end(), second.begin(), second.end());
        LatencyHistogram merged = histogramOf(first);
        merged.merge(histogramOf(second));
        const LatencyHistogram together = histogramOf(both);
        QCOMPARE(merged.count(), together.count());
        QVERIFY(merged.mean() == together.mean());
        QVERIFY(merged.max() == together.max());
        for (int i = 0; i <= 100; ++i) {
            QVERIFY(merged.quantile(i / 100.0) == together.quantile(i / 100.0));
        }
    }

    void whatIsOutOfRangeIsCountedAtTheEnds()
    {
        const LatencyHistogram histogram = histogramOf({-5ms, 0ns, 1ns, 400s});
        QCOMPARE(histogram.count(), std::uint64_t(4));
        QCOMPARE(histogram.buckets().size(), std::size_t(2));
        QCOMPARE(histogram.buckets().front().count, std::uint64_t(3));
        QVERIFY(histogram.buckets().front().upperBound < 1us);
        QVERIFY(histogram.buckets().back().upperBound > 137s);
        QVERIFY(histogram.max() == 400s);
    }

    void bucketsRiseAndHoldEverything()
    {
        const LatencyHistogram histogram = histogramOf(logUniform(9, 5000));
        std::uint64_t sum = 0;
        Duration before{};
        for (const LatencyHistogram::Bucket& bucket : histogram.buckets()) {
            QVERIFY(bucket.upperBound > before);
            QVERIFY(bucket.count > 0);
            before = bucket.upperBound;
            sum += bucket.count;
        }
        QCOMPARE(sum, histogram.count());
    }
};

LAB_TEST(LatencyHistogramTest)
#include "tst_latency_histogram.moc"
