#include "support/test_main.hpp"

#include "live/http2_preface.hpp"
#include "live/stream_world.hpp"

using namespace lab::live;
using lab::test::StreamWorld;

/// The first bytes of a connection say which protocol it speaks, however they are cut.
class Http2PrefaceTest : public QObject {
    Q_OBJECT

private slots:
    void firstBytesMayBeIt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("may");
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("one byte") << QByteArray("P") << true;
        QTest::newRow("PRI") << QByteArray("PRI * HTTP/2.0\r\n") << true;
        QTest::newRow("all and more") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxyz") << true;
        QTest::newRow("POST") << QByteArray("POST / HTTP/1.1\r\n") << false;
        QTest::newRow("PRI otherwise") << QByteArray("PRI / HTTP/1.1\r\n") << false;
        QTest::newRow("GET") << QByteArray("GET / HTTP/1.1\r\n") << false;
    }
    void firstBytesMayBeIt()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, may);
        QCOMPARE(mayBeHttp2(bytes.toStdString()), may);
    }

    void readsOnUntilItIsKnown_data()
    {
        QTest::addColumn<QList<QByteArray>>("pieces");
        QTest::addColumn<bool>("isHttp2");
        QTest::newRow("in three") << QList<QByteArray>{"PRI * HT", "TP/2.0\r\n\r\n", "SM\r\n\r\n"}
                                  << true;
        QTest::newRow("no, late") << QList<QByteArray>{"PRI * HTTP/2.0\r\n", "Host: a\r\n"}
                                  << false;
        QTest::newRow("gone before") << QList<QByteArray>{"PRI * "} << false;
    }
    void readsOnUntilItIsKnown()
    {
        QFETCH(QList<QByteArray>, pieces);
        QFETCH(bool, isHttp2);
        StreamWorld world;
        BufferPool::Lease buffer = world.loop.worker.buffers().take();
        pieces[0].toStdString().copy(buffer->free().data(),
                                     static_cast<std::size_t>(pieces[0].size()));
        buffer->received(static_cast<std::size_t>(pieces[0].size()));
        const auto found = world.loop.start(
            [&]() -> Task<bool> { co_return co_await startsHttp2(*world.stream, *buffer); });
        for (qsizetype i = 1; i < pieces.size(); ++i) {
            world.loop.turn();
            QVERIFY(!found.isThere());
            world.pair.peer.send(pieces[i].toStdString());
            QVERIFY(
                world.loop.turnUntil([&] { return found.isThere() || world.pair.hasArrived(0); }));
        }
        world.pair.peer.finishSending();
        QVERIFY(world.loop.finish(found));
        QCOMPARE(*found, isHttp2);
    }
};

LAB_TEST(Http2PrefaceTest)
#include "tst_http2_preface.moc"
