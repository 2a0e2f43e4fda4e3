#include "support/test_main.hpp"

#include "support/simulated_shop.hpp"

using namespace lab;
using lab::simulation::SimulatedRun;
using lab::simulation::SimulationSpec;
using namespace std::chrono_literals;

namespace {

SimulationSpec shop(std::uint64_t seed = 1)
{
    SimulationSpec spec = test::simulationOf(test::shopOf(3).build(), test::poisson(500, 20));
    spec.otherPods.time = workload::ServiceTime::exponential(8ms);
    spec.otherPods.workers = 2;
    spec.warmUp = 500ms;
    spec.seed = seed;
    return spec;
}

bool areEqual(const measurement::Measurements& a, const measurement::Measurements& b)
{
    return a.offered == b.offered && a.admitted == b.admitted &&
           a.latency.mean() == b.latency.mean() && a.latency.max() == b.latency.max() &&
           a.connectionsOpened == b.connectionsOpened && a.statusCounts == b.statusCounts;
}

} // namespace

/// However it is driven, a run comes to the same.
class SimulatedRunTest : public QObject {
    Q_OBJECT

private slots:
    void theSameSeedGivesTheSameRunAndAnotherSeedAnotherOne()
    {
        SimulatedRun a(shop());
        SimulatedRun b(shop());
        SimulatedRun other(shop(2));
        a.run();
        b.run();
        other.run();
        QVERIFY(areEqual(a.measurements(), b.measurements()));
        QCOMPARE(a.eventCount(), b.eventCount());
        QVERIFY(!areEqual(a.measurements(), other.measurements()));
        QVERIFY(a.measurements().offered > 1500);
        QVERIFY(a.measurements().errorCount() == 0);
    }

    void stepsAndStretchesComeToTheSameAsTheWhole()
    {
        SimulatedRun whole(shop());
        whole.run();
        SimulatedRun steps(shop());
        Instant last;
        while (steps.step()) {
            QVERIFY(last <= steps.now());
            last = steps.now();
        }
        SimulatedRun stretches(shop());
        for (Duration at = 0s; !stretches.isOver(); at += 70ms) {
            stretches.runUntil(Instant(at));
            QVERIFY(stretches.now() <= Instant(at));
        }
        QVERIFY(areEqual(steps.measurements(), whole.measurements()));
        QVERIFY(areEqual(stretches.measurements(), whole.measurements()));
        QCOMPARE(steps.eventCount(), whole.eventCount());
        QCOMPARE(stretches.eventCount(), whole.eventCount());
        QVERIFY(!steps.step());
    }

    void itGoesOnUntilTheLastRequestIsThrough()
    {
        SimulatedRun run(shop());
        run.runUntil(Instant(shop().duration));
        QVERIFY(run.underWay() > 0 && !run.isOver());
        run.run();
        QCOMPARE(run.underWay(), std::size_t{0});
        const auto sums = run.measurements();
        QCOMPARE(sums.outcomeCounts.at(measurement::Outcome::Answered), sums.offered);
        QVERIFY(sums.measured == 3500ms);
        QVERIFY(!run.hasOverflown());
    }

    void aStepBackUndoesTheLastEventAndForwardAgainComesToTheSame()
    {
        SimulatedRun run(shop());
        QVERIFY(!run.stepBack());
        run.runUntil(Instant(1s));
        const std::uint64_t events = run.eventCount();
        const Instant at = run.now();
        QVERIFY(run.stepBack());
        QVERIFY(run.stepBack());
        QCOMPARE(run.eventCount(), events - 2);
        QVERIFY(run.now() <= at);
        run.step();
        run.step();
        QVERIFY(run.now() == at && run.eventCount() == events);
        run.run();
        SimulatedRun whole(shop());
        whole.run();
        QVERIFY(areEqual(run.measurements(), whole.measurements()));
    }

    void seekingGoesBothWays()
    {
        SimulatedRun run(shop());
        SimulatedRun other(shop());
        run.seek(Instant(2s));
        run.seek(Instant(700ms));
        other.seek(Instant(700ms));
        QCOMPARE(run.eventCount(), other.eventCount());
        QVERIFY(run.now() == other.now() && run.now() <= Instant(700ms));
        QVERIFY(*run.nextAt() > Instant(700ms));
    }

    void everyRequestLeavesATrailWhereTheyAreKept()
    {
        const SimulationSpec spec = shop();
        SimulatedRun without(spec);
        without.run();
        QVERIFY(without.takeTrails().empty());
        SimulatedRun run(spec);
        run.keepTrails();
        run.run();
        QVERIFY(areEqual(run.measurements(), without.measurements()));
        const auto trails = run.takeTrails();
        QVERIFY(run.takeTrails().empty());
        std::uint64_t measured = 0;
        Instant last;
        for (const auto& trail : trails) {
            QVERIFY(last <= trail.record.ended);
            QVERIFY(trail.record.intended <= trail.began && trail.began <= trail.record.ended);
            QVERIFY(trail.entry == DoorId(0) && trail.door == DoorId(0));
            QVERIFY(trail.endpoint.isValid() && trail.client < 20);
            last = trail.record.ended;
            measured += trail.record.intended >= Instant(spec.warmUp) ? 1 : 0;
        }
        QCOMPARE(measured, run.measurements().offered);
    }

    void arrivalsAreThoseOfTheLiveRun()
    {
        SimulatedRun run(shop(9));
        run.run();
        const SimulationSpec spec = shop(9);
        std::uint64_t measured = 0;
        for (const auto& arrival : workload::arrivals(spec.traffic, spec.duration, Random(9))) {
            measured += arrival.at >= Instant(spec.warmUp) ? 1 : 0;
        }
        QCOMPARE(run.measurements().offered, measured);
    }
};

LAB_TEST(SimulatedRunTest)
#include "tst_simulated_run.moc"
