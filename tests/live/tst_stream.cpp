#include "support/test_main.hpp"

#include "live/stream_world.hpp"

#include <algorithm>
#include <memory>
#include <vector>

using namespace lab::live;
using lab::test::LiveLoop;
using lab::test::RawSocket;
using lab::test::StreamWorld;
using State = Io::State;
using namespace std::chrono_literals;

namespace {

std::string numbered(std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        text[i] = static_cast<char>('a' + i * 7 % 26);
    }
    return text;
}

} // namespace

Q_DECLARE_METATYPE(lab::live::Io::State)

/// Every byte arrives once, every end is told as what it is, and whoever waits is woken.
class StreamTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatComesLater()
    {
        StreamWorld world;
        std::string into(10, '\0');
        const auto io = world.read(into);
        world.loop.turn();
        QVERIFY(!io.isThere());
        world.pair.peer.send("hello");
        QVERIFY(world.loop.finish(io));
        QCOMPARE((*io).state, State::Done);
        QCOMPARE(into.substr(0, (*io).bytes), std::string("hello"));
    }

    void readsDataAndEndOfOneEdge_data()
    {
        QTest::addColumn<bool>("isBeforeFirstTurn");
        QTest::addColumn<int>("piece");
        for (const bool isBefore : {true, false}) {
            for (const int piece : {1, 4, 5, 6, 4096}) {
                QTest::addRow("%s, pieces of %d", isBefore ? "at once" : "while waiting", piece)
                    << isBefore << piece;
            }
        }
    }
    void readsDataAndEndOfOneEdge()
    {
        QFETCH(const bool, isBeforeFirstTurn);
        QFETCH(const int, piece);
        StreamWorld world;
        const auto sendAll = [&] {
            world.pair.peer.send("hello");
            world.pair.peer.finishSending();
            return world.pair.hasArrived(5, true);
        };
        if (isBeforeFirstTurn) {
            QVERIFY(sendAll());
        }
        State end = State::Done;
        const auto all = world.readAll(end, static_cast<std::size_t>(piece));
        if (!isBeforeFirstTurn) {
            world.loop.turn();
            QVERIFY(sendAll());
        }
        QVERIFY(world.loop.finish(all));
        QCOMPARE(*all, std::string("hello"));
        QCOMPARE(end, State::End);
    }

    void anEndAfterAShortReadIsSeen()
    {
        // The edge of the data was used up when the end comes with an edge of its own.
        StreamWorld world;
        std::string into(100, '\0');
        const auto first = world.read(into);
        world.pair.peer.send("hello");
        QVERIFY(world.loop.finish(first));
        const auto second = world.read(into);
        world.loop.turn();
        QVERIFY(!second.isThere());
        world.pair.peer.finishSending();
        QVERIFY(world.loop.finish(second));
        QCOMPARE((*second).state, State::End);
    }

    void aResetIsBrokenAndNoEnd()
    {
        StreamWorld world;
        std::string into(10, '\0');
        const auto io = world.read(into);
        world.pair.peer.reset();
        QVERIFY(world.loop.finish(io));
        QCOMPARE((*io).state, State::Broken);
    }

    void writesAllPartsInOrder()
    {
        StreamWorld world;
        const auto io = world.write("one ", "two ", "three");
        QVERIFY(world.loop.finish(io));
        QCOMPARE((*io).state, State::Done);
        const auto more = world.write({}, "four", {});
        QVERIFY(world.loop.finish(more));
        const auto nothing = world.write({});
        QVERIFY(nothing.isThere());
        QCOMPARE((*nothing).state, State::Done);
        world.stream->finishWriting();
        QCOMPARE(world.pair.peer.receiveAll(), std::string("one two threefour"));
        QCOMPARE(world.pair.peer.state(), RawSocket::State::Ended);
    }

    void largeWritesPassThroughTinyBuffers()
    {
        StreamWorld world(4096);
        const std::string head = numbered(777);
        const std::string body = numbered(2'000'000);
        const std::string tail = numbered(3);
        const auto io = world.write(head, body, tail);
        QVERIFY(!io.isThere()); // the peer has read nothing yet
        std::string received;
        QVERIFY(world.loop.turnUntil([&] {
            while (!world.pair.peer.isSilent()) {
                received += world.pair.peer.receiveSome();
            }
            return io.isThere();
        }));
        QCOMPARE((*io).state, State::Done);
        received += world.pair.peer.receive(head.size() + body.size() + 3 - received.size());
        QVERIFY(received == head + body + tail);
    }

    void largeReadsPassThroughTinyBuffers()
    {
        StreamWorld world(4096);
        const std::string body = numbered(60'000);
        std::string_view left = body;
        State end = State::Done;
        const auto all = world.readAll(end, 701);
        QVERIFY(world.loop.turnUntil([&] {
            const ssize_t count =
                ::send(world.pair.peer.fd(), left.data(), left.size(), MSG_NOSIGNAL);
            left.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
            return left.empty();
        }));
        world.pair.peer.finishSending();
        QVERIFY(world.loop.finish(all));
        QVERIFY(*all == body);
        QCOMPARE(end, State::End);
    }

    void bothDirectionsWaitAtOnce()
    {
        StreamWorld world(4096);
        const std::string body = numbered(300'000);
        std::string into(10, '\0');
        const auto reading = world.read(into);
        const auto writing = world.write(body);
        QVERIFY(!reading.isThere() && !writing.isThere());
        world.pair.peer.send("hi");
        QVERIFY(world.loop.finish(reading)); // while the writer still waits
        QVERIFY(!writing.isThere());
        std::string received;
        QVERIFY(world.loop.turnUntil([&] {
            while (!world.pair.peer.isSilent()) {
                received += world.pair.peer.receiveSome();
            }
            return received.size() == body.size();
        }));
        QVERIFY(world.loop.finish(writing));
        QVERIFY(received == body);
    }

    void writingToAClosedPeerIsBroken()
    {
        StreamWorld world;
        world.pair.peer.reset();
        const std::string body(1'000'000, 'x');
        const auto io = world.write(body);
        QVERIFY(world.loop.finish(io));
        QCOMPARE((*io).state, State::Broken);
    }

    void readableHoldsNothingAndTakesNothing()
    {
        StreamWorld world;
        const auto ready = world.readable();
        world.loop.turn();
        QVERIFY(!ready.isThere()); // nothing is there: it waits
        world.pair.peer.send("x");
        QVERIFY(world.loop.finish(ready));
        QCOMPARE((*ready).state, State::Done);
        const auto again = world.readable();
        QVERIFY(again.isThere()); // still there
        std::string into(10, '\0');
        QCOMPARE(world.stream->tryRead(into).bytes, std::size_t{1});
        const auto empty = world.readable();
        world.loop.turn();
        QVERIFY(!empty.isThere());
        world.pair.peer.finishSending();
        QVERIFY(world.loop.finish(empty)); // an end can be read, too
        QCOMPARE(world.stream->tryRead(into).state, State::End);
    }

    void aDeadlineEndsWhoeverWaits()
    {
        StreamWorld world(4096);
        std::string into(10, '\0');
        const std::string body(1'000'000, 'x');
        const auto reading = world.read(into);
        const auto writing = world.write(body);
        const lab::Instant deadline = world.loop.clock.now() + 20ms;
        world.stream->expireAt(deadline);
        QVERIFY(world.loop.finish(reading) && world.loop.finish(writing));
        QVERIFY(world.loop.clock.now() >= deadline);
        QCOMPARE((*reading).state, State::Expired);
        QCOMPARE((*writing).state, State::Expired);
        QCOMPARE(world.stream->tryRead(into).state, State::Expired); // until it is changed
        world.pair.peer.send("x");
        QVERIFY(world.pair.hasArrived(1));
        world.stream->neverExpire();
        const auto again = world.read(into);
        QVERIFY(world.loop.finish(again));
        QCOMPARE((*again).state, State::Done);
    }

    void aDeadlineMovedAwayDoesNotCount()
    {
        StreamWorld world;
        std::string into(10, '\0');
        const auto reading = world.read(into);
        DeadlineWheel& wheel = world.loop.worker.wheel();
        const lab::Instant now = world.loop.clock.now();
        world.stream->expireAt(now + 1s);
        world.stream->expireAt(now + 1h);
        wheel.advance(now + 2s);
        QVERIFY(!reading.isThere());
        world.stream->neverExpire();
        wheel.advance(now + 2h);
        QVERIFY(!reading.isThere());
        world.stream->expireAt(now + 3h);
        wheel.advance(now + 4h);
        QVERIFY(reading.isThere());
        QCOMPARE((*reading).state, State::Expired);
    }

    void cancelledIsForGood()
    {
        StreamWorld world(4096);
        std::string into(10, '\0');
        const std::string body(1'000'000, 'x');
        const auto reading = world.read(into);
        const auto writing = world.write(body);
        world.stream->cancel();
        QVERIFY(reading.isThere() && writing.isThere());
        QCOMPARE((*reading).state, State::Cancelled);
        QCOMPARE((*writing).state, State::Cancelled);
        world.stream->neverExpire();
        world.pair.peer.send("x");
        QVERIFY(world.pair.hasArrived(1));
        world.loop.turn();
        QCOMPARE(world.stream->tryRead(into).state, State::Cancelled);
        QCOMPARE((*world.write("y")).state, State::Cancelled);
        QCOMPARE((*world.readable()).state, State::Cancelled);
    }

    void anInterruptedReaderLeavesTheStreamUsable()
    {
        StreamWorld world;
        std::string into(10, '\0');
        const auto reading = world.read(into);
        world.stream->interruptReader();
        QVERIFY(reading.isThere());
        QCOMPARE((*reading).state, State::Expired);
        world.stream->interruptReader(); // nobody reads: nothing happens
        world.pair.peer.send("hello");
        const auto again = world.read(into);
        QVERIFY(world.loop.finish(again));
        QCOMPARE((*again).bytes, std::size_t{5});
        QVERIFY(world.loop.finish(world.write("bye")));
        QCOMPARE(world.pair.peer.receive(3), std::string("bye"));
    }

    void anIdleStreamIsCancelledByADrain_data()
    {
        QTest::addColumn<bool>("isIdle");
        QTest::newRow("idle") << true;
        QTest::newRow("busy") << false;
    }
    void anIdleStreamIsCancelledByADrain()
    {
        QFETCH(const bool, isIdle);
        StreamWorld world;
        world.stream->setIdle(isIdle);
        const auto ready = world.readable();
        world.loop.worker.reactor().drainIdle();
        QCOMPARE(ready.isThere(), isIdle);
        world.pair.peer.send("x");
        QVERIFY(world.loop.finish(ready));
        QCOMPARE((*ready).state, isIdle ? State::Cancelled : State::Done);
    }
};

LAB_TEST(StreamTest)
#include "tst_stream.moc"
