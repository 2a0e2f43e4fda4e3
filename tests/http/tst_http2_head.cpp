#include "support/test_main.hpp"

#include "base/random.hpp"
#include "http/http2_head.hpp"

using namespace lab::http;

namespace {

using Pairs = QList<QPair<QByteArray, QByteArray>>;

std::string textOf(const QByteArray& bytes)
{
    return bytes.toStdString();
}

/// Fields as "name=value" lines.
QByteArray listed(const Http2FieldList& list)
{
    QByteArray text;
    for (const Http2Field& field : list.all()) {
        text += QByteArray::fromStdString(std::string(field.name)) + '=' +
                QByteArray::fromStdString(std::string(field.value)) + '\n';
    }
    return text;
}

Http2HeadReader readerOf(const Pairs& pairs)
{
    Http2HeadReader reader;
    for (const auto& [name, value] : pairs) {
        reader.add(textOf(name), textOf(value));
    }
    return reader;
}

const Pairs plain{
    {":method", "GET"}, {":scheme", "https"}, {":authority", "shop.lab"}, {":path", "/a?b"}};

Pairs with(const Pairs& more, const Pairs& first = plain)
{
    return first + more;
}

} // namespace

/// What HTTP/2 says in fields, HTTP/1.1 says in a head, and nothing gets in that is neither.
class Http2HeadTest : public QObject {
    Q_OBJECT

private slots:
    void aRequestBecomesAHead_data()
    {
        QTest::addColumn<Pairs>("fields");
        QTest::addColumn<bool>("hasBody");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("plain") << plain << false
                               << QByteArray("GET /a?b HTTP/1.1\r\nhost: shop.lab\r\n\r\n");
        QTest::newRow("with a body") << plain << true
                                     << QByteArray("GET /a?b HTTP/1.1\r\nhost: shop.lab\r\n"
                                                   "transfer-encoding: chunked\r\n\r\n");
        QTest::newRow("of that length")
            << with({{"content-length", "5"}}) << true
            << QByteArray("GET /a?b HTTP/1.1\r\nhost: shop.lab\r\ncontent-length: 5\r\n\r\n");
        QTest::newRow("cookie crumbs")
            << with({{"cookie", "a=1"}, {"x-y", "z"}, {"cookie", "b=2"}}) << false
            << QByteArray(
                   "GET /a?b HTTP/1.1\r\nhost: shop.lab\r\nx-y: z\r\ncookie: a=1; b=2\r\n\r\n");
        QTest::newRow("te: trailers") << with({{"te", "trailers"}}) << false
                                      << QByteArray("GET /a?b HTTP/1.1\r\nhost: shop.lab\r\n"
                                                    "te: trailers\r\n\r\n");
        QTest::newRow("the same Host") << with({{"host", "SHOP.lab"}}) << false
                                       << QByteArray("GET /a?b HTTP/1.1\r\nhost: shop.lab\r\n\r\n");
        QTest::newRow("Host alone")
            << Pairs{{":method", "GET"}, {":scheme", "http"}, {":path", "/"}, {"host", "h"}}
            << false << QByteArray("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
    }
    void aRequestBecomesAHead()
    {
        QFETCH(Pairs, fields);
        QFETCH(bool, hasBody);
        QFETCH(QByteArray, head);
        std::string out;
        QVERIFY(!readerOf(fields).appendRequest(out, hasBody));
        QCOMPARE(QByteArray::fromStdString(out), head);
        RequestHead parsed;
        QCOMPARE(parseRequestHead(out, parsed).state, HeadResult::State::Complete);
    }

    void aMalformedRequestIsRefused_data()
    {
        QTest::addColumn<Pairs>("fields");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const Pairs& fields, int status = 400) {
            QTest::newRow(name) << fields << status;
        };
        row("no method", {{":scheme", "http"}, {":authority", "a"}, {":path", "/"}});
        row("no scheme", {{":method", "GET"}, {":authority", "a"}, {":path", "/"}});
        row("no path", {{":method", "GET"}, {":scheme", "http"}, {":authority", "a"}});
        row("empty path", {{":method", "GET"}, {":scheme", "http"}, {":path", ""}});
        row("two methods", with({{":method", "GET"}}));
        row("a status", with({{":status", "200"}}));
        row("an unknown pseudo-field", with({{":protocol", "websocket"}}));
        row("a pseudo-field behind", {{":method", "GET"}, {"a", "b"}, {":path", "/"}});
        row("upper case", with({{"X-Upper", "1"}}));
        row("an empty name", with({{"", "1"}}));
        row("a space in a name", with({{"x y", "1"}}));
        row("a colon in a name", with({{"x:y", "1"}}));
        row("CR LF in a value", with({{"x", "1\r\nevil: 1"}}));
        row("LF in a value", with({{"x", "1\nevil: 1"}}));
        row("NUL in a value", with({{"x", QByteArray("a\0b", 3)}}));
        row("connection", with({{"connection", "close"}}));
        row("keep-alive", with({{"keep-alive", "timeout=5"}}));
        row("proxy-connection", with({{"proxy-connection", "close"}}));
        row("transfer-encoding", with({{"transfer-encoding", "chunked"}}));
        row("upgrade", with({{"upgrade", "websocket"}}));
        row("te: gzip", with({{"te", "gzip"}}));
        row("another Host", with({{"host", "other.lab"}}));
        row("two Hosts", with({{"host", "shop.lab"}, {"host", "shop.lab"}}));
        row("a space in the path",
            {{":method", "GET"},
             {":scheme", "http"},
             {":authority", "a"},
             {":path", "/ HTTP/1.1"}});
        row("a line end in the path",
            {{":method", "GET"}, {":scheme", "http"}, {":authority", "a"}, {":path", "/\r\nx: y"}});
        row("an absolute path",
            {{":method", "GET"}, {":scheme", "http"}, {":authority", "a"}, {":path", "http://b/"}});
        row("a line in the method",
            {{":method", "GET / HTTP/1.1\r\n"},
             {":scheme", "http"},
             {":authority", "a"},
             {":path", "/"}});
        row("CONNECT", {{":method", "CONNECT"}, {":authority", "a:1"}}, 501);
        row("too much", with({{"x", QByteArray(70'000, 'x')}}), 431);
    }
    void aMalformedRequestIsRefused()
    {
        QFETCH(Pairs, fields);
        QFETCH(int, status);
        std::string out;
        const auto error = readerOf(fields).appendRequest(out, false);
        QVERIFY(error.has_value());
        QCOMPARE(int{error->status}, status);
        QVERIFY(out.empty());
    }

    void whateverComesMakesOneHeadOrNone()
    {
        // Every line of what comes out is one that went in, however wild its bytes.
        lab::Random random(20261125);
        static constexpr std::string_view bytes("\r\n\0 :;,aB/\t\x7f\xff", 14);
        const auto wild = [&] {
            std::string text;
            for (std::uint64_t left = random.next() % 9; left > 0; --left) {
                text += bytes[random.next() % bytes.size()];
            }
            return text;
        };
        for (int i = 0; i < 20'000; ++i) {
            Http2HeadReader reader;
            reader.add(":method", random.next() % 4 == 0 ? wild() : "GET");
            reader.add(":scheme", "http");
            reader.add(":authority", random.next() % 4 == 0 ? wild() : "a");
            reader.add(":path", random.next() % 2 == 0 ? '/' + wild() : "/");
            reader.add(random.next() % 2 == 0 ? wild() : "x", wild());
            std::string out;
            if (!reader.appendRequest(out, false)) {
                QVERIFY(out.ends_with("\r\n\r\n"));
                QCOMPARE(out.find("\r\n\r\n"), out.size() - 4);
                QCOMPARE(std::ranges::count(out, '\n'), std::ranges::count(out, '\r'));
                QVERIFY(std::ranges::count(out, '\n') <= 4);
            }
        }
    }

    void anAnswerBecomesAHead_data()
    {
        QTest::addColumn<Pairs>("fields");
        QTest::addColumn<bool>("mayHaveBody");
        QTest::addColumn<bool>("hasBody");
        QTest::addColumn<QByteArray>("head"); ///< Empty: refused.
        QTest::newRow("streamed")
            << Pairs{{":status", "200"}, {"a", "b"}} << true << true
            << QByteArray("HTTP/1.1 200 \r\na: b\r\ntransfer-encoding: chunked\r\n\r\n");
        QTest::newRow("of that length")
            << Pairs{{":status", "200"}, {"content-length", "3"}} << true << true
            << QByteArray("HTTP/1.1 200 \r\ncontent-length: 3\r\n\r\n");
        QTest::newRow("trailers only")
            << Pairs{{":status", "200"}, {"grpc-status", "5"}} << true << false
            << QByteArray("HTTP/1.1 200 \r\ngrpc-status: 5\r\ncontent-length: 0\r\n\r\n");
        QTest::newRow("to HEAD") << Pairs{{":status", "200"}} << false << false
                                 << QByteArray("HTTP/1.1 200 \r\n\r\n");
        QTest::newRow("nothing changed")
            << Pairs{{":status", "304"}} << true << false << QByteArray("HTTP/1.1 304 \r\n\r\n");
        QTest::newRow("interim") << Pairs{{":status", "103"}, {"link", "<a>"}} << true << true
                                 << QByteArray("HTTP/1.1 103 \r\nlink: <a>\r\n\r\n");
        QTest::newRow("no status") << Pairs{{"a", "b"}} << true << false << QByteArray();
        QTest::newRow("a word") << Pairs{{":status", "2xx"}} << true << false << QByteArray();
        QTest::newRow("four digits") << Pairs{{":status", "0200"}} << true << false << QByteArray();
        QTest::newRow("switching") << Pairs{{":status", "101"}} << true << false << QByteArray();
        QTest::newRow("a request's")
            << Pairs{{":status", "200"}, {":path", "/"}} << true << false << QByteArray();
    }
    void anAnswerBecomesAHead()
    {
        QFETCH(Pairs, fields);
        QFETCH(bool, mayHaveBody);
        QFETCH(bool, hasBody);
        QFETCH(QByteArray, head);
        std::string out;
        const auto error = readerOf(fields).appendAnswer(out, mayHaveBody, hasBody);
        QCOMPARE(error.has_value(), head.isEmpty());
        QCOMPARE(QByteArray::fromStdString(out), head);
    }

    void trailersAreLinesOrNothing()
    {
        std::string out;
        readerOf({{"grpc-status", "0"}, {"grpc-message", "ok"}}).appendTrailers(out);
        QCOMPARE(out, std::string("grpc-status: 0\r\ngrpc-message: ok\r\n"));
        out.clear();
        readerOf({{"a", "b"}, {":status", "200"}}).appendTrailers(out);
        readerOf({{"a", "b"}, {"c", "d\r\ne: f"}}).appendTrailers(out);
        QCOMPARE(out, std::string());
    }

    void headsBecomeFields()
    {
        RequestHead request;
        QCOMPARE(parseRequestHead("POST /x HTTP/1.1\r\nHost: shop.lab\r\nX-Upper: Value\r\n"
                                  "Connection: close, x-hop\r\nX-Hop: 1\r\nTE: trailers\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n",
                                  request)
                     .state,
                 HeadResult::State::Complete);
        Http2FieldList list;
        list.setRequest(request, "http");
        QCOMPARE(listed(list),
                 QByteArray(":method=POST\n:scheme=http\n:authority=shop.lab\n:path=/x\n"
                            "x-upper=Value\nte=trailers\n"));
        ResponseHead answer;
        QCOMPARE(parseResponseHead("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nKeep-Alive: x\r\n"
                                   "X-Folded: a\r\n b\r\n\r\n",
                                   "GET",
                                   answer)
                     .state,
                 HeadResult::State::Complete);
        list.setAnswer(answer);
        QCOMPARE(listed(list), QByteArray(":status=200\ncontent-length=3\nx-folded=a   b\n"));
        list.setTrailers("Grpc-Status: 0\r\nConnection: x\r\n");
        QCOMPARE(listed(list), QByteArray("grpc-status=0\n"));
        list.setTrailers("no field\r\n");
        QCOMPARE(listed(list), QByteArray());
    }
};

LAB_TEST(Http2HeadTest)
#include "tst_http2_head.moc"
