#include "support/test_main.hpp"

#include "http/head_parser.hpp"
#include "http/readable.hpp"
#include "http/serialize.hpp"

using namespace lab::http;
using lab::test::readable;
using lab::test::toText;

namespace {

QByteArray returned(const QByteArray& answer,
                    BodyFraming framing,
                    bool closes = false,
                    const Returning& returning = {},
                    std::string_view method = "GET")
{
    const std::string text = toText(answer);
    ResponseHead head;
    if (parseResponseHead(text, method, head).state != HeadResult::State::Complete) {
        return "not parsed";
    }
    std::string out;
    appendReturnedHead(out, head, framing, closes, returning);
    return readable(out);
}

constexpr auto length = BodyFraming::Length;
constexpr auto none = BodyFraming::None;

} // namespace

/// What a client gets: the pod's answer in our frame, or our own.
class SerializeAnswerTest : public QObject {
    Q_OBJECT

private slots:
    void anAnswerIsReturned_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("sent");
        const auto row = [](const char* rule, QByteArray answer, QByteArray sent) {
            QTest::newRow(rule) << answer << sent;
        };
        row("its fields and our framing",
            "HTTP/1.0 200 Fine\r\nX-A:1\r\ncontent-length: 5\r\n\r\n",
            "HTTP/1.1 200 Fine\r\nX-A: 1\r\nContent-Length: 5\r\n\r\n");
        row("a missing reason",
            "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        row("hop-by-hop fields end here",
            "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: a\r\nContent-Length: "
            "1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
        row("folds and controls become spaces (RFC 9112 5.2)",
            "HTTP/1.1 200 OK\r\nX-A: a\r\n b\rc\x01\r\nContent-Length: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX-A: a   b c \r\nContent-Length: 1\r\n\r\n");
        row("Set-Cookie lines stay apart (RFC 9110 5.3)",
            "HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 1\r\n\r\n");
    }

    void anAnswerIsReturned()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, sent);
        QCOMPARE(returned(answer, length), sent);
    }

    void aLengthWithoutABodyIsKeptWhereItMeansSomething()
    {
        const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
        QCOMPARE(returned(ok, none, false, {}, "HEAD"), ok);
        const QByteArray notModified = "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n";
        QCOMPARE(returned(notModified, none), notModified);
        QCOMPARE(returned("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n", none),
                 QByteArray("HTTP/1.1 204 No Content\r\n\r\n")); // RFC 9110 8.6
        QCOMPARE(returned("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", none),
                 QByteArray("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"));
    }

    void theConnectionsFutureIsSaid()
    {
        const QByteArray answer = "HTTP/1.1 200 OK\r\nServer: pod\r\nConnection: close\r\n\r\n";
        QCOMPARE(
            returned(answer, BodyFraming::Chunked),
            QByteArray("HTTP/1.1 200 OK\r\nServer: pod\r\nTransfer-Encoding: chunked\r\n\r\n"));
        QCOMPARE(returned(answer, BodyFraming::UntilClose, true),
                 QByteArray("HTTP/1.1 200 OK\r\nServer: pod\r\nConnection: close\r\n\r\n"));
        Returning returning;
        returning.confirmsKeepAlive = true;
        returning.dropsServer = true;
        returning.extraFields = "X-E: 1\r\n";
        QCOMPARE(returned("HTTP/1.1 200 OK\r\nServer: pod\r\nContent-Length: 2\r\n\r\n",
                          length,
                          false,
                          returning),
                 QByteArray("HTTP/1.1 200 OK\r\nX-E: 1\r\nContent-Length: 2\r\n"
                            "Connection: keep-alive\r\n\r\n"));
    }

    void aSwitchKeepsItsUpgrade()
    {
        QCOMPARE(returned("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                          "Upgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n",
                          none),
                 QByteArray("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n"
                            "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n"));
    }

    void aRefusalThatWantsAnUpgradeSaysWhich()
    {
        QCOMPARE(returned("HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\n"
                          "Upgrade: websocket\r\nContent-Length: 0\r\n\r\n",
                          length,
                          true),
                 QByteArray("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n"
                            "Connection: upgrade\r\nUpgrade: websocket\r\n"
                            "Connection: close\r\n\r\n"));
    }

    void ourOwnAnswersAreWhole()
    {
        std::string out;
        appendOwnAnswer(out, 429, "Retry-After: 1\r\n", "slow down\n", true);
        QCOMPARE(readable(out),
                 QByteArray("HTTP/1.1 429 Too Many Requests\r\n"
                            "Content-Type: text/plain; charset=utf-8\r\nRetry-After: 1\r\n"
                            "Content-Length: 10\r\nConnection: close\r\n\r\nslow down\n"));
        out.clear();
        appendOwnAnswer(out, 404, "", "nothing\n", false, true);
        QCOMPARE(readable(out),
                 QByteArray("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\n"
                            "Content-Length: 8\r\n\r\n")); // HEAD
        out.clear();
        appendOwnAnswer(out, 200, "X-A: 1\r\ncontent-type: message/http\r\n", "GET\n", false);
        QCOMPARE(readable(out),
                 QByteArray("HTTP/1.1 200 OK\r\nX-A: 1\r\ncontent-type: message/http\r\n"
                            "Content-Length: 4\r\n\r\nGET\n"));
        out.clear();
        appendOwnAnswer(out, 204, "X-A: 1\r\n", "never sent", false);
        QCOMPARE(readable(out), QByteArray("HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n"));
        out.clear();
        appendOwnAnswer(out, 100, "", "", false);
        QCOMPARE(readable(out), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    }
};

LAB_TEST(SerializeAnswerTest)
#include "tst_serialize_answer.moc"
