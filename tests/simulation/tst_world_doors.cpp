#include "support/test_main.hpp"

#include "simulation/world.hpp"
#include "support/simulated_shop.hpp"

#include <cmath>

using namespace lab;
using lab::measurement::Outcome;
using lab::simulation::PodModel;
using lab::simulation::SimulationSpec;
using lab::simulation::World;
using namespace std::chrono_literals;

namespace {

measurement::Measurements measured(SimulationSpec spec)
{
    World world(std::move(spec));
    while (world.step()) {
    }
    return world.collector().result();
}

std::uint64_t statusCount(const measurement::Measurements& sums, std::uint16_t status)
{
    const auto found = sums.statusCounts.find(status);
    return found == sums.statusCounts.end() ? 0 : found->second;
}

void setPolicy(test::PlanBuilder& builder, const plan::RoutePolicy& policy)
{
    builder.at(DoorId(0)).routes[0].policy = std::make_shared<const plan::RoutePolicy>(policy);
}

} // namespace

/// The door's part: its decisions, its tries, its patience.
class WorldDoorsTest : public QObject {
    Q_OBJECT

private slots:
    void aPathThatNoRuleTakesIsA404AndABrokenOneA400()
    {
        SimulationSpec spec = test::simulationOf(test::shopOf(1).build(), test::poisson(50));
        spec.destinations[0][0].target = "/../..";
        QVERIFY(statusCount(measured(spec), 400) > 100);
        test::PlanBuilder builder(plan::Style::PerService);
        builder.route(
            builder.door("d"), "other.lab", "/", builder.upstream("c", {builder.pod("p")}));
        const auto sums = measured(test::simulationOf(builder.build(), test::poisson(50)));
        QCOMPARE(statusCount(sums, 404), sums.offered);
    }

    void aBucketRefusesWhatIsTooMuch()
    {
        test::PlanBuilder builder = test::shopOf(1);
        builder.at(DoorId(0)).limit = limiting::BucketPolicy{50, 5};
        const auto sums = measured(test::simulationOf(builder.build(), test::poisson(200)));
        QCOMPARE(sums.refused, statusCount(sums, 429));
        QVERIFY(sums.admitted >= 190 && sums.admitted <= 206);
        QCOMPARE(sums.admitted + sums.refused, sums.offered);
    }

    void requestsUnderWayAreCountedAClientAndReleased()
    {
        test::PlanBuilder builder = test::shopOf(1);
        builder.at(DoorId(0)).connectionZones = {{"limit-connections", 1}};
        plan::RoutePolicy policy;
        policy.connectionZone = 0;
        setPolicy(builder, policy);
        SimulationSpec spec = test::simulationOf(builder.build(), test::poisson(100));
        spec.otherPods.time = workload::ServiceTime::constant(10ms);
        const auto sums = measured(spec);
        // One server without a line, Erlang B: of ρ = 1.01 + hops, ρ / (1 + ρ) is lost.
        const double lost = static_cast<double>(sums.refused) / static_cast<double>(sums.offered);
        QVERIFY2(lost > 0.42 && lost < 0.60, qPrintable(QString::number(lost)));
        QCOMPARE(sums.errorCount(), std::uint64_t{0}); // a limiter's 503
    }

    void aPodThatTakesTooLongIsA504AndIsNotWaitedFor()
    {
        SimulationSpec spec = test::simulationOf(test::shopOf(1).build(), test::poisson(20));
        spec.otherPods.time = workload::ServiceTime::constant(3s);
        spec.timeouts.answer = 100ms;
        const auto sums = measured(spec);
        QCOMPARE(statusCount(sums, 504), sums.offered);
        QVERIFY(sums.latency.max() < 310ms); // three tries at most, of which only one pod is there
    }

    void aTimedOutTryGoesToTheOtherPod()
    {
        SimulationSpec spec = test::simulationOf(test::shopOf(2).build(), test::poisson(5));
        spec.otherPods = {workload::ServiceTime::exponential(100ms), 1, 1000};
        spec.timeouts.answer = 200ms;
        const auto sums = measured(spec);
        QVERIFY(sums.latency.max() > 200ms); // a second try's answer, or its end
        QVERIFY(statusCount(sums, 504) > 0 && statusCount(sums, 200) > statusCount(sums, 504));
        QVERIFY(sums.latency.max() < 401ms);
    }

    void aFullPodAnswers503()
    {
        SimulationSpec spec = test::simulationOf(test::shopOf(1).build(), test::poisson(200));
        spec.otherPods = {workload::ServiceTime::constant(10ms), 1, 0};
        const auto sums = measured(spec);
        QVERIFY(statusCount(sums, 503) > sums.offered / 2);
        QVERIFY(sums.errorCount() == statusCount(sums, 503)); // a pod's, not a limiter's
    }

    void a503OfOnePodIsTriedAtTheOtherWhereThePolicySaysSo()
    {
        test::PlanBuilder builder = test::shopOf(2);
        builder.raw().upstreams[0].policy = balancing::Policy::Random;
        plan::RoutePolicy policy;
        policy.retry.onStatuses = {503};
        setPolicy(builder, policy);
        SimulationSpec spec = test::simulationOf(builder.build(), test::poisson(100));
        spec.otherPods = {workload::ServiceTime::constant(6ms), 1, 0};
        spec.duration = 200s;
        const auto with = measured(spec);
        setPolicy(builder, {});
        spec.plan = builder.build();
        const auto without = measured(spec);
        const auto lost = [](const measurement::Measurements& sums) {
            return static_cast<double>(statusCount(sums, 503)) / static_cast<double>(sums.offered);
        };
        // Together they are two servers without a line, Erlang B: a²/2 / (1 + a + a²/2), a = 0.6.
        QVERIFY2(std::abs(lost(with) - 0.101) < 0.01, qPrintable(QString::number(lost(with))));
        // Each for itself: 0.3 / 1.3.
        QVERIFY2(std::abs(lost(without) - 0.231) < 0.01,
                 qPrintable(QString::number(lost(without))));
    }

    void ofTwoPodsOneMayDieUnseen_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("refuses") << int(simulation::PodFault::Kind::Refuse);
        QTest::newRow("dies") << int(simulation::PodFault::Kind::Kill);
    }
    void ofTwoPodsOneMayDieUnseen()
    {
        QFETCH(int, kind);
        SimulationSpec spec = test::simulationOf(test::shopOf(2).build(), test::poisson(200));
        spec.otherPods.time = workload::ServiceTime::constant(10ms);
        spec.incidents = {
            {Instant(1s), "shop/cart", 1, {static_cast<simulation::PodFault::Kind>(kind), 0, {}}},
            {Instant(2s), "shop/cart", 1, {}}};
        const auto sums = measured(spec);
        QCOMPARE(statusCount(sums, 200), sums.offered); // tried at the other one
        QVERIFY(sums.latency.max() >= 10ms + 6 * 30us);
        spec.incidents[0].podsMax = 2;
        const auto both = measured(spec);
        QVERIFY(statusCount(both, 502) > 150 && statusCount(both, 502) < 250); // for a second
        QCOMPARE(statusCount(both, 502) + statusCount(both, 200), both.offered);
    }

    void aPodThatHangsIsGivenUpAndTheOtherOneAnswers()
    {
        SimulationSpec spec = test::simulationOf(test::shopOf(2).build(), test::poisson(50));
        spec.timeouts.answer = 300ms;
        spec.incidents = {{Instant(1s), "shop/cart", 1, {simulation::PodFault::Kind::Hang, 0, {}}}};
        const auto sums = measured(spec);
        QCOMPARE(statusCount(sums, 200), sums.offered);
        QVERIFY(sums.latency.max() > 300ms && sums.latency.max() < 310ms);
        QVERIFY(sums.latency.quantile(0.5) < 10ms); // every second one waits, for three seconds
    }

    void anErrorPageReplacesThePodsAnswer()
    {
        test::PlanBuilder builder = test::shopOf(1);
        plan::RoutePolicy policy;
        policy.interceptedStatuses = {503};
        policy.defaultBackend = builder.upstream("sorry", {builder.pod("sorry-0")});
        setPolicy(builder, policy);
        SimulationSpec spec = test::simulationOf(builder.build(), test::poisson(200));
        spec.pods["shop/cart"] = {workload::ServiceTime::constant(10ms), 1, 0};
        QCOMPARE(statusCount(measured(spec), 503), std::uint64_t{0});
        policy.defaultBackend = {};
        setPolicy(builder, policy);
        spec.plan = builder.build();
        QVERIFY(statusCount(measured(spec), 404) > 200); // the controller's own page
    }
};

LAB_TEST(WorldDoorsTest)
#include "tst_world_doors.moc"
