#include "support/test_main.hpp"

#include "live/socket_stream.hpp"
#include "live/upstream_pool.hpp"
#include "support/socket_pair.hpp"

using namespace lab::live;
using lab::Instant;
using lab::test::LiveLoop;
using lab::test::RawSocket;
using lab::test::SocketPair;
using namespace std::chrono_literals;

namespace {

/// A pool, and connections to give it whose other ends the test holds.
struct World {
    World() { pool.openOnly({true, true, true}); }

    /// Gives a new connection to that endpoint. \return its descriptor, to know it again
    int give(std::size_t endpoint, Instant now = Instant())
    {
        SocketPair pair;
        peers.push_back(std::move(pair.peer));
        pool.give(AddressId(endpoint), streamOn(pair.fd), now);
        loop.turn();
        return pair.fd;
    }
    std::unique_ptr<Stream> streamOn(int fd)
    {
        return std::make_unique<SocketStream>(loop.worker.reactor(), loop.worker.wheel(), fd);
    }
    /// The descriptor of what the pool lends, or -1; the connection is closed.
    int takeOnce(std::size_t endpoint)
    {
        const auto stream = pool.take(AddressId(endpoint));
        return stream ? static_cast<SocketStream&>(*stream).descriptor() : -1;
    }
    /// Has that peer seen the end of its connection?
    bool isClosed(std::size_t peer) { return peers[peer].end() == RawSocket::State::Ended; }

    LiveLoop loop;
    UpstreamPool pool;
    std::vector<RawSocket> peers;
};

} // namespace

/// Only connections that are good for another request are lent, and never to another endpoint.
class UpstreamPoolTest : public QObject {
    Q_OBJECT

private slots:
    void lendsTheLastOneFirst()
    {
        World world;
        const int first = world.give(1);
        const int second = world.give(1);
        QVERIFY(!world.pool.take(AddressId(0)));
        QVERIFY(!world.pool.take(AddressId(2)));
        QCOMPARE(world.takeOnce(1), second);
        QCOMPARE(world.takeOnce(1), first);
        QCOMPARE(world.takeOnce(1), -1);
    }

    void whatIsLentIsNoLongerIdle()
    {
        World world;
        world.give(0);
        const auto stream = world.pool.take(AddressId(0));
        QVERIFY(stream && !stream->isIdle());
        world.loop.worker.reactor().drainIdle();
        QVERIFY(stream->isQuiet()); // a draining worker left it alone
    }

    void throwsAwayWhatIsNotQuiet_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("closed by its pod") << "end";
        QTest::newRow("reset") << "reset";
        QTest::newRow("bytes that nobody asked for") << "bytes";
    }
    void throwsAwayWhatIsNotQuiet()
    {
        QFETCH(const QString, what);
        for (const bool hasSeenTheEdge : {true, false}) {
            World world;
            const int good = world.give(0);
            const int bad = world.give(0);
            if (what == "end") {
                world.peers[1].finishSending();
            } else if (what == "reset") {
                world.peers[1].reset();
            } else {
                world.peers[1].send("HTTP/1.1 408 Request Timeout\r\n\r\n");
            }
            pollfd entry{bad, POLLIN, 0};
            QCOMPARE(::poll(&entry, 1, 20'000), 1);
            if (hasSeenTheEdge) {
                world.loop.turn();
            }
            // Without the edge only a look at the socket can tell.
            const int taken = world.takeOnce(0);
            QVERIFY(taken == good || !hasSeenTheEdge);
            QCOMPARE(world.takeOnce(0), taken == good ? -1 : good);
        }
    }

    void keepsALimitedNumber()
    {
        World world;
        constexpr std::size_t more = 3;
        for (std::size_t i = 0; i < UpstreamPool::idlePerAddressMax + more; ++i) {
            world.give(0);
        }
        for (std::size_t i = 0; i < more; ++i) {
            QVERIFY(world.isClosed(UpstreamPool::idlePerAddressMax + i));
        }
        std::size_t count = 0;
        while (world.takeOnce(0) >= 0) {
            ++count;
        }
        QCOMPARE(count, UpstreamPool::idlePerAddressMax);
    }

    void sweepsWhatIsOldOrClosed()
    {
        World world;
        const Instant start(1h);
        world.give(0, start);
        const int young = world.give(0, start + 1s);
        world.give(1, start + 1s);
        world.peers[2].finishSending();
        QVERIFY(world.loop.turnUntil([&] {
            world.pool.sweep(start + 1s);
            return world.peers[2].isSilent() == false;
        }));
        world.pool.sweep(start + UpstreamPool::idleTimeMax); // not yet too old
        QVERIFY(world.peers[0].isSilent() && world.peers[1].isSilent());
        world.pool.sweep(start + UpstreamPool::idleTimeMax + 1ns);
        QVERIFY(world.isClosed(0));
        QVERIFY(world.isClosed(2));
        QCOMPARE(world.takeOnce(0), young);
        QCOMPARE(world.takeOnce(1), -1);
    }

    void keptConnectionsHaveNoDeadline()
    {
        World world;
        SocketPair pair;
        auto stream = world.streamOn(pair.fd);
        stream->expireAt(world.loop.clock.now() + 1s);
        world.pool.give(AddressId(0), std::move(stream), Instant());
        world.loop.turn();
        world.loop.worker.wheel().advance(world.loop.clock.now() + 1h);
        QVERIFY(world.pool.take(AddressId(0)));
    }

    void aDrainEndsThem()
    {
        World world;
        world.give(0);
        world.loop.worker.drain();
        QVERIFY(!world.pool.take(AddressId(0)));
        QVERIFY(world.isClosed(0));
    }

    void clearClosesAll()
    {
        World world;
        world.give(0);
        world.give(2);
        world.pool.clear();
        QVERIFY(world.isClosed(0) && world.isClosed(1));
        QCOMPARE(world.takeOnce(0), -1);
    }
};

LAB_TEST(UpstreamPoolTest)
#include "tst_upstream_pool.moc"
