#include "support/test_main.hpp"

#include "workload/arrival_stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>

using namespace lab;
using namespace lab::workload;
using namespace std::chrono_literals;

namespace {

Traffic source(const std::string& name, ArrivalProcess process, double rate)
{
    Traffic traffic;
    traffic.name = name;
    traffic.process = process;
    traffic.ratePerSecond = rate;
    traffic.clients = 7;
    traffic.mix = {{"GET", "http://a.lab/", "", 1.0, 0}, {"GET", "http://b.lab/", "", 3.0, 0}};
    return traffic;
}

} // namespace

/// One by one it gives what arrivals() gives at once.
class ArrivalStreamTest : public QObject {
    Q_OBJECT

private slots:
    void itGivesAllArrivalsInOrderAndThenNothing()
    {
        const std::vector<Traffic> traffic{source("a", ArrivalProcess::Poisson, 300),
                                           source("b", ArrivalProcess::Constant, 100),
                                           source("c", ArrivalProcess::Constant, 100)};
        const auto all = arrivals(traffic, 2s, Random(5));
        ArrivalStream stream(traffic, 2s, Random(5));
        Instant last;
        for (const Arrival& expected : all) {
            const auto arrival = stream.next();
            QVERIFY(arrival.has_value());
            QVERIFY(arrival->at == expected.at && arrival->traffic == expected.traffic);
            QVERIFY(arrival->entry == expected.entry && arrival->client == expected.client);
            QVERIFY(last <= arrival->at);
            last = arrival->at;
        }
        QVERIFY(all.size() > 900);
        QVERIFY(!stream.next().has_value());
        QVERIFY(!stream.next().has_value());
    }

    void theEntryDrawnIsTheFirstWhoseSumOfWeightsIsAboveThePoint()
    {
        Random weights(9);
        for (const std::size_t size : {1U, 2U, 3U, 10U, 1000U}) {
            Traffic traffic = source("a", ArrivalProcess::Constant, 2000);
            traffic.mix.resize(size);
            std::vector<double> sums;
            double sum = 0;
            for (MixEntry& entry : traffic.mix) {
                entry.weight = weights.uniform() < 0.5 ? 1e-6 + weights.uniform() : 1000.0;
                sums.push_back(sum += entry.weight);
            }
            Random draws = Random(7).stream("a#0").stream("mix");
            ArrivalStream stream({traffic}, 1s, Random(7));
            while (const auto arrival = stream.next()) {
                const auto above = std::ranges::upper_bound(sums, draws.uniform() * sum);
                QCOMPARE(static_cast<std::ptrdiff_t>(arrival->entry),
                         std::min(above, sums.end() - 1) - sums.begin());
            }
        }
    }

    void aRampComesAtTheRateOfEachMoment_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::newRow("up from nothing") << 0.0 << 2000.0;
        QTest::newRow("up") << 500.0 << 1500.0;
        QTest::newRow("down") << 1500.0 << 500.0;
        QTest::newRow("down to nothing") << 2000.0 << 0.0;
        QTest::newRow("level") << 1000.0 << 1000.0;
    }
    void aRampComesAtTheRateOfEachMoment()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        Traffic traffic = source("a", ArrivalProcess::Ramp, from);
        traffic.rateAtEnd = to;
        const Duration length = 20s;
        QCOMPARE(expectedArrivals({traffic}, length), 20'000.0);
        std::array<double, 4> quarters{};
        Instant last;
        for (const Arrival& arrival : arrivals({traffic}, length, Random(3))) {
            QVERIFY(last <= arrival.at && arrival.at < Instant(length));
            last = arrival.at;
            quarters[static_cast<std::size_t>(arrival.at.sinceStart() / 5s)] += 1;
        }
        for (std::size_t i = 0; i < quarters.size(); ++i) {
            const double middle = (static_cast<double>(i) + 0.5) / 4;
            const double expected = 5 * (from + (to - from) * middle);
            QVERIFY2(std::abs(quarters[i] - expected) < 4 * std::sqrt(expected) + 1,
                     qPrintable(QString("%1, not %2").arg(quarters[i]).arg(expected)));
        }
    }

    void aBurstIsManyAtOneInstant()
    {
        Traffic traffic = source("a", ArrivalProcess::Burst, 25);
        traffic.burstSize = 50;
        traffic.burstInterval = 2s;
        const auto all = arrivals({traffic}, 7s, Random(1));
        QCOMPARE(all.size(), std::size_t{150});
        for (std::size_t i = 0; i < all.size(); ++i) {
            QVERIFY(all[i].at == Instant(2s * (i / 50 + 1)));
        }
    }

    void ofTwoAtTheSameInstantTheSourceListedFirstComesFirst()
    {
        const std::vector<Traffic> traffic{source("b", ArrivalProcess::Constant, 10),
                                           source("a", ArrivalProcess::Constant, 10)};
        ArrivalStream stream(traffic, 1s, Random(1));
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(stream.next()->traffic, 0U);
            QCOMPARE(stream.next()->traffic, 1U);
        }
    }

    void withoutSourcesNothingArrives()
    {
        ArrivalStream stream({}, 1s, Random(1));
        QVERIFY(!stream.next().has_value());
    }
};

LAB_TEST(ArrivalStreamTest)
#include "tst_arrival_stream.moc"
