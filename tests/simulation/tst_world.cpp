#include "support/test_main.hpp"

#include "simulation/world.hpp"
#include "support/simulated_shop.hpp"

using namespace lab;
using lab::simulation::SimulationSpec;
using lab::simulation::World;
using namespace std::chrono_literals;

namespace {

SimulationSpec evenly(std::shared_ptr<const plan::FrontDoorPlan> plan, double rate)
{
    SimulationSpec spec = test::simulationOf(std::move(plan), test::poisson(rate));
    spec.traffic[0].process = workload::ArrivalProcess::Constant;
    spec.otherPods.time = workload::ServiceTime::constant(5ms);
    spec.duration = 1s;
    return spec;
}

} // namespace

/// What takes how long: hops, handshakes, pods.
class WorldTest : public QObject {
    Q_OBJECT

private slots:
    void aRequestTakesItsHopsAndItsPodsTime()
    {
        World world(evenly(test::shopOf(1).build(), 10));
        while (world.step()) {
        }
        const auto sums = world.collector().result();
        QCOMPARE(sums.offered, std::uint64_t{10});
        // Warm: to the door, to the pod, and back. The first opens two connections: four hops.
        QVERIFY(sums.latency.quantile(0.5) >= 5ms + 4 * 30us);
        QVERIFY(sums.latency.quantile(0.5) < (5ms + 4 * 30us) * 1.01);
        QVERIFY(sums.latency.max() == 5ms + 8 * 30us);
        QCOMPARE(sums.connectionsOpened, std::uint64_t{1});
    }

    void tlsTakesTwoMoreHopsAndTheHandshakeOnce()
    {
        SimulationSpec spec = evenly(test::shopOf(1).build(), 10);
        spec.traffic[0].mix[0].url = "https://shop.lab/";
        World world(spec);
        while (world.step()) {
        }
        QVERIFY(world.collector().result().latency.max() == 5ms + 10 * 30us + 300us);
    }

    void aCloudDoorInFrontOfControllersIsOneHopMoreEachWay()
    {
        test::PlanBuilder builder;
        const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId cloud = builder.door("ingress", plan::DoorMode::Tcp);
        builder.route(builder.controllerOf(cloud, "controller-0"), "", "/", cart);
        builder.route(builder.controllerOf(cloud, "controller-1"), "", "/", cart);
        World world(evenly(builder.build(), 10));
        while (world.step()) {
        }
        const auto sums = world.collector().result();
        QVERIFY(sums.latency.quantile(0.5) >= 5ms + 6 * 30us);
        QVERIFY(sums.latency.max() == 5ms + 10 * 30us);
    }

    void aDoorThatWorksOnEachRequestDoesOneAfterTheOther()
    {
        SimulationSpec spec = evenly(test::shopOf(1).build(), 1000);
        spec.network.doorWork = 2ms; // twice what there is time for
        World world(spec);
        while (world.step()) {
        }
        QVERIFY(world.now() > Instant(1990ms));
        QVERIFY(world.collector().result().latency.max() > 900ms);
    }

    void itEndsWithTheLastRequestNotWithOldTimers()
    {
        World world(evenly(test::shopOf(1).build(), 10));
        QVERIFY(world.nextAt() == Instant());
        while (world.step()) {
        }
        QVERIFY(!world.nextAt().has_value());
        QVERIFY(world.now() < Instant(1s));
        QCOMPARE(world.underWay(), std::size_t{0});
        QCOMPARE(world.arrivalCount(), std::uint64_t{10});
        QCOMPARE(world.eventCount(), std::uint64_t{10 * 6 + 1}); // one SYN
        QVERIFY(!world.hasOverflown());
    }
};

LAB_TEST(WorldTest)
#include "tst_world.moc"
