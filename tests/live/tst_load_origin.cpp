#include "support/test_main.hpp"

#include "live/load_origin.hpp"

#include <array>
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
        auto first = open(origin, 0);
        auto second = open(origin, 0);
        const auto* second_ = second.get();
        const auto* first_ = first.get();
        origin.giveBack(std::move(first));
        origin.giveBack(std::move(second));
        const auto taken = origin.takeIdle(0);
        QCOMPARE(taken.get(), second_);
        const auto next = origin.takeIdle(0);
        QCOMPARE(next.get(), first_);
        QVERIFY(origin.takeIdle(0) == nullptr);
    }

    void clientsDoNotShareConnections()
    {
        LoadOrigin origin = originOf(4);
        origin.giveBack(open(origin, 7));
        QVERIFY(origin.takeIdle(8) == nullptr);
        QVERIFY(origin.takeIdle(7) != nullptr);
    }

    void atTheLimitAnIdleOneMakesRoom()
    {
        LoadOrigin origin = originOf(2);
        origin.giveBack(open(origin, 1));
        const auto busy = open(origin, 2);
        QVERIFY(origin.reserve()); // the idle one of client 1 was closed for it
        QVERIFY(origin.takeIdle(1) == nullptr);
        QCOMPARE(origin.openCount(), std::size_t{2});
        QVERIFY(!origin.reserve());
        origin.release();
        QVERIFY(origin.reserve());
    }

    void closedOrTalkativeConnectionsAreDropped()
    {
        LoadOrigin origin = originOf(4);
        int peers[3] = {};
        for (int& peer : peers) {
            origin.giveBack(open(origin, 0, &peer));
        }
        ::close(peers[2]);
        QCOMPARE(::write(peers[1], "x", 1), ssize_t{1}); // an answer that nobody asked for
        context_.poll();                                 // edges come in as on a worker
        QVERIFY(origin.takeIdle(0) != nullptr);
        QCOMPARE(origin.openCount(), std::size_t{1});
        ::close(peers[0]);
        ::close(peers[1]);
    }

private:
    static LoadOrigin originOf(std::size_t connectionsMax)
    {
        return {*socketAddress("127.0.0.1:1"), false, "", connectionsMax};
    }

    std::shared_ptr<LoadConnection> open(LoadOrigin& origin, std::uint32_t client, int* peer = {})
    {
        int ends[2] = {};
        const bool isReserved = origin.reserve();
        const int result = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends);
        if (!isReserved || result != 0) {
            return nullptr;
        }
        if (peer != nullptr) {
            *peer = ends[1];
        } else {
            peers_.push_back(ends[1]);
        }
        return std::make_shared<LoadConnection>(reactor_, wheel_, ends[0], client);
    }

private slots:
    void cleanup()
    {
        for (const int peer : peers_) {
            ::close(peer);
        }
        peers_.clear();
    }

private:
    Reactor::Context context_;
    Reactor reactor_{context_};
    DeadlineWheel wheel_{lab::Instant()};
    std::vector<int> peers_;
};

LAB_TEST(LoadOriginTest)
#include "tst_load_origin.moc"
