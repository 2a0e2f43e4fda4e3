#include "support/test_main.hpp"

#include "live/reactor.hpp"
#include "support/socket_pair.hpp"

#include <memory>
#include <vector>

using namespace lab::live;
using lab::test::LiveLoop;
using lab::test::SocketPair;

namespace {

/// Notes what it is told.
class Ear final : public Watcher {
public:
    Ear(Reactor& reactor, int fd)
        : reactor_(reactor)
        , fd_(fd)
        , key(reactor.add(fd, *this))
    {
    }
    ~Ear() override
    {
        if (reactor_.watches(key)) {
            reactor_.remove(key);
        }
    }
    Ear(const Ear&) = delete;
    Ear& operator=(const Ear&) = delete;

    [[nodiscard]] int fd() const { return fd_.get(); }

    int edges = 0;
    int readableEdges = 0;
    int hangUps = 0;
    int cancellations = 0;
    int drains = 0;
    std::function<void()> onReady;
    std::function<void()> onCancelled;

private:
    void ready(Edge edge) override
    {
        ++edges;
        readableEdges += edge.isReadable ? 1 : 0;
        hangUps += edge.isHangUp ? 1 : 0;
        const auto call = onReady; // it may free this
        if (call) {
            call();
        }
    }
    void cancelled() override
    {
        ++cancellations;
        const auto call = onCancelled;
        if (call) {
            call();
        }
    }
    void drained() override { ++drains; }

    Reactor& reactor_;
    UniqueFd fd_;

public:
    Reactor::Key key;
};

} // namespace

/// Every edge reaches its watcher, and nothing reaches one that was removed.
class ReactorTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatIsThereAlready()
    {
        LiveLoop loop;
        SocketPair pair;
        pair.peer.send("x");
        QVERIFY(pair.hasArrived(1));
        const Ear ear(loop.worker.reactor(), pair.fd);
        QVERIFY(loop.turnUntil([&] { return ear.readableEdges == 1; }));
    }

    void tellsOnceAnEdge()
    {
        LiveLoop loop;
        SocketPair pair;
        const Ear ear(loop.worker.reactor(), pair.fd);
        QVERIFY(loop.turnUntil([&] { return ear.edges == 1; })); // writable
        QCOMPARE(ear.readableEdges, 0);
        pair.peer.send("x");
        QVERIFY(loop.turnUntil([&] { return ear.readableEdges == 1; }));
        loop.turn(); // still unread: no further edge
        QCOMPARE(ear.readableEdges, 1);
        pair.peer.send("y");
        QVERIFY(loop.turnUntil([&] { return ear.readableEdges == 2; }));
    }

    void tellsDataAndEndTogether()
    {
        LiveLoop loop;
        SocketPair pair;
        pair.peer.send("x");
        pair.peer.finishSending();
        QVERIFY(pair.hasArrived(1, true));
        const Ear ear(loop.worker.reactor(), pair.fd);
        QVERIFY(loop.turnUntil([&] { return ear.hangUps == 1; }));
        QCOMPARE(ear.edges, 1);
        QCOMPARE(ear.readableEdges, 1);
    }

    void tellsAReset()
    {
        LiveLoop loop;
        SocketPair pair;
        const Ear ear(loop.worker.reactor(), pair.fd);
        QVERIFY(loop.turnUntil([&] { return ear.edges == 1; }));
        pair.peer.reset();
        QVERIFY(loop.turnUntil([&] { return ear.hangUps == 1; }));
    }

    void removedMeansSilent()
    {
        LiveLoop loop;
        SocketPair pair;
        Ear ear(loop.worker.reactor(), pair.fd);
        QVERIFY(loop.turnUntil([&] { return ear.edges == 1; }));
        QVERIFY(loop.worker.reactor().watches(ear.key));
        loop.worker.reactor().remove(ear.key);
        QVERIFY(!loop.worker.reactor().watches(ear.key));
        pair.peer.send("x");
        QVERIFY(pair.hasArrived(1));
        loop.turn();
        QCOMPARE(ear.readableEdges, 0);
    }

    void aKeyIsNeverReused()
    {
        LiveLoop loop;
        std::vector<Reactor::Key> keys;
        for (int i = 0; i < 20; ++i) {
            SocketPair pair;
            const Ear ear(loop.worker.reactor(), pair.fd);
            for (const Reactor::Key key : keys) {
                QVERIFY(key != ear.key);
                QVERIFY(!loop.worker.reactor().watches(key));
            }
            keys.push_back(ear.key);
        }
    }

    void oneMayFreeAnotherOfTheSameTurn()
    {
        // Both are ready in one turn; whichever is told first frees the other.
        LiveLoop loop;
        SocketPair pairs[2];
        std::unique_ptr<Ear> ears[2];
        int told = 0;
        for (int i = 0; i < 2; ++i) {
            ears[i] = std::make_unique<Ear>(loop.worker.reactor(), pairs[i].fd);
            ears[i]->onReady = [&ears, &told, i] {
                ++told;
                ears[1 - i].reset();
            };
        }
        QVERIFY(loop.turnUntil([&] { return told > 0; }));
        loop.turn();
        QCOMPARE(told, 1);
    }

    void aSuccessorHearsNothingOfTheFreedOne()
    {
        // The second gets the slot and perhaps the descriptor of the first, within one turn.
        LiveLoop loop;
        SocketPair pair;
        SocketPair other;
        std::unique_ptr<Ear> first = std::make_unique<Ear>(loop.worker.reactor(), pair.fd);
        std::unique_ptr<Ear> second;
        SocketPair next;
        first->onReady = [&] {
            first.reset();
            second = std::make_unique<Ear>(loop.worker.reactor(), next.fd);
        };
        pair.peer.send("x");
        QVERIFY(loop.turnUntil([&] { return second && second->edges > 0; }));
        QCOMPARE(second->readableEdges, 0);
    }

    void moreEventsThanATurnTakes()
    {
        LiveLoop loop;
        constexpr int count = Reactor::eventsPerTurnMax + 40;
        std::vector<SocketPair> pairs(count);
        std::vector<std::unique_ptr<Ear>> ears;
        for (SocketPair& pair : pairs) {
            pair.peer.send("x");
            ears.push_back(std::make_unique<Ear>(loop.worker.reactor(), pair.fd));
        }
        QVERIFY(loop.turnUntil([&] {
            return std::all_of(
                ears.begin(), ears.end(), [](const auto& ear) { return ear->readableEdges > 0; });
        }));
    }

    void tellsEveryoneTheEnd()
    {
        LiveLoop loop;
        SocketPair pairs[3];
        std::unique_ptr<Ear> ears[3];
        for (int i = 0; i < 3; ++i) {
            ears[i] = std::make_unique<Ear>(loop.worker.reactor(), pairs[i].fd);
        }
        ears[0]->onCancelled = [&] { ears[2].reset(); }; // may remove others meanwhile
        loop.worker.reactor().drainIdle();
        QCOMPARE(ears[2]->drains, 1);
        QCOMPARE(ears[2]->cancellations, 0);
        loop.worker.reactor().cancelAll();
        QCOMPARE(ears[0]->cancellations, 1);
        QCOMPARE(ears[1]->cancellations, 1);
        QVERIFY(!ears[2]);
    }

    void callsBeforeEachTurn()
    {
        LiveLoop loop;
        int turns = 0;
        loop.worker.reactor().beforeTurn([&] { ++turns; });
        SocketPair pair;
        Ear ear(loop.worker.reactor(), pair.fd);
        int turnsWhenReady = 0;
        ear.onReady = [&] { turnsWhenReady = turns; };
        QVERIFY(loop.turnUntil([&] { return ear.edges > 0; }));
        QVERIFY(turnsWhenReady > 0);
    }
};

LAB_TEST(ReactorTest)
#include "tst_reactor.moc"
