#include "support/test_main.hpp"

#include "live/lab_pods.hpp"
#include "support/raw_client.hpp"

using namespace lab::live;
using lab::test::ask;
using lab::test::connectTo;
using lab::test::eventually;
using lab::test::get;
using lab::test::isRefused;
using lab::test::RawSocket;
using namespace std::chrono_literals;

namespace {

struct World {
    World() { pods.worker().start(); }
    ~World() { pods.worker().stop(); }

    /// These run from now on. \return those that nobody needs any more
    LabPods::Handles turnTo(const std::vector<std::string>& names)
    {
        LabPods::Next next(pods);
        for (const std::string& name : names) {
            addresses[name] =
                next.addressOf("shop/" + name + ":80", {"shop", name, 80, {}, {}})->text();
        }
        return pods.commit(std::move(next));
    }

    LiveClock clock;
    LabPods pods{clock};
    std::map<std::string, std::string> addresses;
};

} // namespace

/// A pod runs from the first plan that needs it to the last, and shuts down as a pod does.
class LabPodsTest : public QObject {
    Q_OBJECT

private slots:
    void aPodThatIsStillNeededStays()
    {
        World world;
        QVERIFY(world.turnTo({"a", "b"}).empty());
        const std::string before = world.addresses["a"];
        const auto gone = world.turnTo({"a", "c"});
        QCOMPARE(world.addresses["a"], before);
        QCOMPARE(gone.size(), std::size_t{1});
        QCOMPARE(PodServer::addressOf(gone[0]).text(), world.addresses["b"]);
        QCOMPARE(world.pods.bound().size(), std::size_t{2});
        QCOMPARE(world.pods.bound()[1].pod, std::string("shop/c"));
    }

    void whatIsNotCommittedEnds()
    {
        World world;
        std::string address;
        {
            LabPods::Next next(world.pods);
            address = next.addressOf("shop/a:80", {"shop", "a", 80, {}, {}})->text();
            RawSocket client = connectTo(address);
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        QVERIFY(isRefused(address));
    }

    void aPodShutsDownInSteps()
    {
        World world;
        world.turnTo({"a"});
        const std::string address = world.addresses["a"];
        RawSocket idle = connectTo(address);
        QCOMPARE(ask(idle, get("/")).status, 200);
        const auto gone = world.turnTo({});
        world.pods.retire(gone);
        QCOMPARE(idle.end(), RawSocket::State::Ended);
        RawSocket late = connectTo(address); // of a plan that still has it
        const auto answer = ask(late, get("/"));
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.has("Connection: close"));
        world.pods.remove(gone);
        QVERIFY(isRefused(address));
        world.pods.cut(gone);
    }

    void aCutEndsWhatIsLeft()
    {
        World world;
        world.turnTo({"a"});
        RawSocket half = connectTo(world.addresses["a"]);
        half.send("GET / HT");
        QVERIFY(eventually([&] { return world.pods.worker().sessionCount() == 1; }));
        const auto gone = world.turnTo({});
        world.pods.retire(gone);
        world.pods.remove(gone);
        world.pods.cut(gone);
        QVERIFY(half.receiveAll().empty());
        QVERIFY(half.state() != RawSocket::State::TooSlow);
    }
};

LAB_TEST(LabPodsTest)
#include "tst_lab_pods.moc"
