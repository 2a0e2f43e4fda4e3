#include "support/test_main.hpp"

#include "live/door_worker.hpp"
#include "support/raw_client.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::test::ask;
using lab::test::get;
using lab::test::okAnswer;
using lab::test::planTo;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;

namespace {

/// A served plan with two workers on the same sockets.
struct World {
    World()
        : served(servedPlan(planTo({pods.address()}), pods.address()))
        , bound(std::move(*bindDoors(*served.plan, {})))
        , tls(std::move(*TlsServer::create()))
    {
        for (std::size_t i = 0; i < 2; ++i) {
            workers.push_back(std::make_unique<DoorWorker>(clock, i));
            workers.back()->serve(served, bound, *tls, options);
        }
    }
    ~World()
    {
        for (const auto& worker : workers) {
            worker->worker().stop();
        }
    }

    static ServedPlan servedPlan(std::shared_ptr<const lab::plan::FrontDoorPlan> plan,
                                 const std::string& pod)
    {
        ServedPlan served;
        served.plan = std::move(plan);
        served.doors.push_back(
            std::make_unique<const lab::frontdoor::FrontDoor>(served.plan, DoorId(0)));
        served.endpointAddresses.push_back(*socketAddress(std::string_view(pod)));
        served.certificates.emplace_back();
        served.controllers.emplace_back();
        served.hopFields.push_back({""});
        return served;
    }

    /// One request, the test playing the pod.
    int statusOf(RawSocket& client)
    {
        client.send(get("/"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        pod.send(okAnswer("ok", "Connection: close\r\n"));
        return receiveAnswer(client).status;
    }

    RawListener pods;
    LiveClock clock;
    LiveOptions options = lab::test::patientOptions();
    ServedPlan served;
    std::vector<BoundSocket> bound;
    std::unique_ptr<TlsServer> tls;
    std::vector<std::unique_ptr<DoorWorker>> workers;
};

} // namespace

/// Workers share a plan's sockets; each counts for itself.
class DoorWorkerTest : public QObject {
    Q_OBJECT

private slots:
    void eachConnectionIsServedByOneWorker()
    {
        World world;
        world.workers[0]->worker().start();
        world.workers[1]->worker().start();
        std::vector<RawSocket> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(lab::test::connectTo(world.bound[0].address.text()));
            QCOMPARE(world.statusOf(clients.back()), 200);
        }
        const DoorTally& first = world.workers[0]->tallies(0)[0];
        const DoorTally& second = world.workers[1]->tallies(0)[0];
        QCOMPARE(first.connectionsAccepted.value() + second.connectionsAccepted.value(),
                 std::uint64_t{20});
        QCOMPARE(first.requests.value() + second.requests.value(), std::uint64_t{20});
    }

    void theOtherGoesOnWhenOneHasStopped()
    {
        World world;
        world.workers[0]->worker().start();
        world.workers[1]->worker().start();
        world.workers[0]->worker().stop();
        for (int i = 0; i < 5; ++i) {
            RawSocket client = lab::test::connectTo(world.bound[0].address.text());
            QCOMPARE(world.statusOf(client), 200);
        }
        QCOMPARE(world.workers[1]->tallies(0)[0].requests.value(), std::uint64_t{5});
    }

    void aWorkerThatNeverStartedLeavesNothing()
    {
        const World world; // ends at once, with its listeners
        QVERIFY(!world.bound.empty());
    }
};

LAB_TEST(DoorWorkerTest)
#include "tst_door_worker.moc"
