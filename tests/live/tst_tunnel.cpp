#include "support/test_main.hpp"

#include "live/socket_stream.hpp"
#include "live/tunnel.hpp"
#include "support/socket_pair.hpp"

using namespace lab::live;
using lab::test::LiveLoop;
using lab::test::Pending;
using lab::test::RawSocket;
using lab::test::SocketPair;
using namespace std::chrono_literals;

namespace {

/// A tunnel on a loop; the test plays the client in front and the pod at the back.
struct World {
    explicit World(int bufferBytes = 0, lab::Duration idleMax = 1h)
        : front(bufferBytes)
        , back(bufferBytes)
        , bytes(loop.start([this, idleMax] { return carry(idleMax); }))
    {
    }

    Task<TunnelEnd> carry(lab::Duration idleMax)
    {
        SocketStream client(loop.worker.reactor(), loop.worker.wheel(), front.fd);
        SocketStream pod(loop.worker.reactor(), loop.worker.wheel(), back.fd);
        co_return co_await relayBothWays(loop.worker, client, pod, idleMax);
    }

    /// Turns the loop until that much has arrived at a peer.
    bool arrives(RawSocket& peer, std::size_t count, std::string& into)
    {
        return loop.turnUntil([&] {
            while (!peer.isSilent() && peer.state() == RawSocket::State::Open) {
                into += peer.receiveSome();
            }
            return into.size() >= count;
        });
    }
    bool endsAt(RawSocket& peer)
    {
        return loop.turnUntil([&] { return !peer.isSilent() || bytes.isThere(); });
    }

    LiveLoop loop;
    SocketPair front;
    SocketPair back;
    Pending<TunnelEnd> bytes;
};

} // namespace

/// Bytes, ends and breaks pass through a tunnel in both directions, and nothing piles up in it.
class TunnelTest : public QObject {
    Q_OBJECT

private slots:
    void carriesBothWays()
    {
        World world;
        std::string atPod;
        std::string atClient;
        world.front.peer.send("question");
        QVERIFY(world.arrives(world.back.peer, 8, atPod));
        world.back.peer.send("the answer");
        QVERIFY(world.arrives(world.front.peer, 10, atClient));
        QCOMPARE(atPod, std::string("question"));
        QCOMPARE(atClient, std::string("the answer"));
        world.front.peer.finishSending();
        world.back.peer.finishSending();
        QVERIFY(world.loop.finish(world.bytes));
        QCOMPARE((*world.bytes).forward, std::uint64_t{8});
        QCOMPARE((*world.bytes).back, std::uint64_t{10});
    }

    void oneSideMayEndBeforeTheOther()
    {
        World world;
        world.front.peer.send("last words");
        world.front.peer.finishSending();
        std::string atPod;
        QVERIFY(world.arrives(world.back.peer, 10, atPod));
        QVERIFY(world.endsAt(world.back.peer));
        QCOMPARE(world.back.peer.end(), RawSocket::State::Ended);
        QVERIFY(!world.bytes.isThere()); // the answer may still come
        world.back.peer.send("late answer");
        std::string atClient;
        QVERIFY(world.arrives(world.front.peer, 11, atClient));
        QCOMPARE(atClient, std::string("late answer"));
        world.back.peer.finishSending();
        QVERIFY(world.loop.finish(world.bytes));
        QCOMPARE(world.front.peer.end(), RawSocket::State::Ended);
    }

    void aBreakOfOneSideBreaksTheOther_data()
    {
        QTest::addColumn<bool>("isClient");
        QTest::newRow("the client's") << true;
        QTest::newRow("the pod's") << false;
    }
    void aBreakOfOneSideBreaksTheOther()
    {
        QFETCH(const bool, isClient);
        World world;
        RawSocket& breaking = isClient ? world.front.peer : world.back.peer;
        RawSocket& other = isClient ? world.back.peer : world.front.peer;
        std::string arrived;
        breaking.send("x");
        QVERIFY(world.arrives(other, 1, arrived));
        breaking.reset();
        QVERIFY(world.loop.finish(world.bytes));
        QCOMPARE(other.end(), RawSocket::State::Cut); // and not a proper end
    }

    void takesNoMoreThanTheOtherSideDoes()
    {
        World world(4096);
        const std::string piece(64 * 1024, 'x');
        std::size_t sent = 0;
        std::size_t before = 1;
        // Until nothing fits any more: the sockets' buffers and one piece in the tunnel.
        while (sent != before) {
            before = sent;
            for (int i = 0; i < 50; ++i) {
                world.loop.turn();
                const ssize_t count =
                    ::send(world.front.peer.fd(), piece.data(), piece.size(), MSG_NOSIGNAL);
                sent += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
            }
        }
        QVERIFY2(sent < Buffer::capacity + 400'000, qPrintable(QString::number(sent)));
        std::string atPod;
        QVERIFY(world.arrives(world.back.peer, sent, atPod));
        QCOMPARE(atPod.size(), sent);
        world.front.peer.finishSending();
        world.back.peer.finishSending();
        QVERIFY(world.loop.finish(world.bytes));
        QCOMPARE((*world.bytes).forward, std::uint64_t{sent});
    }

    void aStuckDirectionDoesNotHoldTheOther()
    {
        World world(4096);
        const std::string much(500'000, 'x');
        world.front.peer.send(much.substr(0, 2000));
        std::string_view left = much;
        QVERIFY(world.loop.turnUntil([&] { // the pod takes nothing
            const ssize_t count =
                ::send(world.front.peer.fd(), left.data(), left.size(), MSG_NOSIGNAL);
            return count < 0;
        }));
        world.back.peer.send("answer");
        std::string atClient;
        QVERIFY(world.arrives(world.front.peer, 6, atClient));
        QCOMPARE(atClient, std::string("answer"));
    }

    void silenceEndsItAndTrafficKeepsIt()
    {
        World world(0, 10min);
        DeadlineWheel& wheel = world.loop.worker.wheel();
        const lab::Instant start = world.loop.clock.now();
        std::string atPod;
        wheel.advance(start + 9min);
        QVERIFY(!world.bytes.isThere());
        world.front.peer.send("x"); // moves both directions' deadline, from the worker's now()
        QVERIFY(world.arrives(world.back.peer, 1, atPod));
        wheel.advance(start + 9min + 59s);
        QVERIFY(!world.bytes.isThere());
        wheel.advance(start + 11min);
        QVERIFY(world.bytes.isThere());
    }

    void aDrainNeedNotWaitForTheClient_data()
    {
        QTest::addColumn<bool>("drainsFirst");
        QTest::newRow("the pod ends before the drain") << false;
        QTest::newRow("the pod ends while it drains") << true;
    }
    void aDrainNeedNotWaitForTheClient()
    {
        QFETCH(const bool, drainsFirst);
        World world;
        if (drainsFirst) {
            world.loop.worker.drain();
        }
        world.back.peer.send("all that it has to say");
        world.back.peer.finishSending();
        QVERIFY(world.loop.turnUntil([&] { return !world.front.peer.isSilent(); }));
        if (!drainsFirst) {
            world.loop.worker.drain();
        }
        QVERIFY(world.loop.finish(world.bytes));
        QCOMPARE(world.front.peer.receiveAll(), std::string("all that it has to say"));
        QCOMPARE(world.front.peer.state(), RawSocket::State::Ended);
    }

    void aDrainWaitsForTheAnswer()
    {
        World world;
        world.front.peer.send("question");
        world.front.peer.finishSending();
        std::string atPod;
        QVERIFY(world.arrives(world.back.peer, 8, atPod));
        world.loop.worker.drain();
        world.loop.turn();
        QVERIFY(!world.bytes.isThere());
        world.back.peer.send("answer");
        std::string atClient;
        QVERIFY(world.arrives(world.front.peer, 6, atClient));
        QCOMPARE(atClient, std::string("answer"));
    }

    void cuttingEndsItWhateverItWaitsFor_data()
    {
        QTest::addColumn<bool>("hasClientEnded");
        QTest::addColumn<bool>("hasPodEnded");
        QTest::newRow("for both") << false << false;
        QTest::newRow("for the pod") << true << false;
        QTest::newRow("for the client") << false << true;
    }
    void cuttingEndsItWhateverItWaitsFor()
    {
        QFETCH(const bool, hasClientEnded);
        QFETCH(const bool, hasPodEnded);
        World world;
        if (hasClientEnded) {
            world.front.peer.finishSending();
            QVERIFY(world.endsAt(world.back.peer));
        }
        if (hasPodEnded) {
            world.back.peer.finishSending();
            QVERIFY(world.endsAt(world.front.peer));
        }
        world.loop.worker.tunnels().cutWhere([](const auto&) { return true; });
        QVERIFY(world.bytes.isThere());
        QCOMPARE((*world.bytes).cause,
                 hasPodEnded ? TunnelEnd::Cause::Finished : TunnelEnd::Cause::Cut);
    }

    void cuttingEndsAStuckOne()
    {
        World world(4096);
        const std::string much(500'000, 'x');
        std::string_view left = much;
        QVERIFY(world.loop.turnUntil([&] { // the pod takes nothing
            const ssize_t count =
                ::send(world.front.peer.fd(), left.data(), left.size(), MSG_NOSIGNAL);
            return count < 0;
        }));
        world.loop.worker.tunnels().cutWhere([](const auto&) { return true; });
        QVERIFY(world.bytes.isThere());
    }

    void cancellingEndsIt()
    {
        World world;
        world.loop.worker.reactor().cancelAll();
        QVERIFY(world.bytes.isThere());
    }
};

LAB_TEST(TunnelTest)
#include "tst_tunnel.moc"
