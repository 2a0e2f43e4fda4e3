#include "support/test_main.hpp"

#include "live/head_receipt.hpp"
#include "live/socket_stream.hpp"
#include "support/socket_pair.hpp"

using namespace lab::live;
using lab::Duration;
using lab::test::LiveLoop;
using lab::test::Pending;
using lab::test::RawSocket;
using lab::test::SocketPair;
using State = HeadReceipt::State;
using namespace std::chrono_literals;

namespace {

const std::string request = "GET /cart HTTP/1.1\r\nHost: shop.lab\r\n\r\n";

/// A stream that receives one head; the test plays the client.
struct World {
    World()
        : stream(loop.worker.reactor(), loop.worker.wheel(), pair.fd)
    {
    }
    ~World() { loop.worker.reactor().cancelAll(); }

    Pending<HeadReceipt> receive(Duration headTime)
    {
        return loop.start([this, headTime] {
            return receiveRequestHead(loop.worker, stream, buffer, head, headTime);
        });
    }

    LiveLoop loop;
    SocketPair pair;
    SocketStream stream;
    Buffer buffer;
    lab::http::RequestHead head;
};

} // namespace

Q_DECLARE_METATYPE(lab::live::HeadReceipt::State)

/// A head is complete, refused or gone, however slowly it drips.
class HeadReceiptTest : public QObject {
    Q_OBJECT

private slots:
    void takesAHeadInAnyPieces()
    {
        for (std::size_t cut = 1; cut < request.size(); ++cut) {
            World world;
            const auto receipt = world.receive(1h);
            world.pair.peer.send(request.substr(0, cut));
            QVERIFY(world.loop.turnUntil([&] { return world.buffer.filled().size() == cut; }));
            QVERIFY(!receipt.isThere());
            world.pair.peer.send(request.substr(cut) + "more");
            QVERIFY(world.loop.finish(receipt));
            QCOMPARE((*receipt).state, State::Complete);
            QCOMPARE((*receipt).headBytes, request.size());
            QCOMPARE(std::string(world.head.originForm), std::string("/cart"));
        }
    }

    void takesOneThatIsHereAlready()
    {
        World world;
        std::copy(request.begin(), request.end(), world.buffer.free().begin());
        world.buffer.received(request.size());
        const auto receipt = world.receive(1h);
        QVERIFY(receipt.isThere());
        QCOMPARE((*receipt).state, State::Complete);
    }

    void refusesWithAStatus_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02\x00\x01\x00", 7) << 400;
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("too many bytes")
            << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nX: ") + QByteArray(70'000, 'x') << 431;
        QTest::newRow("target too long") << "GET /" + QByteArray(20'000, 'x') << 414;
    }
    void refusesWithAStatus()
    {
        QFETCH(const QByteArray, bytes);
        World world;
        const auto receipt = world.receive(1h);
        const std::string all = bytes.toStdString();
        std::string_view left = all;
        QVERIFY(world.loop.turnUntil([&] {
            const ssize_t count =
                ::send(world.pair.peer.fd(), left.data(), left.size(), MSG_NOSIGNAL);
            left.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
            return receipt.isThere();
        }));
        QCOMPARE((*receipt).state, State::Refused);
        QTEST(int{(*receipt).error.status}, "status");
    }

    void oneDeadlineHoldsForAllOfIt()
    {
        World world;
        const auto receipt = world.receive(10s);
        DeadlineWheel& wheel = world.loop.worker.wheel();
        wheel.advance(world.loop.clock.now() + 5s);
        world.loop.turn();
        std::size_t sent = 0;
        const auto drip = [&] {
            world.pair.peer.send(request.substr(sent, 1));
            ++sent;
            return world.loop.turnUntil([&] { return world.buffer.filled().size() == sent; });
        };
        QVERIFY(drip()); // the first byte sets the deadline, the others do not move it
        const lab::Instant first = world.loop.clock.now();
        for (int i = 0; i < 5; ++i) {
            QVERIFY(drip());
            wheel.advance(first + 5s + std::chrono::milliseconds(200 * i));
            QVERIFY(!receipt.isThere());
        }
        wheel.advance(first + 11s);
        QVERIFY(receipt.isThere());
        QCOMPARE((*receipt).state, State::Refused);
        QCOMPARE((*receipt).error.status, std::uint16_t{408});
    }

    void withoutTimeTheStreamsOwnDeadlineHolds()
    {
        World world;
        world.stream.expireAt(world.loop.clock.now() + 3s);
        const auto receipt = world.receive(Duration::zero());
        world.pair.peer.send("GET ");
        QVERIFY(world.loop.turnUntil([&] { return world.buffer.filled().size() == 4; }));
        world.loop.worker.wheel().advance(world.loop.clock.now() + 4s);
        QVERIFY(receipt.isThere());
        QCOMPARE((*receipt).error.status, std::uint16_t{408});
    }

    void whoSendsNothingIsGone_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("ends at once") << "end";
        QTest::newRow("is reset") << "reset";
        QTest::newRow("waits too long") << "late";
        QTest::newRow("ends within its head") << "cut";
    }
    void whoSendsNothingIsGone()
    {
        QFETCH(const QString, what);
        World world;
        world.stream.expireAt(world.loop.clock.now() + 3s);
        const auto receipt = world.receive(Duration::zero());
        if (what == "reset") {
            world.pair.peer.reset();
        } else if (what == "late") {
            world.loop.worker.wheel().advance(world.loop.clock.now() + 4s);
        } else {
            world.pair.peer.send(what == "cut" ? "GET / HT" : "");
            world.pair.peer.finishSending();
        }
        QVERIFY(world.loop.finish(receipt));
        QCOMPARE((*receipt).state, State::Gone);
    }

    void lingeringReadsTheRestAndEndsProperly()
    {
        World world;
        const auto over = world.loop.start([&]() -> Task<bool> {
            co_await world.stream.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            co_await lingerThenClose(world.loop.worker, world.stream, world.buffer);
            co_return true;
        });
        world.pair.peer.send(std::string(10'000, 'x'));
        QVERIFY(world.loop.turnUntil([&] { return !world.pair.peer.isSilent(); }));
        QVERIFY(world.pair.peer.receiveAll().ends_with("\r\n\r\n"));
        QCOMPARE(world.pair.peer.state(), RawSocket::State::Ended);
        QVERIFY(!over.isThere()); // the client may still be sending
        world.pair.peer.close();
        QVERIFY(world.loop.finish(over));
    }

    void lingeringHasLimits_data()
    {
        QTest::addColumn<bool>("sendsWithoutEnd");
        QTest::newRow("of bytes") << true;
        QTest::newRow("of time") << false;
    }
    void lingeringHasLimits()
    {
        QFETCH(const bool, sendsWithoutEnd);
        World world;
        const auto over = world.loop.start([&]() -> Task<bool> {
            co_await lingerThenClose(world.loop.worker, world.stream, world.buffer);
            co_return true;
        });
        const std::string piece(64 * 1024, 'x');
        QVERIFY(world.loop.turnUntil([&] {
            if (sendsWithoutEnd) {
                ::send(
                    world.pair.peer.fd(), piece.data(), piece.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            } else {
                world.loop.worker.wheel().advance(world.loop.clock.now() + 2s);
            }
            return over.isThere();
        }));
    }
};

LAB_TEST(HeadReceiptTest)
#include "tst_head_receipt.moc"
