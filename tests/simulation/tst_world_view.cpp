#include "support/test_main.hpp"

#include "support/simulated_shop.hpp"

using namespace lab;
using namespace lab::simulation;
using namespace std::chrono_literals;

namespace {

/// A request every 200 ms, the first at once; each hop takes 10 ms, and a pod 50 ms.
SimulationSpec slowShop()
{
    SimulationSpec spec = test::simulationOf(test::shopOf(1).build(), test::poisson(5));
    spec.traffic[0].process = workload::ArrivalProcess::Constant;
    spec.network.hop = 10ms;
    spec.otherPods.time = workload::ServiceTime::constant(50ms);
    spec.otherPods.workers = 1;
    spec.duration = 1s;
    return spec;
}

} // namespace

/// Who looks down on a run sees where each request is, and what the pods do.
class WorldViewTest : public QObject {
    Q_OBJECT

private slots:
    void aRequestIsSeenOnEachLegOfItsWay_data()
    {
        QTest::addColumn<int>("atMs"); // the second request: its connections stand
        QTest::addColumn<int>("leg");
        QTest::newRow("on its way to the door") << 205 << static_cast<int>(Leg::ToDoor);
        QTest::newRow("from there to the pod") << 215 << static_cast<int>(Leg::ToPod);
        QTest::newRow("served") << 245 << static_cast<int>(Leg::AtPod);
        QTest::newRow("its answer comes to the door") << 275 << static_cast<int>(Leg::FromPod);
        QTest::newRow("and to its client") << 285 << static_cast<int>(Leg::ToClient);
    }
    void aRequestIsSeenOnEachLegOfItsWay()
    {
        QFETCH(int, atMs);
        QFETCH(int, leg);
        SimulatedRun run(slowShop());
        run.runUntil(Instant(std::chrono::milliseconds(atMs)));
        const RunView view = run.view();
        QCOMPARE(view.requests.size(), std::size_t{1});
        const RequestInSight& seen = view.requests.front();
        QCOMPARE(static_cast<int>(seen.leg), leg);
        QCOMPARE(seen.number, std::uint64_t{1});
        QVERIFY(seen.entryDoor == DoorId(0));
        const bool isAtPod = seen.leg == Leg::AtPod;
        QVERIFY(isAtPod ? seen.until == seen.since : seen.until == seen.since + 10ms);
        QCOMPARE(view.pods.at(0).inService, isAtPod ? std::size_t{1} : std::size_t{0});
        const bool isAnswered = seen.leg == Leg::FromPod || seen.leg == Leg::ToClient;
        QCOMPARE(seen.status, isAnswered ? 200 : 0);
    }

    void theFirstRequestOpensItsConnectionsAndARefusalIsSeenOnItsWayBack()
    {
        test::PlanBuilder builder = test::shopOf(1);
        builder.at(DoorId(0)).limit = limiting::BucketPolicy{1e-3, 1};
        SimulationSpec spec = slowShop();
        spec.plan = builder.build();
        SimulatedRun run(spec);
        run.runUntil(Instant(5ms));
        QVERIFY(run.view().requests.at(0).leg == Leg::Connecting);
        run.runUntil(Instant(215ms)); // the second one, which the bucket does not let pass
        const auto requests = run.view().requests;
        QVERIFY(requests.back().leg == Leg::ToClient);
        QVERIFY(requests.back().isRefused);
        QCOMPARE(requests.back().status, std::uint16_t{429});
    }

    void noMoreAreShownThanAskedForTheOldestFirst()
    {
        SimulationSpec spec = slowShop();
        spec.traffic[0].ratePerSecond = 100; // five times what the pod can do
        SimulatedRun run(spec);
        run.runUntil(Instant(900ms));
        const RunView all = run.view();
        QVERIFY(all.requests.size() > 50);
        QCOMPARE(all.requests.size(), all.underWay);
        QCOMPARE(all.pods.at(0).inService, std::size_t{1});
        QVERIFY(all.pods.at(0).inLine > 40);
        const RunView few = run.view(3);
        QCOMPARE(few.requests.size(), std::size_t{3});
        QCOMPARE(few.underWay, all.underWay);
        QCOMPARE(few.requests[0].number, all.requests[0].number);
        QVERIFY(few.requests[0].number < few.requests[1].number);
    }
};

LAB_TEST(WorldViewTest)
#include "tst_world_view.moc"
