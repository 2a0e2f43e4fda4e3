#include "support/test_main.hpp"

#include "live/pipe_stream.hpp"
#include "support/live_loop.hpp"

#include <memory>
#include <string>

using namespace lab::live;
using lab::test::LiveLoop;
using State = Io::State;

namespace {

/// The other end, as the test sets it.
struct End final : PipeEnd {
    std::string in;
    std::string out;
    std::size_t room = 4;
    bool isFinished = false;
    bool isAborted = false;
    bool isLeft = false;

    Io give(std::span<char> into) override
    {
        if (in.empty()) {
            return {State::WouldBlock, 0};
        }
        const std::size_t count = in.copy(into.data(), into.size());
        in.erase(0, count);
        return {State::Done, count};
    }
    Io take(std::span<const std::string_view> parts) override
    {
        const std::string_view taken = parts[0].substr(0, room);
        out += taken;
        room -= taken.size();
        return {taken.empty() ? State::WouldBlock : State::Done, taken.size()};
    }
    [[nodiscard]] bool hasNews() const override { return !in.empty(); }
    void writingFinished() override { isFinished = true; }
    void aborted() override { isAborted = true; }
    void left() override { isLeft = true; }
};

struct World {
    LiveLoop loop;
    End end;
    std::unique_ptr<PipeStream> pipe = std::make_unique<PipeStream>(loop.worker.wheel(), end);

    auto read(std::string& into)
    {
        return loop.start([this, &into]() -> Task<Io> { co_return co_await pipe->read(into); });
    }
    auto write(std::string_view text)
    {
        return loop.start([this, text]() -> Task<Io> { co_return co_await pipe->write(text); });
    }
};

} // namespace

/// A pipe waits as a socket does, and what is at its other end bounds it.
class PipeStreamTest : public QObject {
    Q_OBJECT

private slots:
    void whoReadsWaitsForTheEnd()
    {
        World world;
        std::string into(3, '\0');
        const auto io = world.read(into);
        world.pipe->wake();
        QVERIFY(!io.isThere()); // nothing new
        world.end.in = "hello";
        world.pipe->wake();
        QVERIFY(io.isThere());
        QCOMPARE((*io).bytes, std::size_t{3});
        QCOMPARE(into, std::string("hel"));
    }

    void whoWritesWaitsForRoom()
    {
        World world;
        const auto io = world.write("hello world");
        QVERIFY(!io.isThere());
        QCOMPARE(world.end.out, std::string("hell"));
        world.end.room = 100;
        world.pipe->wake();
        QVERIFY(io.isThere());
        QCOMPARE(world.end.out, std::string("hello world"));
    }

    void anEndThatBreaksOffBreaksBothWays()
    {
        World world;
        std::string into(3, '\0');
        const auto reading = world.read(into);
        const auto writing = world.write("hello");
        world.pipe->breakOff();
        QCOMPARE((*reading).state, State::Broken);
        QCOMPARE((*writing).state, State::Broken);
        QCOMPARE(world.pipe->tryRead(into).state, State::Broken);
        world.pipe->finishWriting();
        world.pipe->reset();
        world.pipe.reset();
        QVERIFY(!world.end.isLeft && !world.end.isAborted && !world.end.isFinished);
    }

    void theEndIsToldWhatHappens()
    {
        World world;
        world.pipe->finishWriting();
        world.pipe->reset();
        QVERIFY(world.end.isFinished && world.end.isAborted && !world.end.isLeft);
        QVERIFY(!world.pipe->isQuiet()); // never kept for another exchange
        world.pipe.reset();
        QVERIFY(world.end.isLeft);
    }

    void deadlinesAndCancelHoldAsForASocket()
    {
        World world;
        std::string into(3, '\0');
        const auto late = world.read(into);
        world.pipe->expireAt(world.loop.clock.now() + std::chrono::milliseconds(20));
        QVERIFY(world.loop.finish(late));
        QCOMPARE((*late).state, State::Expired);
        world.pipe->neverExpire();
        const auto cancelled = world.read(into);
        world.pipe->cancel();
        QCOMPARE((*cancelled).state, State::Cancelled);
    }
};

LAB_TEST(PipeStreamTest)
#include "tst_pipe_stream.moc"
