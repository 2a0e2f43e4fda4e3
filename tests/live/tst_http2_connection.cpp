#include "support/test_main.hpp"

#include "live/http2_connection.hpp"
#include "live/http2_world.hpp"

using namespace lab::live;
using lab::test::Http2Answer;
using lab::test::Http2Client;
using lab::test::http2Plan;
using lab::test::http2Request;
using lab::test::Http2World;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::RawSocket;
using namespace std::chrono_literals;

/// A connection carries many requests, bounds them, and ends with a word when it should.
class Http2ConnectionTest : public QObject {
    Q_OBJECT

private slots:
    void carriesManyRequestsAtOnce()
    {
        Http2World h2;
        std::vector<std::int32_t> ids;
        for (int round = 0; round < 10; ++round) {
            ids.clear();
            for (int i = 0; i < 100; ++i) {
                ids.push_back(h2.client.begin(http2Request("GET", "/" + std::to_string(i))));
            }
            for (int i = 0; i < 100; ++i) {
                const Http2Answer& answer = h2.client.finish(ids[static_cast<std::size_t>(i)]);
                QCOMPARE(answer.status, 200);
                QVERIFY(QString::fromStdString(answer.body).contains(QString("\"/%1\"").arg(i)));
            }
        }
        QCOMPARE(h2.world.counters().connectionsAccepted, std::uint64_t{1});
        QCOMPARE(h2.world.counters().requests, std::uint64_t{1000});
    }

    void saysItsLimits()
    {
        Http2World h2;
        QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200);
        const auto setting = [&](nghttp2_settings_id id) {
            return nghttp2_session_get_remote_settings(h2.client.frames(), id);
        };
        QCOMPARE(setting(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), Http2Connection::streamsMax);
        QCOMPARE(setting(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 65'536U);
        QCOMPARE(setting(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 65'535U);
        QCOMPARE(setting(NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL), 0U); // no RFC 8441
    }

    void moreStreamsThanToldAreRefused()
    {
        LiveWorld world(http2Plan());
        RawSocket client = world.client();
        const std::string block = lab::test::http2Literal(":method", "POST") +
                                  lab::test::http2Literal(":scheme", "http") +
                                  lab::test::http2Literal(":authority", "shop.lab") +
                                  lab::test::http2Literal(":path", "/");
        std::string frames = lab::test::http2Opening;
        for (std::uint32_t i = 0; i < Http2Connection::streamsMax + 1; ++i) {
            frames += lab::test::http2Frame(1, 4, 2 * i + 1, block); // all of them stay open
        }
        client.send(frames);
        // RST_STREAM of the last one: REFUSED_STREAM
        const std::string refused = lab::test::http2Frame(
            3, 0, 2 * Http2Connection::streamsMax + 1, std::string("\0\0\0\7", 4));
        QVERIFY(client.receiveUntil(refused).ends_with(refused));
        QVERIFY(world.counters().requests <= Http2Connection::streamsMax);
    }

    void endsWhenNothingComes_data()
    {
        QTest::addColumn<QString>("when");
        QTest::newRow("before the first request");
        QTest::newRow("within a header block");
        QTest::newRow("between two requests");
    }
    void endsWhenNothingComes()
    {
        const QString when = QTest::currentDataTag();
        LiveOptions options = patientOptions();
        (when.startsWith("between") ? options.timeouts.keepAliveIdle : options.timeouts.head) =
            60ms;
        Http2World h2(http2Plan(), options);
        if (when.startsWith("between")) {
            QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200);
        } else if (when.startsWith("within")) {
            h2.client.socket().send(lab::test::http2Opening +
                                    lab::test::http2Frame(1, 1, 1, "\x82"));
            const std::string said = h2.client.socket().receiveAll();
            QVERIFY(
                said.ends_with(lab::test::http2Frame(7, 0, 0, std::string("\0\0\0\1\0\0\0\0", 8))));
            return;
        }
        QCOMPARE(h2.client.goneAway(), std::uint32_t{NGHTTP2_NO_ERROR});
        QCOMPARE(h2.client.socket().state(), RawSocket::State::Ended);
        h2.client.socket().close();
        QVERIFY(h2.world.isLeftAlone());
    }

    void pingsDoNotKeepAnIdleConnection()
    {
        LiveOptions options = patientOptions();
        options.timeouts.keepAliveIdle = 80ms;
        Http2World h2(http2Plan(), options);
        QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200);
        QVERIFY(lab::test::eventually([&] {
            nghttp2_submit_ping(h2.client.frames(), NGHTTP2_FLAG_NONE, nullptr);
            h2.client.flush();
            h2.client.turnUntil([&] { return h2.client.socket().isSilent(); });
            return h2.client.hasGoAway();
        }));
    }

    void aLostConnectionEndsItsSessions()
    {
        LiveOptions options = patientOptions();
        Http2World h2(http2Plan(), options);
        for (int i = 0; i < 10; ++i) {
            h2.client.begin(http2Request("POST", i % 2 == 0 ? "/" : "/h2"), "x", false);
        }
        QVERIFY(lab::test::eventually([&] { return h2.world.counters().requests == 10; }));
        h2.client.socket().reset();
        QVERIFY(h2.world.isLeftAlone());
        QVERIFY(h2.world.engine->drain(lab::test::patience)); // nothing is left to be cut
    }

    void aClientThatSaysGoodbyeIsLetGo()
    {
        Http2World h2;
        const std::int32_t id = h2.client.begin(http2Request("POST", "/"), "x", false);
        nghttp2_submit_goaway(
            h2.client.frames(), NGHTTP2_FLAG_NONE, 0, NGHTTP2_NO_ERROR, nullptr, 0);
        h2.client.sendMore(id, "y", true);
        QCOMPARE(h2.client.finish(id).status, 200);
        static_cast<void>(h2.client.goneAway());
        QCOMPARE(h2.client.socket().state(), RawSocket::State::Ended);
    }
};

LAB_TEST(Http2ConnectionTest)
#include "tst_http2_connection.moc"
