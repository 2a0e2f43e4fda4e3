#include "support/test_main.hpp"

#include "http/chunked_decoder.hpp"
#include "http/corpus_case.hpp"
#include "http/head_parser.hpp"
#include "http/readable.hpp"

using namespace lab::http;
using lab::test::CorpusCase;
using lab::test::readable;
using lab::test::toText;
using State = HeadResult::State;

namespace {

const QByteArray hostLine = "Host: lab.test\r\n";

QByteArray get(const QByteArray& fields, const QByteArray& version = "HTTP/1.1")
{
    return "GET /x " + version + "\r\n" + hostLine + fields + "\r\n";
}

struct Request {
    std::string text;
    RequestHead head;
    HeadResult result;

    explicit Request(const QByteArray& bytes, const HeadLimits& limits = {})
        : text(toText(bytes))
        , result(parseRequestHead(text, head, limits))
    {
    }
};

struct Response {
    std::string text;
    ResponseHead head;
    HeadResult result;

    explicit Response(const QByteArray& bytes, std::string_view method = "GET")
        : text(toText(bytes))
        , result(parseResponseHead(text, method, head))
    {
    }
};

/// "refused" at the head or in a chunked body, "taken" as one whole request, "forwarded not" if it
/// must be answered here, else "unfinished".
struct Verdict {
    QByteArray word;
    int status = 0;
};

Verdict verdictOn(const std::string& bytes)
{
    RequestHead head;
    const HeadResult result = parseRequestHead(bytes, head);
    if (result.state == State::Invalid) {
        return {"refused", result.error.status};
    }
    if (result.state == State::Incomplete) {
        return {"unfinished", 0};
    }
    if (!head.mayBeForwarded) {
        return {"not forwarded", 0};
    }
    std::string_view body = std::string_view(bytes).substr(result.headBytes);
    if (head.framing != BodyFraming::Chunked) {
        return {body.size() >= head.contentLength ? "taken" : "unfinished", 0};
    }
    ChunkedDecoder decoder;
    ChunkedDecoder::Step step;
    while (!body.empty() && step.state == ChunkedDecoder::State::More) {
        step = decoder.feed(body);
        body.remove_prefix(step.consumed);
    }
    return step.state == ChunkedDecoder::State::Done      ? Verdict{"taken", 0}
           : step.state == ChunkedDecoder::State::Invalid ? Verdict{"refused", 400}
                                                          : Verdict{"unfinished", 0};
}

} // namespace

/// Whole heads: what one field means depends on the others.
class HeadParserTest : public QObject {
    Q_OBJECT

private slots:
    void everyCaseOfTheCorpusGetsThePreferredVerdict_data()
    {
        QTest::addColumn<CorpusCase>("corpusCase");
        const auto cases = lab::test::readCorpus();
        QVERIFY(cases.size() == 331);
        for (const CorpusCase& corpusCase : cases) {
            if (corpusCase.isForParsers()) {
                QTest::newRow(corpusCase.id.constData()) << corpusCase;
            }
        }
    }

    void everyCaseOfTheCorpusGetsThePreferredVerdict()
    {
        QFETCH(CorpusCase, corpusCase);
        const Verdict verdict = verdictOn(corpusCase.bytes);
        QCOMPARE(verdict.word, corpusCase.preferred);
        if (verdict.status != 0) {
            QVERIFY2(corpusCase.statuses.contains(verdict.status), corpusCase.why.constData());
        }
    }

    void everyAnswerOfTheCorpusGetsThePreferredVerdict_data()
    {
        QTest::addColumn<CorpusCase>("corpusCase");
        for (const CorpusCase& corpusCase : lab::test::readCorpus()) {
            if (corpusCase.isForAnswerParser()) {
                QTest::newRow(corpusCase.id.constData()) << corpusCase;
            }
        }
    }

    void everyAnswerOfTheCorpusGetsThePreferredVerdict()
    {
        QFETCH(CorpusCase, corpusCase);
        ResponseHead head;
        const HeadResult result =
            parseResponseHead(corpusCase.answer, corpusCase.bytes.substr(0, 4), head);
        const bool isRefused = result.state != State::Complete;
        QVERIFY2(isRefused == (corpusCase.preferred == "refused"), corpusCase.why.constData());
        if (result.state == State::Invalid) {
            QCOMPARE(int(result.error.status), 502);
        }
    }

    void aHeadComesWholeOrNotAtAll()
    {
        const QByteArray bytes = "\r\nPOST http://a.lab:81/p?q HTTP/1.1\r\nHost: b.lab\r\nX-A: "
                                 "1\r\nContent-Length: 7\r\n\r\n";
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            QVERIFY(Request(bytes.left(size)).result.state == State::Incomplete);
        }
        const Request request(bytes + "body and more");
        QVERIFY(request.result.state == State::Complete);
        QCOMPARE(static_cast<qsizetype>(request.result.headBytes), bytes.size());
        QCOMPARE(readable(request.head.method), QByteArray("POST"));
        QCOMPARE(readable(request.head.target), QByteArray("http://a.lab:81/p?q"));
        QCOMPARE(readable(request.head.originForm), QByteArray("/p?q"));
        QCOMPARE(readable(request.head.authority), QByteArray("a.lab:81")); // RFC 9112 3.2.2
        QVERIFY(request.head.framing == BodyFraming::Length);
        QCOMPARE(request.head.contentLength, std::uint64_t(7));
        QCOMPARE(request.head.fields.all().size(), std::size_t(3));
    }

    void aHeadMayBeReadAgainIntoTheSameMemory()
    {
        RequestHead head;
        const std::string first = toText("POST /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n"
                                         "Content-Length: 7\r\nExpect: 100-continue\r\n\r\n");
        QVERIFY(parseRequestHead(first, head).state == State::Complete);
        const std::string second = toText("GET /b HTTP/1.1\r\nHost: b\r\n\r\n");
        QVERIFY(parseRequestHead(second, head).state == State::Complete);
        QCOMPARE(head.contentLength, std::uint64_t(0));
        QVERIFY(head.framing == BodyFraming::None);
        QVERIFY(head.isKeepAlive);
        QVERIFY(!head.expectsContinue);
        QCOMPARE(head.fields.all().size(), std::size_t(1));
    }

    void persistenceFollowsVersionAndConnection_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("connection");
        QTest::addColumn<bool>("isKeepAlive");
        const auto row =
            [](const char* rule, QByteArray version, QByteArray connection, bool keeps) {
                QTest::newRow(rule) << version << connection << keeps;
            };
        row("HTTP/1.1 goes on (RFC 9112 9.3)", "HTTP/1.1", "", true);
        row("HTTP/1.1 with close", "HTTP/1.1", "Connection: close\r\n", false);
        row("close beats keep-alive", "HTTP/1.1", "Connection: keep-alive, Close\r\n", false);
        row("HTTP/1.0 ends", "HTTP/1.0", "", false);
        row("HTTP/1.0 with keep-alive", "HTTP/1.0", "Connection: Keep-Alive\r\n", true);
    }

    void persistenceFollowsVersionAndConnection()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, connection);
        QFETCH(bool, isKeepAlive);
        QCOMPARE(Request(get(connection, version)).head.isKeepAlive, isKeepAlive);
        const Response response(version + " 200 OK\r\nContent-Length: 0\r\n" + connection + "\r\n");
        QCOMPARE(response.head.isKeepAlive, isKeepAlive);
    }

    void onlyHttp11ExpectsAndUpgrades()
    {
        const QByteArray fields =
            "Expect: 100-CONTINUE\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
        const Request request(get(fields));
        QVERIFY(request.head.expectsContinue);
        QCOMPARE(readable(request.head.upgrade), QByteArray("websocket"));
        const Request old(get(fields, "HTTP/1.0"));
        QVERIFY(!old.head.expectsContinue); // RFC 9110 10.1.1
        QVERIFY(old.head.upgrade.empty());  // RFC 9110 7.8
        QVERIFY(Request(get("Upgrade: websocket\r\n")).head.upgrade.empty());
    }

    void maxForwardsOfZeroEndsHere_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("mayBeForwarded");
        const auto row = [](const char* method, const char* hops, bool mayBe) {
            QTest::addRow("%s %s", method, hops)
                << QByteArray(method) + " / HTTP/1.1\r\n" + hostLine + "Max-Forwards: " + hops +
                       "\r\n\r\n"
                << mayBe;
        };
        row("TRACE", "0", false);
        row("OPTIONS", "00", false);
        row("OPTIONS", "1", true);
        row("TRACE", "none", true);
        row("GET", "0", true); // RFC 9110 7.6.2: other methods may ignore it
    }

    void maxForwardsOfZeroEndsHere()
    {
        QFETCH(QByteArray, request);
        QFETCH(bool, mayBeForwarded);
        QCOMPARE(Request(request).head.mayBeForwarded, mayBeForwarded);
    }

    void hostIsOneAndValid_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("none (RFC 9112 3.2)") << QByteArray("GET / HTTP/1.1\r\n\r\n") << false;
        QTest::newRow("none in HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << true;
        QTest::newRow("none, but an absolute target")
            << QByteArray("GET http://a.lab/ HTTP/1.1\r\n\r\n") << false;
        QTest::newRow("twice, equal") << get(hostLine) << false;
        QTest::newRow("twice in HTTP/1.0") << get(hostLine, "HTTP/1.0") << false;
        QTest::newRow("empty (RFC 9110 4.2.1)")
            << QByteArray("GET / HTTP/1.1\r\nHost:\r\n\r\n") << false;
        QTest::newRow("malformed though the target is absolute")
            << QByteArray("GET http://a.lab/ HTTP/1.1\r\nHost: a b\r\n\r\n") << false;
    }

    void hostIsOneAndValid()
    {
        QFETCH(QByteArray, request);
        QFETCH(bool, isTaken);
        QCOMPARE(Request(request).result.state == State::Complete, isTaken);
    }

    void limitsRefuseAndNeverTruncate()
    {
        const HeadLimits limits{.headBytesMax = 200, .requestLineBytesMax = 50};
        const auto status = [&](const QByteArray& bytes) {
            return int(Request(bytes, limits).result.error.status);
        };
        const QByteArray longLine = "GET /" + QByteArray(60, 'a');
        QCOMPARE(status(longLine), 414); // its end need not come first
        QCOMPARE(status(longLine + " HTTP/1.1\r\n" + hostLine + "\r\n"), 414);
        const QByteArray big = "X-A: " + QByteArray(200, 'a');
        QCOMPARE(status("GET / HTTP/1.1\r\n" + big), 431);
        QCOMPARE(status(get(big + "\r\n")), 431);
        const QByteArray fits = get("X-A: " + QByteArray(158, 'a') + "\r\n");
        QCOMPARE(fits.size(), qsizetype(200));
        QVERIFY(Request(fits, limits).result.state == State::Complete);
        QVERIFY(Request(fits.chopped(2), limits).result.state == State::Incomplete);
        QCOMPARE(status(get("Connection: " + QByteArray("a,").repeated(66) + "\r\n")), 431);
    }

    void headEndsAreFoundAcrossPieces()
    {
        const std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n\r\nbody";
        const std::size_t end = bytes.find("body");
        for (std::size_t seen = 0; seen < end; ++seen) {
            QVERIFY(!hasHeadEnd(std::string_view(bytes).substr(0, end - 1), seen));
            QVERIFY(hasHeadEnd(std::string_view(bytes).substr(0, end), seen));
        }
        QVERIFY(!hasHeadEnd("", 0));
        QVERIFY(!hasHeadEnd("ab", 10));
    }

    void anAnswersBodyIsFramedByAllThatMatters_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("framing");
        QTest::addColumn<bool>("isKeepAlive");
        const auto row = [](const char* rule,
                            const char* method,
                            const char* answer,
                            BodyFraming framing,
                            bool keeps) {
            QTest::newRow(rule) << QByteArray(method) << "HTTP/1.1 " + QByteArray(answer) + "\r\n"
                                << int(framing) << keeps;
        };
        row("a length", "GET", "200 OK\r\nContent-Length: 5\r\n", BodyFraming::Length, true);
        row("chunked",
            "GET",
            "200 OK\r\nTransfer-Encoding: chunked\r\n",
            BodyFraming::Chunked,
            true);
        row("neither: until close (RFC 9112 6.3)",
            "GET",
            "200 OK\r\n",
            BodyFraming::UntilClose,
            false);
        row("HEAD", "HEAD", "200 OK\r\nContent-Length: 5\r\n", BodyFraming::None, true);
        row("HEAD, chunked",
            "HEAD",
            "200 OK\r\nTransfer-Encoding: chunked\r\n",
            BodyFraming::None,
            true);
        row("204", "GET", "204 No Content\r\n", BodyFraming::None, true);
        row("204 that announces a body",
            "GET",
            "204 No\r\nContent-Length: 4\r\n",
            BodyFraming::None,
            false);
        row("204 of no bytes", "GET", "204 No\r\nContent-Length: 0\r\n", BodyFraming::None, true);
        row("304 with the length it would have",
            "GET",
            "304 Not\r\nContent-Length: 4\r\n",
            BodyFraming::None,
            true);
        row("103", "GET", "103 Early Hints\r\n", BodyFraming::None, true);
        row("103 that announces a body",
            "GET",
            "103 E\r\nTransfer-Encoding: chunked\r\n",
            BodyFraming::None,
            false);
    }

    void anAnswersBodyIsFramedByAllThatMatters()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, answer);
        QFETCH(int, framing);
        QFETCH(bool, isKeepAlive);
        const Response response(answer, toText(method));
        QVERIFY(response.result.state == State::Complete);
        QCOMPARE(static_cast<qsizetype>(response.result.headBytes), answer.size());
        QCOMPARE(int(response.head.framing), framing);
        QCOMPARE(response.head.isKeepAlive, isKeepAlive);
        for (qsizetype size = 0; size < answer.size(); ++size) {
            QVERIFY(Response(answer.left(size)).result.state == State::Incomplete);
        }
    }

    void aSwitchNamesItsProtocol()
    {
        const QByteArray fields = "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n";
        QCOMPARE(readable(Response("HTTP/1.1 101 Switching\r\n" + fields).head.upgrade),
                 QByteArray("websocket"));
        QCOMPARE(readable(Response("HTTP/1.1 426 Upgrade Required\r\n" + fields).head.upgrade),
                 QByteArray("websocket"));
        QVERIFY(Response("HTTP/1.1 200 OK\r\n" + fields).head.upgrade.empty());
    }
};

LAB_TEST(HeadParserTest)
#include "tst_head_parser.moc"
