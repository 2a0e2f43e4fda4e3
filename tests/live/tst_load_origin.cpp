#include "support/test_main.hpp"

#include "live/load_origin.hpp"

#include <chrono>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab::live;

/// Connections are used again as a browser does it, and never more of them than allowed.
class LoadOriginTest : public QObject {
    Q_OBJECT

private slots:
    void theConnectionUsedLastComesFirst()
    {
        LoadOrigin origin = originOf(4);
        auto first = opened(origin.begin(item(1, 0)));
        auto second = opened(origin.begin(item(2, 0)));
        const auto* usedFirst = first.get();
        const auto* usedLast = second.get();
        origin.giveBack(std::move(first));
        origin.giveBack(std::move(second));
        const auto third = origin.begin(item(3, 0));
        const auto fourth = origin.begin(item(4, 0));
        QCOMPARE(third->connection.get(), usedLast);
        QCOMPARE(fourth->connection.get(), usedFirst);
        QCOMPARE(origin.openCount(), std::size_t{2});
    }

    void clientsDoNotShareConnections()
    {
        LoadOrigin origin = originOf(4);
        origin.giveBack(opened(origin.begin(item(1, 7))));
        const auto other = origin.begin(item(2, 8));
        QVERIFY(other && other->connection == nullptr); // may open its own
        const auto same = origin.begin(item(3, 7));
        QVERIFY(same && same->connection != nullptr);
    }

    void atTheLimitTheIdleConnectionOfAnotherMakesRoom()
    {
        LoadOrigin origin = originOf(2);
        origin.giveBack(opened(origin.begin(item(1, 1))));
        const auto busy = opened(origin.begin(item(2, 2)));
        const auto turn = origin.begin(item(3, 3));
        QVERIFY(turn && turn->connection == nullptr);
        QCOMPARE(origin.openCount(), std::size_t{2});
        QVERIFY(!origin.begin(item(4, 1))); // all in use now
        QCOMPARE(origin.waitingCount(), std::size_t{1});
        origin.release(3);
        QCOMPARE(origin.next()->item.arrival, std::size_t{4});
        QVERIFY(!origin.next());
    }

    void whoWaitsIsServedInOrder()
    {
        LoadOrigin origin = originOf(1);
        auto connection = opened(origin.begin(item(1, 0)));
        for (std::size_t arrival = 2; arrival < 10; ++arrival) {
            QVERIFY(!origin.begin(item(arrival, 0)));
        }
        for (std::size_t arrival = 2; arrival < 10; ++arrival) {
            QVERIFY(!origin.next());
            origin.giveBack(std::move(connection));
            auto turn = origin.next();
            QCOMPARE(turn->item.arrival, arrival);
            connection = std::move(turn->connection);
            QVERIFY(connection != nullptr);
        }
    }

    void anOverloadDoesNotMakeNewConnections()
    {
        // Two clients, a connection each, both lines never empty: each serves its own.
        LoadOrigin origin = originOf(2);
        std::shared_ptr<LoadConnection> connections[] = {opened(origin.begin(item(0, 0))),
                                                         opened(origin.begin(item(1, 1)))};
        for (std::size_t arrival = 2; arrival < 42; ++arrival) {
            QVERIFY(!origin.begin(item(arrival, arrival % 2)));
        }
        for (int round = 0; round < 20; ++round) {
            for (auto& connection : connections) {
                const auto* given = connection.get();
                origin.giveBack(std::move(connection));
                auto turn = origin.next();
                QCOMPARE(turn->connection.get(), given);
                QCOMPARE(turn->item.client, given->client);
                connection = std::move(turn->connection);
            }
        }
        QCOMPARE(origin.waitingCount(), std::size_t{0});
    }

    void whoHasNoConnectionAtAllGetsOneWhenItIsFirst()
    {
        LoadOrigin origin = originOf(1);
        auto connection = opened(origin.begin(item(1, 0)));
        QVERIFY(!origin.begin(item(2, 1)));
        QVERIFY(!origin.begin(item(3, 0)));
        origin.giveBack(std::move(connection));
        const auto turn = origin.next();
        QCOMPARE(turn->item.arrival, std::size_t{2});
        QVERIFY(turn->connection == nullptr);
    }

    void theOverdueLeaveTheLine()
    {
        LoadOrigin origin = originOf(1);
        const auto busy = opened(origin.begin(item(1, 0)));
        QVERIFY(!origin.begin(item(2, 0)));
        QVERIFY(!origin.begin(item(3, 1)));
        QVERIFY(!origin.takeOverdue(timeOf(1)));
        QCOMPARE(origin.takeOverdue(timeOf(2))->arrival, std::size_t{2});
        QVERIFY(!origin.takeOverdue(timeOf(2)));
        QCOMPARE(origin.takeOverdue(timeOf(9))->arrival, std::size_t{3});
        QVERIFY(!origin.takeOverdue(timeOf(9)));
    }

    void closedOrTalkativeConnectionsAreDropped()
    {
        LoadOrigin origin = originOf(4);
        std::shared_ptr<LoadConnection> connections[3];
        int peers[3] = {};
        for (int i = 0; i < 3; ++i) {
            connections[i] = opened(origin.begin(item(0, 0)), &peers[i]);
        }
        for (auto& connection : connections) {
            origin.giveBack(std::move(connection));
        }
        ::close(peers[2]);
        QCOMPARE(::write(peers[1], "x", 1), ssize_t{1}); // an answer that nobody asked for
        context_.poll();                                 // edges come in as on a worker
        const auto turn = origin.begin(item(1, 0));
        QVERIFY(turn && turn->connection != nullptr);
        QCOMPARE(origin.openCount(), std::size_t{1});
        ::close(peers[0]);
        ::close(peers[1]);
    }

    void cleanup()
    {
        for (const int peer : peers_) {
            ::close(peer);
        }
        peers_.clear();
    }

private:
    static lab::Instant timeOf(std::size_t arrival)
    {
        return lab::Instant(std::chrono::seconds(arrival));
    }

    static LoadItem item(std::size_t arrival, std::size_t client)
    {
        return {
            arrival, static_cast<std::uint32_t>(client), timeOf(arrival), timeOf(arrival), true};
    }

    static LoadOrigin originOf(std::size_t connectionsMax)
    {
        return {*socketAddress("127.0.0.1:1"), false, "", connectionsMax};
    }

    /// Opens the connection that the turn asks for.
    std::shared_ptr<LoadConnection> opened(const std::optional<LoadTurn>& turn, int* peer = {})
    {
        int ends[2] = {};
        const int result = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends);
        if (!turn || turn->connection || result != 0) {
            return nullptr;
        }
        if (peer != nullptr) {
            *peer = ends[1];
        } else {
            peers_.push_back(ends[1]);
        }
        return std::make_shared<LoadConnection>(reactor_, wheel_, ends[0], turn->item.client);
    }

    Reactor::Context context_;
    Reactor reactor_{context_};
    DeadlineWheel wheel_{lab::Instant()};
    std::vector<int> peers_;
};

LAB_TEST(LoadOriginTest)
#include "tst_load_origin.moc"
