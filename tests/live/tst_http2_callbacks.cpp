#include "support/test_main.hpp"

#include "base/random.hpp"
#include "live/http2_world.hpp"

using lab::test::http2Frame;
using lab::test::http2Literal;
using lab::test::http2Opening;
using lab::test::http2Plan;
using lab::test::http2Request;
using lab::test::Http2World;
using lab::test::LiveWorld;
using lab::test::RawSocket;

namespace {

enum Type : std::uint8_t {
    Data,
    Headers,
    Priority,
    Reset,
    Settings,
    Push,
    Ping,
    GoAway,
    Window,
    Continuation
};
constexpr std::uint8_t endStream = 1;
constexpr std::uint8_t endHeaders = 4;

std::string block(const std::string& more = {})
{
    return http2Literal(":method", "GET") + http2Literal(":scheme", "http") +
           http2Literal(":authority", "shop.lab") + http2Literal(":path", "/") + more;
}

/// What the server says in frames of one type: their payloads.
QList<QByteArray> payloads(const std::string& bytes, std::uint8_t type)
{
    QList<QByteArray> found;
    for (std::size_t at = 0; at + 9 <= bytes.size();) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
        const std::size_t size =
            (std::size_t{byte(0)} << 16U) | (std::size_t{byte(1)} << 8U) | byte(2);
        if (byte(3) == type) {
            found += QByteArray::fromStdString(bytes.substr(at + 9, size));
        }
        at += 9 + size;
    }
    return found;
}

int codeOf(const QByteArray& payload, qsizetype offset)
{
    return payload.size() < offset + 4 ? -1 : static_cast<unsigned char>(payload[offset + 3]);
}

std::string many(const std::string& frame, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += frame;
    }
    return all;
}

} // namespace

/// What is no HTTP/2, or too much of it, ends its stream or its connection with the proper word.
class Http2CallbacksTest : public QObject {
    Q_OBJECT

private slots:
    void aBrokenConnectionIsToldWhy_data()
    {
        QTest::addColumn<QByteArray>("frames");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const std::string& frames, int code) {
            QTest::newRow(name) << QByteArray::fromStdString(frames) << code;
        };
        const int calm = NGHTTP2_ENHANCE_YOUR_CALM;
        row("DATA on no stream", http2Frame(Data, 0, 0, "x"), NGHTTP2_PROTOCOL_ERROR);
        row("HEADERS on an even stream",
            http2Frame(Headers, 5, 2, block()),
            NGHTTP2_PROTOCOL_ERROR);
        row("another frame within a block",
            http2Frame(Headers, 1, 1, block()) + http2Frame(Ping, 0, 0, "12345678"),
            NGHTTP2_PROTOCOL_ERROR);
        row("CONTINUATION of nothing",
            http2Frame(Continuation, 4, 1, block()),
            NGHTTP2_PROTOCOL_ERROR);
        row("PUSH_PROMISE",
            http2Frame(Push, 4, 1, std::string(4, '\2') + block()),
            NGHTTP2_PROTOCOL_ERROR);
        row("PING too short", http2Frame(Ping, 0, 0, "1"), NGHTTP2_FRAME_SIZE_ERROR);
        row("SETTINGS of seven bytes",
            http2Frame(Settings, 0, 0, "1234567"),
            NGHTTP2_FRAME_SIZE_ERROR);
        row("a frame too large",
            http2Frame(Data, 0, 1, std::string(16'385, 'x')),
            NGHTTP2_FRAME_SIZE_ERROR);
        row("broken HPACK",
            http2Frame(Headers, 5, 1, std::string(3, '\xff')),
            NGHTTP2_COMPRESSION_ERROR);
        row("a window of nothing",
            http2Frame(Window, 0, 0, std::string(4, '\0')),
            NGHTTP2_PROTOCOL_ERROR);
        row("endless CONTINUATION",
            http2Frame(Headers, 1, 1, block()) +
                many(http2Frame(Continuation, 0, 1, http2Literal("a", "b")), 20),
            calm);
        row("empty CONTINUATION",
            http2Frame(Headers, 1, 1, block()) + many(http2Frame(Continuation, 0, 1), 20),
            calm);
        row("a block too long",
            http2Frame(Headers, 1, 1, block()) +
                many(http2Frame(
                         Continuation, 0, 1, many(http2Literal("a", std::string(100, 'b')), 150)),
                     8),
            calm);
        row("PING without end", many(http2Frame(Ping, 0, 0, "12345678"), 40'000), calm);
        row("SETTINGS without end", many(http2Frame(Settings, 0, 0), 40'000), calm);
        row("PRIORITY without end",
            many(http2Frame(Priority, 0, 1, std::string("\0\0\0\3\1", 5)), 40'000),
            calm);
        row("a window without end",
            many(http2Frame(Window, 0, 0, std::string("\0\0\0\1", 4)), 40'000),
            calm);
        row("empty DATA without end",
            http2Frame(Headers, 4, 1, block()) + many(http2Frame(Data, 0, 1), 40'000),
            calm);
    }
    void aBrokenConnectionIsToldWhy()
    {
        QFETCH(QByteArray, frames);
        QFETCH(int, code);
        LiveWorld world(http2Plan());
        RawSocket client = world.client();
        client.send(http2Opening + frames.toStdString());
        const QList<QByteArray> last = payloads(client.receiveAll(), GoAway);
        QCOMPARE(last.size(), 1);
        QCOMPARE(codeOf(last[0], 4), code);
        client.close();
        QVERIFY(world.isLeftAlone());
    }

    void aMalformedRequestEndsItsStreamOnly_data()
    {
        QTest::addColumn<QByteArray>("fields");
        const auto row = [](const char* name, const std::string& fields) {
            QTest::newRow(name) << QByteArray::fromStdString(fields);
        };
        row("upper case", block(http2Literal("X-Upper", "1")));
        row("connection", block(http2Literal("connection", "close")));
        row("transfer-encoding", block(http2Literal("transfer-encoding", "chunked")));
        row("te: gzip", block(http2Literal("te", "gzip")));
        row("CR LF", block(http2Literal("x", "a\r\nevil: 1")));
        row("a space in a name", block(http2Literal("x y", "1")));
        row("an unknown pseudo-field", block(http2Literal(":protocol", "websocket")));
        row("a WebSocket as by RFC 8441, which was not offered",
            http2Literal(":method", "CONNECT") + http2Literal(":protocol", "websocket") +
                http2Literal(":scheme", "http") + http2Literal(":path", "/") +
                http2Literal(":authority", "shop.lab"));
        row("a pseudo-field behind",
            http2Literal(":method", "GET") + http2Literal("x", "1") + http2Literal(":path", "/"));
        row("no path", http2Literal(":method", "GET") + http2Literal(":scheme", "http"));
        row("two paths", block(http2Literal(":path", "/")));
        row("a length without a body", block(http2Literal("content-length", "5")));
        row("two lengths",
            block(http2Literal("content-length", "0") + http2Literal("content-length", "1")));
    }
    void aMalformedRequestEndsItsStreamOnly()
    {
        QFETCH(QByteArray, fields);
        LiveWorld world(http2Plan());
        RawSocket client = world.client();
        client.send(http2Opening +
                    http2Frame(Headers, endStream | endHeaders, 1, fields.toStdString()) +
                    http2Frame(Headers, endStream | endHeaders, 3, block()));
        const std::string said = client.receiveUntil("\"path\":\"/\"");
        QVERIFY(said.ends_with("\"path\":\"/\""));
        const QList<QByteArray> resets = payloads(said, Reset);
        QCOMPARE(resets.size(), 1);
        QCOMPARE(codeOf(resets[0], 0), int{NGHTTP2_PROTOCOL_ERROR});
        QCOMPARE(world.counters().requests, std::uint64_t{1}); // the malformed one is none
    }

    void whatOnlyTheTranslationFindsIsAnswered_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("Host and :authority differ") << 400;
        QTest::newRow("CONNECT") << 501;
        QTest::newRow("a head too long") << 431;
        QTest::newRow("too many fields") << 431;
    }
    void whatOnlyTheTranslationFindsIsAnswered()
    {
        QFETCH(int, status);
        const QString what = QTest::currentDataTag();
        lab::test::Http2Fields request = http2Request("GET", "/");
        if (what.startsWith("Host")) {
            request.emplace_back("host", "other.lab");
        } else if (what == "CONNECT") {
            request = {{":method", "CONNECT"}, {":authority", "shop.lab:443"}};
        } else if (what.startsWith("a head")) {
            for (int i = 0; i < 30; ++i) { // few bytes on the wire: HPACK knows it by then
                request.emplace_back("x-long", std::string(2'900, 'x'));
            }
        } else {
            for (int i = 0; i < 200; ++i) {
                request.emplace_back("x", "1");
            }
        }
        Http2World h2;
        QCOMPARE(h2.client.ask(request).status, status);
        QCOMPARE(h2.world.counters().responsesByClass[static_cast<std::size_t>(status / 100)],
                 std::uint64_t{1});
        QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200);
    }

    void streamsResetAtOnceAreNotServedWithoutEnd()
    {
        LiveWorld world(http2Plan());
        RawSocket client = world.client();
        std::string frames = http2Opening;
        for (std::uint32_t id = 1; id < 8'000; id += 2) {
            frames += http2Frame(Headers, endStream | endHeaders, id, block()) +
                      http2Frame(Reset, 0, id, std::string("\0\0\0\x08", 4));
        }
        client.send(frames);
        const QList<QByteArray> last = payloads(client.receiveAll(), GoAway);
        QCOMPARE(last.size(), 1);
        QCOMPARE(codeOf(last[0], 4), int{NGHTTP2_ENHANCE_YOUR_CALM});
        QVERIFY(world.isLeftAlone());
    }

    void garbageIsAnsweredWithNothingWorseThanAnEnd()
    {
        LiveWorld world(http2Plan());
        lab::Random random(7);
        for (int i = 0; i < 60; ++i) {
            std::string frames = http2Opening;
            for (int frame = 0; frame < 20; ++frame) {
                std::string payload;
                for (std::uint64_t left = random.next() % 40; left > 0; --left) {
                    payload += static_cast<char>(random.next());
                }
                frames += http2Frame(static_cast<std::uint8_t>(random.next() % 11),
                                     static_cast<std::uint8_t>(random.next()),
                                     static_cast<std::uint32_t>(random.next() % 6),
                                     random.next() % 3 == 0 ? block() : payload);
            }
            RawSocket client = world.client();
            client.send(frames);
            client.finishSending();
            static_cast<void>(client.receiveAll());
            QVERIFY(client.state() != RawSocket::State::TooSlow);
        }
        QVERIFY(world.isLeftAlone());
        Http2World another;
        QCOMPARE(another.client.ask(http2Request("GET", "/")).status, 200);
    }
};

LAB_TEST(Http2CallbacksTest)
#include "tst_http2_callbacks.moc"
