#include "support/test_main.hpp"

#include "live/http2_guard.hpp"

using namespace lab::live;
using lab::Instant;

/// Who works is left alone, who only makes work is shown the door.
class Http2GuardTest : public QObject {
    Q_OBJECT

private slots:
    void framesThatCarryNothingAreCounted_data()
    {
        QTest::addColumn<bool>("carries");
        QTest::addColumn<int>("payload");
        QTest::addColumn<bool>("isEndless");
        QTest::newRow("PING") << false << 8 << false;
        QTest::newRow("SETTINGS") << false << 0 << false;
        QTest::newRow("empty DATA") << true << 0 << false;
        QTest::newRow("a byte of DATA") << true << 1 << true;
        QTest::newRow("a head") << true << 40 << true;
    }
    void framesThatCarryNothingAreCounted()
    {
        QFETCH(bool, carries);
        QFETCH(int, payload);
        QFETCH(bool, isEndless);
        Http2Guard guard;
        bool isFine = true;
        for (int i = 0; i < 100'000 && isFine; ++i) {
            isFine = guard.frameBegins(carries, static_cast<std::size_t>(payload));
        }
        QCOMPARE(isFine, isEndless);
    }

    void whatIsSentAllowsForWindowUpdates()
    {
        Http2Guard guard; // a long download: two updates for each 32 KiB
        for (int i = 0; i < 100'000; ++i) {
            guard.sent(32 * 1024);
            QVERIFY(guard.frameBegins(false, 4) && guard.frameBegins(false, 4));
        }
    }

    void aHeaderBlockHasAnEnd()
    {
        Http2Guard guard;
        QVERIFY(guard.blockBegins(100));
        for (std::size_t i = 0; i < Http2Guard::continuationsMax; ++i) {
            QVERIFY(guard.blockGoesOn(1));
        }
        QVERIFY(!guard.blockGoesOn(1));
        QVERIFY(guard.blockBegins(1)); // the next one begins anew
        QVERIFY(guard.blockGoesOn(Http2Guard::blockBytesMax - 1));
        QVERIFY(!guard.blockGoesOn(1));
        QVERIFY(!guard.blockBegins(Http2Guard::blockBytesMax + 1));
    }

    void resetsHaveARate()
    {
        Http2Guard guard;
        Instant now{};
        for (int i = 0; i < static_cast<int>(Http2Guard::resets.burst); ++i) {
            QVERIFY(guard.wasReset(now)); // a browser leaves a page, ten times over
        }
        QVERIFY(!guard.wasReset(now));
        QVERIFY(guard.wasReset(now + std::chrono::seconds(1)));
    }
};

LAB_TEST(Http2GuardTest)
#include "tst_http2_guard.moc"
