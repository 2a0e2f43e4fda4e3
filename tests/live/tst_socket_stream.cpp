#include "support/test_main.hpp"

#include "live/stream_world.hpp"

#include <memory>

using namespace lab::live;
using lab::test::LiveLoop;
using lab::test::StreamWorld;
using State = Io::State;

/// What only a socket does: connecting, and being looked at while nobody uses it. Reading and
/// writing: tst_stream; TLS: tst_tls_server.
class SocketStreamTest : public QObject {
    Q_OBJECT

private slots:
    void quietMeansOpenAndEmpty_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("isQuiet");
        QTest::newRow("open") << "" << true;
        QTest::newRow("data") << "data" << false;
        QTest::newRow("ended") << "end" << false;
        QTest::newRow("reset") << "reset" << false;
        QTest::newRow("cancelled") << "cancel" << false;
    }
    void quietMeansOpenAndEmpty()
    {
        QFETCH(const QString, what);
        QFETCH(const bool, isQuiet);
        StreamWorld world;
        world.loop.turn();
        if (what == "data") {
            world.pair.peer.send("x");
        } else if (what == "end") {
            world.pair.peer.finishSending();
        } else if (what == "reset") {
            world.pair.peer.reset();
        } else if (what == "cancel") {
            world.stream->cancel();
        }
        QVERIFY(world.loop.turnUntil([&] { return world.stream->isQuiet() == isQuiet; }));
        QCOMPARE(world.stream->isQuiet(), isQuiet);
    }

    void connectingTellsItsOutcome_data()
    {
        QTest::addColumn<bool>("isListening");
        QTest::newRow("somebody listens") << true;
        QTest::newRow("nobody listens") << false;
    }
    void connectingTellsItsOutcome()
    {
        QFETCH(const bool, isListening);
        LiveLoop loop;
        auto listener = std::make_unique<lab::test::RawListener>("::1");
        const SocketAddress target = *socketAddress(std::string_view(listener->address()));
        if (!isListening) {
            listener.reset();
        }
        const int fd = beginConnect(target);
        if (fd < 0) {
            QVERIFY(!isListening); // told at once
            return;
        }
        const auto io = loop.start([&]() -> Task<Io> {
            SocketStream stream(loop.worker.reactor(), loop.worker.wheel(), fd);
            co_return co_await stream.connected();
        });
        QVERIFY(loop.finish(io));
        QCOMPARE((*io).state, isListening ? State::Done : State::Broken);
    }
};

LAB_TEST(SocketStreamTest)
#include "tst_socket_stream.moc"
