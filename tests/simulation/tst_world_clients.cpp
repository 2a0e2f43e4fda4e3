#include "support/test_main.hpp"

#include "simulation/world.hpp"
#include "support/simulated_shop.hpp"

using namespace lab;
using lab::measurement::Outcome;
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

SimulationSpec shop(double rate, Duration time, std::uint32_t clients = 1)
{
    SimulationSpec spec = test::simulationOf(test::shopOf(1).build(), test::poisson(rate, clients));
    spec.otherPods.time = workload::ServiceTime::constant(time);
    return spec;
}

std::uint64_t count(const measurement::Measurements& sums, Outcome outcome)
{
    const auto found = sums.outcomeCounts.find(outcome);
    return found == sums.outcomeCounts.end() ? 0 : found->second;
}

} // namespace

/// Connections, patience, and what becomes of those who have no door.
class WorldClientsTest : public QObject {
    Q_OBJECT

private slots:
    void aUrlWithoutADoorIsNeverSent()
    {
        SimulationSpec spec = shop(100, 1ms);
        spec.destinations[0][0].door = DoorId();
        const auto sums = measured(spec);
        QVERIFY(sums.offered > 300);
        QCOMPARE(count(sums, Outcome::NoDoor), sums.offered);
        QCOMPARE(sums.connectionsOpened, std::uint64_t{0});
    }

    void whoHasNoPatienceLeftTimesOutAndNothingIsLost()
    {
        SimulationSpec spec = shop(100, 1ms);
        spec.otherPods = {workload::ServiceTime::constant(50ms), 1, 1'000'000}; // five times full
        spec.patience = 300ms;
        spec.timeouts.answer = 10s;
        const auto sums = measured(spec);
        QVERIFY(count(sums, Outcome::TimedOut) > sums.offered / 2);
        QVERIFY(count(sums, Outcome::Answered) > 2);
        QCOMPARE(count(sums, Outcome::TimedOut) + count(sums, Outcome::Answered), sums.offered);
        QVERIFY(sums.latency.max() <= 300ms);
    }

    void withoutAFreeConnectionOneWaitsInLine()
    {
        SimulationSpec spec = shop(300, 10ms, 5); // three at once, and two may
        spec.connectionsPerDestinationMax = 2;
        spec.patience = 1s;
        const auto sums = measured(spec);
        QVERIFY(sums.latency.max() > 500ms);
        QVERIFY(count(sums, Outcome::TimedOut) > 100);
        QCOMPARE(count(sums, Outcome::TimedOut) + count(sums, Outcome::Answered), sums.offered);
        QVERIFY(sums.perSecond(sums.admitted) < 2 / 0.010);
        QVERIFY(sums.perSecond(sums.admitted) > 150);
    }

    void aTcpDoorLeadsStraightToAPodForTheConnectionsLife()
    {
        test::PlanBuilder builder(plan::Style::PerService);
        const EndpointId pods[] = {builder.pod("a"), builder.pod("b"), builder.pod("c")};
        const UpstreamId cart = builder.upstream("cart", {pods[0], pods[1], pods[2]});
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).ports[0].upstream = cart;
        SimulationSpec spec = test::simulationOf(builder.build(), test::poisson(50));
        spec.otherPods = {workload::ServiceTime::constant(1ms), 1, 0};
        const auto sums = measured(spec);
        QCOMPARE(count(sums, Outcome::Answered), sums.offered);
        QVERIFY(sums.latency.quantile(0.5) >= 1ms + 4 * 30us);
        QVERIFY(sums.latency.quantile(0.5) < (1ms + 4 * 30us) * 1.01);
    }

    void aPodSpeaksNoTlsBehindATcpDoorAndATlsDoorDoesItForIt()
    {
        for (const auto mode : {plan::DoorMode::Tcp, plan::DoorMode::Tls}) {
            test::PlanBuilder builder(plan::Style::PerService);
            const UpstreamId cart = builder.upstream("cart", {builder.pod("a")});
            const DoorId door = builder.door("shop/cart", mode);
            builder.at(door).ports[0] = {443, true, cart};
            workload::Traffic traffic = test::poisson(50);
            traffic.mix[0].url = "https://shop.lab/";
            const auto sums = measured(test::simulationOf(builder.build(), traffic));
            const bool isTcp = mode == plan::DoorMode::Tcp;
            QCOMPARE(count(sums, isTcp ? Outcome::TlsFailed : Outcome::Answered), sums.offered);
        }
    }

    void behindATcpDoorAKilledPodTakesItsConnectionsAlong()
    {
        test::PlanBuilder builder(plan::Style::PerService);
        const EndpointId pods[] = {builder.pod("a"), builder.pod("b")};
        const UpstreamId cart = builder.upstream("cart", {pods[0], pods[1]});
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).ports[0].upstream = cart;
        SimulationSpec spec = test::simulationOf(builder.build(), test::poisson(100, 20));
        spec.otherPods.time = workload::ServiceTime::constant(5ms);
        spec.incidents = {{Instant(2s), "shop/cart", 1, {simulation::PodFault::Kind::Kill, 0, {}}}};
        const auto sums = measured(spec);
        // Nobody tries again there: a new connection to the dead one is broken too.
        QVERIFY(count(sums, Outcome::Broken) > 5);
        QVERIFY(count(sums, Outcome::Broken) < 60); // and those that find the other one keep it
        QCOMPARE(count(sums, Outcome::Broken) + count(sums, Outcome::Answered), sums.offered);
    }

    void aDoorWithoutPodsClosesTheConnection()
    {
        test::PlanBuilder builder(plan::Style::PerService);
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).ports[0].upstream = builder.upstream("cart", {});
        const auto sums = measured(test::simulationOf(builder.build(), test::poisson(50)));
        QCOMPARE(count(sums, Outcome::Broken), sums.offered);
    }

    void theIdealBucketSeesTheSameArrivals()
    {
        SimulationSpec spec = shop(200, 1ms);
        spec.ideal = limiting::BucketPolicy{100, 10};
        const auto sums = measured(spec);
        QVERIFY(sums.idealAdmitted > 380 && sums.idealAdmitted <= 410);
        QCOMPARE(sums.admitted, sums.offered);
        QCOMPARE(sums.services.at("shop/cart").requests, sums.offered);
        QVERIFY(sums.responseBytes > 0 && sums.requestBytes > 0);
    }
};

LAB_TEST(WorldClientsTest)
#include "tst_world_clients.moc"
