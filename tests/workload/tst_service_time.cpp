#include "support/test_main.hpp"

#include "workload/service_time.hpp"

#include <algorithm>
#include <cmath>

using namespace lab;
using lab::workload::ServiceTime;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(lab::workload::ServiceTime)

/// Draws have the mean and the variation that were asked for.
class ServiceTimeTest : public QObject {
    Q_OBJECT

private slots:
    void drawsHaveTheirMeanAndVariation_data()
    {
        QTest::addColumn<ServiceTime>("time");
        QTest::addColumn<double>("meanMs");
        QTest::addColumn<double>("variation");
        QTest::newRow("nothing") << ServiceTime() << 0.0 << 0.0;
        QTest::newRow("constant") << ServiceTime::constant(5ms) << 5.0 << 0.0;
        QTest::newRow("exponential") << ServiceTime::exponential(2ms) << 2.0 << 1.0;
        QTest::newRow("base and exponential") << ServiceTime::exponential(2ms, 6ms) << 8.0 << 0.25;
        QTest::newRow("uniform") << ServiceTime::uniform(2ms, 6ms) << 4.0 << 0.5 / std::sqrt(3.0);
        QTest::newRow("lognormal") << ServiceTime::lognormal(10ms, 0.8) << 10.0 << 0.8;
        QTest::newRow("hyperexponential") << ServiceTime::hyperexponential(3ms, 2.0) << 3.0 << 2.0;
        QTest::newRow("as an exponential")
            << ServiceTime::hyperexponential(3ms, 1.0, 3ms) << 6.0 << 0.5;
    }

    void drawsHaveTheirMeanAndVariation()
    {
        QFETCH(ServiceTime, time);
        QFETCH(double, meanMs);
        QFETCH(double, variation);
        QVERIFY(std::abs(toSeconds(time.mean()) * 1e3 - meanMs) < 1e-9);
        QVERIFY(std::abs(time.variation() - variation) < 1e-9);
        Random random(11);
        constexpr int draws = 400'000;
        double sum = 0.0;
        double squares = 0.0;
        for (int i = 0; i < draws; ++i) {
            const double ms = toSeconds(time.draw(random)) * 1e3;
            QVERIFY(ms >= 0.0);
            sum += ms;
            squares += ms * ms;
        }
        const double mean = sum / draws;
        const double deviation = std::sqrt(std::max(squares / draws - mean * mean, 0.0));
        QVERIFY(std::abs(mean - meanMs) <= 5 * variation * meanMs / std::sqrt(draws) + 1e-6);
        QVERIFY(std::abs(deviation - variation * meanMs) <= 0.03 * variation * meanMs + 1e-6);
    }

    void drawsNeverChange()
    {
        // Golden: seeded results hang on them.
        Random random(1);
        qint64 sum = 0;
        for (int i = 0; i < 1000; ++i) {
            sum += ServiceTime::exponential(2ms, 1ms).draw(random).count();
            sum += ServiceTime::lognormal(10ms, 0.8).draw(random).count();
            sum += ServiceTime::hyperexponential(3ms, 2.0).draw(random).count();
            sum += ServiceTime::uniform(2ms, 6ms).draw(random).count();
        }
        QCOMPARE(sum, qint64{20'264'414'455});
    }
};

LAB_TEST(ServiceTimeTest)
#include "tst_service_time.moc"
