#include "support/test_main.hpp"

#include "balancing/balancer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

using lab::Random;
using lab::balancing::Balancer;
using lab::balancing::Policy;

namespace {

constexpr std::array<bool, 4> allUsable{true, true, true, true};
constexpr std::array<bool, 4> noneUsable{};

} // namespace

/// Who is next: in turn, at random, or the one with less to do; never one that may not be used.
class BalancerTest : public QObject {
    Q_OBJECT

private slots:
    void inTurnEveryEndpointIsChosenEquallyOften()
    {
        Balancer balancer(Policy::RoundRobin, 4, Random(3));
        std::array<int, 4> counts{};
        for (int i = 0; i < 400; ++i) {
            ++counts[balancer.pick(allUsable)];
        }
        QCOMPARE(counts, (std::array<int, 4>{100, 100, 100, 100}));
    }

    void theStartOfTheTurnIsRandom()
    {
        std::set<std::size_t> starts;
        for (std::uint64_t seed = 0; seed < 64; ++seed) {
            starts.insert(Balancer(Policy::RoundRobin, 4, Random(seed)).pick(allUsable));
        }
        QCOMPARE(starts.size(), std::size_t{4});
    }

    void theTurnSkipsWhatIsNotUsable()
    {
        Balancer balancer(Policy::RoundRobin, 4, Random(3));
        const std::array<bool, 4> two{false, true, false, true};
        const std::size_t first = balancer.pick(two);
        for (int i = 0; i < 20; ++i) {
            const std::size_t second = balancer.pick(two);
            QVERIFY(second != first);
            QCOMPARE(balancer.pick(two), first);
        }
    }

    void noUsableEndpointMeansNone_data()
    {
        QTest::addColumn<int>("policy");
        QTest::newRow("round robin") << static_cast<int>(Policy::RoundRobin);
        QTest::newRow("least requests") << static_cast<int>(Policy::LeastRequests);
        QTest::newRow("random") << static_cast<int>(Policy::Random);
    }

    void noUsableEndpointMeansNone()
    {
        QFETCH(int, policy);
        Balancer balancer(static_cast<Policy>(policy), 4, Random(3));
        QCOMPARE(balancer.pick(noneUsable), Balancer::none);
        Balancer empty(static_cast<Policy>(policy), 0, Random(3));
        QCOMPARE(empty.pick({}), Balancer::none);
    }

    void atRandomIsUniformOverTheUsableOnes()
    {
        Balancer balancer(Policy::Random, 4, Random(11));
        const std::array<bool, 4> three{true, false, true, true};
        std::array<int, 4> counts{};
        constexpr int draws = 30'000;
        for (int i = 0; i < draws; ++i) {
            ++counts[balancer.pick(three)];
        }
        QCOMPARE(counts[1], 0);
        double chiSquared = 0;
        for (const std::size_t endpoint : {0U, 2U, 3U}) {
            chiSquared += std::pow(counts[endpoint] - draws / 3.0, 2) / (draws / 3.0);
        }
        QVERIFY(chiSquared < 13.8); // 2 degrees of freedom, p = 0.001
    }

    void leastRequestsAvoidsTheBusyOne()
    {
        Balancer balancer(Policy::LeastRequests, 4, Random(5));
        for (int i = 0; i < 10; ++i) {
            balancer.began(2);
        }
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(balancer.pick(allUsable) != 2); // drawn, it loses against any other
        }
        for (int i = 0; i < 10; ++i) {
            balancer.ended(2);
        }
        std::set<std::size_t> chosen;
        for (int i = 0; i < 1000; ++i) {
            chosen.insert(balancer.pick(allUsable));
        }
        QCOMPARE(chosen.size(), std::size_t{4});
    }

    void leastRequestsKeepsTheLoadEven()
    {
        Balancer twoChoices(Policy::LeastRequests, 4, Random(5));
        std::vector<int> inFlight(4, 0);
        for (int i = 0; i < 400; ++i) {
            const std::size_t chosen = twoChoices.pick(allUsable);
            twoChoices.began(chosen);
            ++inFlight[chosen];
        }
        const auto [least, most] = std::minmax_element(inFlight.begin(), inFlight.end());
        QVERIFY(*most - *least <= 4); // at random it would be about 40
    }

    void aKeptConnectionStaysWithItsPodUntilItIsBusy()
    {
        Balancer balancer(Policy::KeptConnection, 4, Random(3));
        const std::array<bool, 4> all{true, true, true, true};
        const std::size_t first = balancer.pick(all);
        balancer.began(first);
        balancer.answered(first, std::chrono::milliseconds(1), lab::Instant());
        balancer.ended(first);
        for (int i = 0; i < 20; ++i) {
            const std::size_t next = balancer.pick(all);
            QCOMPARE(next, first);
            balancer.answered(next, std::chrono::milliseconds(1), lab::Instant());
        }
        std::array<bool, 4> without = all;
        without[first] = false;
        QVERIFY(balancer.pick(without) != first);
        static_cast<void>(balancer.pick(all)); // nothing is kept any more: by chance
    }

    void theFirstAnswerCountsWhole()
    {
        Balancer balancer(Policy::Ewma, 2, Random(3));
        const std::array<bool, 2> all{true, true};
        balancer.answered(0, std::chrono::milliseconds(50), lab::Instant());
        balancer.answered(1, std::chrono::milliseconds(5), lab::Instant());
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(balancer.pick(all), std::size_t{1});
        }
    }
};

LAB_TEST(BalancerTest)
#include "tst_balancer.moc"
