#include "support/test_main.hpp"

#include "workload/traffic.hpp"

#include <algorithm>
#include <cmath>

using lab::Duration;
using lab::Instant;
using lab::Random;
using namespace lab::workload;
using namespace std::chrono_literals;

namespace {

MixEntry entry(const std::string& url, double weight = 1.0)
{
    MixEntry made;
    made.url = url;
    made.weight = weight;
    return made;
}

Traffic source(const std::string& name, ArrivalProcess process, double rate)
{
    Traffic traffic;
    traffic.name = name;
    traffic.process = process;
    traffic.ratePerSecond = rate;
    traffic.mix = {entry("http://a.lab/")};
    return traffic;
}

std::vector<std::int64_t> instants(const std::vector<Arrival>& all, std::uint32_t traffic)
{
    std::vector<std::int64_t> times;
    for (const Arrival& arrival : all) {
        if (arrival.traffic == traffic) {
            times.push_back(arrival.at.sinceStart().count());
        }
    }
    return times;
}

bool areEqual(const std::vector<Arrival>& a, const std::vector<Arrival>& b)
{
    return std::ranges::equal(a, b, [](const Arrival& x, const Arrival& y) {
        return x.at == y.at && x.traffic == y.traffic && x.entry == y.entry && x.client == y.client;
    });
}

/// Chi-squared of the counts against their expected shares.
double chiSquared(const std::vector<double>& counts, const std::vector<double>& shares)
{
    double total = 0;
    for (const double count : counts) {
        total += count;
    }
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double expected = total * shares[i];
        sum += std::pow(counts[i] - expected, 2) / expected;
    }
    return sum;
}

} // namespace

/// The same seed sends the same requests; chance is as it was ordered.
class TrafficTest : public QObject {
    Q_OBJECT

private slots:
    void constantArrivalsAreEvenlySpaced()
    {
        const auto all = arrivals({source("a", ArrivalProcess::Constant, 3.0)}, 1s, Random(1));
        QCOMPARE(instants(all, 0), (std::vector<std::int64_t>{0, 333'333'333, 666'666'667}));
    }

    void constantArrivalsDoNotDrift()
    {
        const auto all = arrivals({source("a", ArrivalProcess::Constant, 7.0)}, 1000s, Random(1));
        QCOMPARE(all.size(), std::size_t(7000));
        QVERIFY(all[6993].at == Instant(999s)); // the 6994th, after 999 whole seconds
    }

    void poissonArrivalsHaveTheRateAndTheSpreadOfChance()
    {
        const auto all = arrivals({source("a", ArrivalProcess::Poisson, 1000.0)}, 100s, Random(5));
        const double count = static_cast<double>(all.size());
        QVERIFY(std::abs(count - 100'000) < 4 * std::sqrt(100'000.0)); // four standard errors
        // Gaps of a Poisson process: mean equals standard deviation.
        double sum = 0;
        double squares = 0;
        for (std::size_t i = 1; i < all.size(); ++i) {
            const double gap = lab::toSeconds(all[i].at - all[i - 1].at);
            sum += gap;
            squares += gap * gap;
        }
        const double mean = sum / count;
        const double deviation = std::sqrt(squares / count - mean * mean);
        QVERIFY(std::abs(deviation / mean - 1.0) < 0.02);
    }

    void sameSeedSameArrivals()
    {
        const std::vector<Traffic> both{source("a", ArrivalProcess::Poisson, 200.0),
                                        source("b", ArrivalProcess::Constant, 50.0)};
        const auto first = arrivals(both, 10s, Random(7));
        QVERIFY(areEqual(first, arrivals(both, 10s, Random(7))));
        QVERIFY(!areEqual(first, arrivals(both, 10s, Random(8))));
    }

    void arrivalsAreInOrderOfTimeAndWithinTheLength()
    {
        const auto all = arrivals({source("a", ArrivalProcess::Poisson, 500.0),
                                   source("b", ArrivalProcess::Poisson, 300.0),
                                   source("c", ArrivalProcess::Constant, 100.0)},
                                  5s,
                                  Random(2));
        QVERIFY(std::ranges::is_sorted(all, {}, &Arrival::at));
        QVERIFY(all.back().at < Instant(5s));
        QCOMPARE(instants(all, 2).size(), std::size_t(500));
    }

    void atTheSameInstantTheFirstSourceComesFirst()
    {
        const auto all = arrivals({source("a", ArrivalProcess::Constant, 10.0),
                                   source("b", ArrivalProcess::Constant, 10.0)},
                                  1s,
                                  Random(1));
        QCOMPARE(all.size(), std::size_t(20));
        for (std::size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(all[i].traffic, std::uint32_t(i % 2));
        }
    }

    void neitherAnotherSourceNorAnotherMixMovesTheInstants()
    {
        const Traffic one = source("one", ArrivalProcess::Poisson, 100.0);
        Traffic mixed = one;
        mixed.mix.push_back(entry("http://b.lab/", 3.0));
        mixed.clients = 9;
        const auto alone = instants(arrivals({one}, 10s, Random(3)), 0);
        const auto second = source("zero", ArrivalProcess::Poisson, 40.0);
        QCOMPARE(instants(arrivals({second, mixed}, 10s, Random(3)), 1), alone);
    }

    void sourcesOfOneNameAreIndependent()
    {
        const Traffic one = source("same", ArrivalProcess::Poisson, 100.0);
        const auto all = arrivals({one, one}, 10s, Random(3));
        QVERIFY(instants(all, 0) != instants(all, 1));
    }

    void entriesAreDrawnByWeightAndClientsEvenly()
    {
        Traffic traffic = source("a", ArrivalProcess::Constant, 1000.0);
        traffic.mix = {entry("x", 1.0), entry("y", 2.0), entry("z", 5.0)};
        traffic.clients = 4;
        std::vector<double> entries(3);
        std::vector<double> clients(4);
        for (const Arrival& arrival : arrivals({traffic}, 40s, Random(6))) {
            ++entries.at(arrival.entry);
            ++clients.at(arrival.client);
        }
        QVERIFY(chiSquared(entries, {0.125, 0.25, 0.625}) < 13.8);     // 2 degrees, p = 0.001
        QVERIFY(chiSquared(clients, {0.25, 0.25, 0.25, 0.25}) < 16.3); // 3 degrees
    }

    void expectedArrivalsAreRateTimesLength()
    {
        QCOMPARE(expectedArrivals({source("a", ArrivalProcess::Poisson, 200.0),
                                   source("b", ArrivalProcess::Constant, 50.0)},
                                  4s),
                 1000.0);
        QCOMPARE(expectedArrivals({}, 4s), 0.0);
        QVERIFY(arrivals({}, 4s, Random(1)).empty());
        QVERIFY(arrivals({source("a", ArrivalProcess::Constant, 10.0)}, 0s, Random(1)).empty());
    }

    void firstArrivalsNeverChange()
    {
        // Golden: reports of virtual runs hash what follows from these.
        const auto all = arrivals({source("a", ArrivalProcess::Poisson, 100.0)}, 40ms, Random(1));
        QCOMPARE(instants(all, 0),
                 (std::vector<std::int64_t>{
                     18'611'965, 20'719'319, 26'738'059, 28'100'882, 28'389'565}));
    }
};

LAB_TEST(TrafficTest)
#include "tst_traffic.moc"
