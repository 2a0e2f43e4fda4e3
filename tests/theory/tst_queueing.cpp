#include "support/test_main.hpp"

#include "support/simulated_shop.hpp"

#include <cmath>
#include <numeric>

using namespace lab;
using lab::simulation::PodModel;
using lab::simulation::SimulatedRun;
using lab::simulation::SimulationSpec;
using lab::workload::ServiceTime;
using namespace std::chrono_literals;

namespace {

constexpr int seeds = 100;
constexpr int hitsMin = 90;          // a correct simulator falls below it about once in a hundred
constexpr double studentT19 = 2.093; // two-sided 95 %, 19 degrees of freedom
constexpr std::size_t batches = measurement::Measurements::batchCount;

/// Is the value inside the 95 % interval of the mean of these 20 batch means?
bool isInside(double theory, const std::vector<double>& means)
{
    const auto n = static_cast<double>(means.size());
    const double mean = std::accumulate(means.begin(), means.end(), 0.0) / n;
    double squares = 0.0;
    for (const double one : means) {
        squares += (one - mean) * (one - mean);
    }
    const double halfWidth = studentT19 * std::sqrt(squares / (n - 1.0) / n);
    return std::abs(mean - theory) <= halfWidth;
}

/// One pod, nothing else that takes time.
SimulationSpec station(double ratePerSecond, const PodModel& pod, std::uint64_t seed)
{
    SimulationSpec spec = test::simulationOf(test::shopOf(1).build(), test::poisson(ratePerSecond));
    spec.network = test::noNetwork();
    spec.otherPods = pod;
    spec.otherPods.waitingMax = std::max(spec.otherPods.waitingMax, 1'000'000U);
    spec.timeouts.answer = 1h;
    spec.patience = 1h;
    spec.connectionsPerDestinationMax = 1'000'000;
    spec.seed = seed;
    spec.warmUp = 20s;
    spec.duration = 220s; // 200 requests a second: 20 batches of 2,000
    return spec;
}

/// Erlang's C: the share of requests that have to wait, M/M/c. \param load  in servers
double erlangC(int servers, double load)
{
    double term = 1.0;
    double sum = 0.0;
    for (int k = 0; k < servers; ++k) {
        sum += term;
        term *= load / (k + 1);
    }
    const double all = term * servers / (servers - load);
    return all / (sum + all);
}

/// The share that M/M/c/K turns away. \param places  servers and line together
double lossOfMmck(int servers, int places, double load)
{
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; k <= places; ++k) {
        term *= load / std::min(k, servers);
        sum += term;
    }
    return term / sum;
}

/// The share that M/D/1/K turns away: the chain at departures, of which the first K states of the
/// unbounded queue are taken (Gross, Harris: Fundamentals of Queueing Theory, 5.1.8).
double lossOfMd1k(int places, double load)
{
    std::vector<double> arrivals(static_cast<std::size_t>(places) + 1); // during one service
    arrivals[0] = std::exp(-load);
    for (std::size_t k = 1; k < arrivals.size(); ++k) {
        arrivals[k] = arrivals[k - 1] * load / static_cast<double>(k);
    }
    std::vector<double> left{1.0}; // in the system after a departure, not normalised
    for (std::size_t n = 0; n + 1 < static_cast<std::size_t>(places); ++n) {
        double next = left[n] - left[0] * arrivals[n];
        for (std::size_t j = 1; j <= n; ++j) {
            next -= left[j] * arrivals[n - j + 1];
        }
        left.push_back(next / arrivals[0]);
    }
    const double sum = std::accumulate(left.begin(), left.end(), 0.0);
    return 1.0 - 1.0 / (left[0] / sum + load);
}

/// How many of the seeds have the theory inside the interval of their batches.
template <typename MeansOf>
void expectTheory(const char* what, double theory, MeansOf&& meansOf)
{
    int hits = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
        hits += isInside(theory, meansOf(static_cast<std::uint64_t>(seed))) ? 1 : 0;
    }
    std::printf("%s: theory inside the 95 %% interval for %d of %d seeds\n", what, hits, seeds);
    QVERIFY2(hits >= hitsMin, qPrintable(QString("%1 of %2 seeds").arg(hits).arg(seeds)));
}

std::vector<double> latencyMeansMs(SimulationSpec spec)
{
    SimulatedRun run(std::move(spec));
    run.run();
    std::vector<double> means;
    for (const measurement::Batch& batch : run.measurements().batches) {
        means.push_back(batch.latencyMsMean);
    }
    return means;
}

/// The share of what did not get through, batch by batch.
template <typename Lost>
std::vector<double> lostShares(SimulationSpec spec, Lost&& lost)
{
    const Duration length = (spec.duration - spec.warmUp) / static_cast<int>(batches);
    SimulatedRun run(spec);
    std::vector<double> shares;
    run.runUntil(Instant(spec.warmUp));
    measurement::Measurements before = run.measurements();
    for (std::size_t i = 1; i <= batches; ++i) {
        run.runUntil(Instant(spec.warmUp + length * static_cast<int>(i)));
        measurement::Measurements now = run.measurements();
        shares.push_back(static_cast<double>(lost(now) - lost(before)) /
                         static_cast<double>(now.offered - before.offered));
        before = std::move(now);
    }
    return shares;
}

} // namespace

/// Where theory knows the answer, the simulator gives it: through doors, connections and all.
class QueueingTest : public QObject {
    Q_OBJECT

private slots:
    void timesInTheSystem_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("load"); // of one worker
        QTest::newRow("M/M/1") << 1 << 0 << 0.5;
        QTest::newRow("M/M/4, Erlang C") << 4 << 0 << 0.7;
        QTest::newRow("M/M/30, Erlang C") << 30 << 0 << 0.8;
        QTest::newRow("M/D/1, Pollaczek-Khinchine") << 1 << 1 << 0.6;
        QTest::newRow("M/lognormal/1, Pollaczek-Khinchine") << 1 << 2 << 0.5;
        QTest::newRow("M/hyperexponential/1, Pollaczek-Khinchine") << 1 << 3 << 0.4;
        QTest::newRow("M/uniform/1, Pollaczek-Khinchine") << 1 << 4 << 0.6;
    }
    void timesInTheSystem()
    {
        QFETCH(int, workers);
        QFETCH(int, kind);
        QFETCH(double, load);
        const double rate = 200.0;
        const double seconds = load * workers / rate;
        const Duration mean = fromSeconds(seconds);
        const ServiceTime times[] = {ServiceTime::exponential(mean),
                                     ServiceTime::constant(mean),
                                     ServiceTime::lognormal(mean, 1.3),
                                     ServiceTime::hyperexponential(mean, 1.6),
                                     ServiceTime::uniform(mean / 4, mean * 7 / 4)};
        const ServiceTime& time = times[kind];
        const double c = time.variation();
        const double wait = workers == 1
                                ? load * seconds * (1.0 + c * c) / 2.0 / (1.0 - load)
                                : erlangC(workers, load * workers) * seconds / workers / (1 - load);
        expectTheory(QTest::currentDataTag(), (wait + seconds) * 1e3, [&](std::uint64_t seed) {
            return latencyMeansMs(
                station(rate, {time, static_cast<std::uint32_t>(workers), 0}, seed));
        });
    }

    void whatFindsNoPlaceIsTurnedAway()
    {
        constexpr int servers = 3;
        constexpr int places = 8;
        const double load = 2.7;
        const double rate = 200.0;
        const ServiceTime time = ServiceTime::exponential(fromSeconds(load / rate));
        expectTheory("M/M/3/8", lossOfMmck(servers, places, load), [&](std::uint64_t seed) {
            SimulationSpec spec = station(rate, {time, servers, 0}, seed);
            spec.otherPods.waitingMax = places - servers;
            return lostShares(spec, [](const measurement::Measurements& sums) {
                const auto found = sums.statusCounts.find(503);
                return found == sums.statusCounts.end() ? 0 : found->second;
            });
        });
    }

    void aTokenBucketRefusesAsAQueueOfItsSizeWould()
    {
        // Admitted where the work in front is at most burst - 1 tokens: the M/D/1/burst queue.
        constexpr int burst = 5;
        const double rate = 200.0;
        const double limit = 220.0;
        const double theory = lossOfMd1k(burst, rate / limit);
        expectTheory("token bucket", theory, [&](std::uint64_t seed) {
            test::PlanBuilder builder = test::shopOf(1);
            builder.at(DoorId(0)).limit = limiting::BucketPolicy{limit, burst};
            SimulationSpec spec = station(rate, {}, seed);
            spec.plan = builder.build();
            return lostShares(spec,
                              [](const measurement::Measurements& sums) { return sums.refused; });
        });
    }
};

LAB_TEST(QueueingTest)
#include "tst_queueing.moc"
