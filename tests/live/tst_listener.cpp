#include "support/test_main.hpp"

#include "live/listener.hpp"
#include "support/live_loop.hpp"
#include "support/no_descriptors.hpp"
#include "support/raw_socket.hpp"

#include <sys/resource.h>
#include <vector>

using namespace lab::live;
using lab::test::connectTo;
using lab::test::LiveLoop;
using lab::test::NoDescriptors;
using lab::test::RawSocket;

namespace {

/// A listener that keeps what it accepts.
struct Door {
    explicit Door(LiveLoop& loop, UniqueFd fd = bound())
        : address(localAddressOf(fd.get()).text())
        , listener(loop.worker.reactor(), fd.release(), [this](int accepted, const auto& from) {
            connections.emplace_back(accepted);
            peers.push_back(from.host());
        })
    {
    }

    static UniqueFd bound() { return UniqueFd(*listenOn(*socketAddress("127.0.0.1", 0))); }

    std::vector<UniqueFd> connections;
    std::vector<std::string> peers;
    std::string address;
    Listener listener;
};

} // namespace

/// Connections are accepted as they come, and nothing else happens when they cannot be.
class ListenerTest : public QObject {
    Q_OBJECT

private slots:
    void handsOnEveryConnectionOnce()
    {
        LiveLoop loop;
        Door door(loop);
        std::vector<RawSocket> clients;
        constexpr std::size_t count = 3 * Listener::acceptedPerTurnMax;
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(connectTo(door.address, "127.0.3.4"));
        }
        QVERIFY(loop.turnUntil([&] { return door.connections.size() == count; }));
        loop.turn();
        QCOMPARE(door.connections.size(), count);
        QCOMPARE(door.peers.front(), std::string("127.0.3.4"));
        for (const UniqueFd& connection : door.connections) {
            QVERIFY((::fcntl(connection.get(), F_GETFL) & O_NONBLOCK) != 0);
            QVERIFY((::fcntl(connection.get(), F_GETFD) & FD_CLOEXEC) != 0);
        }
    }

    void acceptsNothingOnceClosed()
    {
        LiveLoop loop;
        Door door(loop);
        door.listener.close();
        door.listener.close(); // twice does no harm
        QVERIFY(lab::test::isRefused(door.address));
    }

    void closesWhenItsWorkerDrains()
    {
        LiveLoop loop;
        Door door(loop);
        loop.worker.drain();
        QVERIFY(lab::test::isRefused(door.address));
    }

    void mayBeClosedByWhatItAccepted()
    {
        LiveLoop loop;
        UniqueFd fd = Door::bound();
        const std::string address = localAddressOf(fd.get()).text();
        std::unique_ptr<Listener> listener;
        int accepted = 0;
        listener = std::make_unique<Listener>(
            loop.worker.reactor(), fd.release(), [&](int connection, const SocketAddress&) {
                ++accepted;
                UniqueFd closes(connection);
                listener->close();
            });
        std::vector<RawSocket> clients;
        clients.push_back(connectTo(address));
        clients.push_back(connectTo(address));
        QVERIFY(loop.turnUntil([&] { return accepted > 0; }));
        loop.turn();
        QCOMPARE(accepted, 1);
    }

    void anotherWorkerGoesOnWhenOneCloses()
    {
        // Two loops with duplicates of one socket, as two workers have them.
        LiveLoop first;
        LiveLoop second;
        UniqueFd fd = Door::bound();
        Door closing(first, fd.duplicate());
        Door staying(second, std::move(fd));
        closing.listener.close();
        std::vector<RawSocket> clients;
        for (int i = 0; i < 10; ++i) {
            clients.push_back(connectTo(staying.address));
        }
        // What the first has closed must not wake it again and again.
        int turns = 0;
        first.worker.reactor().beforeTurn([&] { ++turns; });
        for (int i = 0; i < 50; ++i) {
            first.worker.context().poll_one();
        }
        QVERIFY(turns <= 1);
        QVERIFY(second.turnUntil([&] { return staying.connections.size() == 10; }));
        QVERIFY(closing.connections.empty());
    }

    void restsWhereItCanNotEvenDropThem()
    {
        LiveLoop loop;
        Door door(loop);
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit none = before;
        none.rlim_cur = 1; // the spare descriptor is beyond it too
        RawSocket client = connectTo(door.address);
        ::setrlimit(RLIMIT_NOFILE, &none);
        int handlers = 0;
        while (handlers < 100 && loop.worker.context().poll_one() > 0) {
            ++handlers;
        }
        ::setrlimit(RLIMIT_NOFILE, &before);
        QVERIFY2(handlers < 100, "it is called again and again");
        QVERIFY(door.connections.empty() && client.isSilent());
        QVERIFY(loop.turnUntil([&] { return door.connections.size() == 1; })); // by itself
    }

    void closesWhileItRests()
    {
        LiveLoop loop;
        Door door(loop);
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit none = before;
        none.rlim_cur = 1;
        const RawSocket client = connectTo(door.address);
        ::setrlimit(RLIMIT_NOFILE, &none);
        loop.turn();
        ::setrlimit(RLIMIT_NOFILE, &before);
        door.listener.close();
        loop.worker.reactor().wakeResting(); // nothing is left to be watched
        loop.turn();
        QVERIFY(door.connections.empty());
    }

    void dropsConnectionsForLackOfDescriptors()
    {
        LiveLoop loop;
        Door door(loop);
        RawSocket client = connectTo(door.address);
        {
            const NoDescriptors none;
            QVERIFY(loop.turnUntil([&] { return client.isSilent() == false; }));
            QCOMPARE(client.end(), RawSocket::State::Ended);
            QVERIFY(door.connections.empty());
        }
        const RawSocket later = connectTo(door.address);
        QVERIFY(loop.turnUntil([&] { return door.connections.size() == 1; }));
    }
};

LAB_TEST(ListenerTest)
#include "tst_listener.moc"
