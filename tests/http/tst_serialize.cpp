#include "support/test_main.hpp"
#include <QRegularExpression>

#include "http/head_parser.hpp"
#include "http/readable.hpp"
#include "http/serialize.hpp"

#include <functional>

using namespace lab::http;
using lab::test::readable;
using lab::test::toText;

namespace {

Forwarding spec()
{
    Forwarding forwarding;
    forwarding.clientAddress = "127.0.3.1";
    forwarding.host = "shop.lab:8080";
    return forwarding;
}

/// As controller profile ingress-nginx sets it up.
Forwarding nginx()
{
    Forwarding forwarding = spec();
    forwarding.addsVia = false;
    forwarding.addsNginxFields = true;
    forwarding.dropsOddNames = true;
    forwarding.requestId = "0123456789abcdef0123456789abcdef";
    return forwarding;
}

QByteArray forwarded(const QByteArray& request, const Forwarding& forwarding)
{
    const std::string text = toText(request);
    RequestHead head;
    if (parseRequestHead(text, head).state != HeadResult::State::Complete) {
        return "not parsed";
    }
    std::string out;
    appendForwardedHead(out, head, head.originForm, forwarding, head.framing, head.contentLength);
    return readable(out);
}

QByteArray forwardedFields(const QByteArray& fields, const Forwarding& forwarding)
{
    return forwarded("GET / HTTP/1.1\r\nHost: a.lab\r\n" + fields + "\r\n", forwarding);
}

} // namespace

/// What a pod gets is our own, whole and well-formed head.
class SerializeTest : public QObject {
    Q_OBJECT

private slots:
    void profileSpecSendsItsSet()
    {
        QCOMPARE(
            forwarded("POST /x?y HTTP/1.1\r\nhost: shop.lab:8080\r\nX-B:1\r\ncontent-length:5\r\n"
                      "x-a: \t2 \r\n\r\n",
                      spec()),
            QByteArray("POST /x?y HTTP/1.1\r\n"
                       "Host: shop.lab:8080\r\n"
                       "X-B: 1\r\n"
                       "x-a: 2\r\n"
                       "X-Forwarded-For: 127.0.3.1\r\n"
                       "X-Forwarded-Host: shop.lab:8080\r\n"
                       "X-Forwarded-Port: 80\r\n"
                       "X-Forwarded-Proto: http\r\n"
                       "Via: 1.1 ingresslab\r\n"
                       "Content-Length: 5\r\n"
                       "\r\n"));
    }

    void profileIngressNginxSendsItsSet()
    {
        Forwarding forwarding = nginx();
        forwarding.isTls = true;
        forwarding.port = 443;
        QCOMPARE(
            forwardedFields("X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-For: 10.0.0.1\r\n"
                            "X-Forwarded-Host: evil\r\nX-Original-Forwarded-For: fake\r\n"
                            "X-Real-IP: 1.1.1.1\r\nX-Scheme: gopher\r\nX_Odd: 1\r\nX.Odd: 1\r\n"
                            "Via: 1.0 fred\r\n",
                            forwarding),
            QByteArray("GET / HTTP/1.1\r\n"
                       "Host: shop.lab:8080\r\n"
                       "Via: 1.0 fred\r\n"
                       "X-Request-ID: 0123456789abcdef0123456789abcdef\r\n"
                       "X-Forwarded-For: 127.0.3.1\r\n"
                       "X-Forwarded-Host: shop.lab:8080\r\n"
                       "X-Forwarded-Port: 443\r\n"
                       "X-Forwarded-Proto: https\r\n"
                       "X-Real-IP: 127.0.3.1\r\n"
                       "X-Forwarded-Scheme: https\r\n"
                       "X-Scheme: https\r\n"
                       "X-Original-Forwarded-For: 198.51.100.7, 10.0.0.1\r\n"
                       "X-Original-Forwarded-Host: evil\r\n"
                       "\r\n"));
    }

    void aFieldIsForwardedOrNot_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("isThere");
        const auto row = [](const char* rule, QByteArray fields, QByteArray pattern, bool isThere) {
            QTest::newRow(rule) << fields << pattern << isThere;
        };
        row("unknown fields (RFC 9110 5.1)", "X-Any: v\r\n", "\nX-Any: v\r", true);
        row("underscore names in profile spec", "X_Under: 1\r\n", "\nX_Under: 1\r", true);
        row("named in Connection (RFC 9110 7.6.1)",
            "Connection: X-Hop\r\nX-Hop: 1\r\n",
            "X-Hop",
            false);
        row("Connection itself", "Connection: close\r\n", "Connection", false);
        row("Keep-Alive", "Keep-Alive: timeout=9\r\n", "Keep-Alive", false);
        row("TE (RFC 9110 10.1.4)", "TE: trailers\r\nConnection: TE\r\n", "\nTE:", false);
        row("Proxy (CVE-2016-5385)", "Proxy: http://evil\r\n", "\nProxy:", false);
        row("Proxy-Authorization", "Proxy-Authorization: Basic eA==\r\n", "Proxy-", false);
        row("Expect, answered here (RFC 9110 10.1.1)", "Expect: 100-Continue\r\n", "Expect", false);
        row("another expectation is the pod's", "Expect: miracle\r\n", "\nExpect: miracle\r", true);
        row("a client's X-Forwarded-Proto", "X-Forwarded-Proto: https\r\n", "https", false);
        row("a client's X-Real-IP", "X-Real-IP: 1.1.1.1\r\n", "X-Real-IP", false);
        row("a client's Forwarded (RFC 7239)", "Forwarded: for=1.1.1.1\r\n", "\nForwarded", false);
        row("our fields though named in Connection",
            "Connection: X-Forwarded-For, Host, Via\r\n",
            "\nHost: shop.lab:8080\r.*\nX-Forwarded-For: 127.0.3.1\r.*\nVia: 1.1 ingresslab\r",
            true);
        row("Via of those before us (RFC 9110 7.6.3)",
            "Via: 1.0 fred\r\n",
            "\nVia: 1.0 fred\r.*\nVia: 1.1 ingresslab\r",
            true);
        row("an upgrade is offered again (RFC 9110 7.8)",
            "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n",
            "\nConnection: upgrade\r\nUpgrade: websocket\r",
            true);
        row("an upgrade that Connection does not name", "Upgrade: websocket\r\n", "Upgrade", false);
        row("an upgrade to h2c",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
            "HTTP2-Settings: AAMA\r\n",
            "Upgrade|HTTP2|Connection",
            false);
        row("Authorization",
            "Authorization: Basic eA==\r\n",
            "\nAuthorization: Basic eA==\r",
            true);
        row("chunked is framed anew",
            "Transfer-Encoding: CHUNKED\r\n",
            "\nTransfer-Encoding: chunked\r",
            true);
        row("no framing without a body", "X-A: 1\r\n", "Content-Length|Transfer-Encoding", false);
    }

    void aFieldIsForwardedOrNot()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, pattern);
        QFETCH(bool, isThere);
        const QByteArray head = forwardedFields(fields, spec());
        const QRegularExpression expression(QString::fromLatin1(pattern),
                                            QRegularExpression::DotMatchesEverythingOption);
        QCOMPARE(expression.match(QString::fromLatin1(head)).hasMatch(), isThere);
    }

    void optionsChangeWhatPodsSee_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<std::function<void(Forwarding&)>>("change");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("unwanted");
        using Change = std::function<void(Forwarding&)>;
        const auto row = [](const char* name,
                            QByteArray fields,
                            Change change,
                            QByteArray expected,
                            QByteArray unwanted) {
            QTest::newRow(name) << fields << change << expected << unwanted;
        };
        row(
            "upstream-vhost",
            "",
            [](Forwarding& f) {
                f.host = "in";
                f.forwardedHost = "out";
            },
            "\r\nHost: in\r\n|\r\nX-Forwarded-Host: out\r\n",
            "Host: out\r\nX-Forwarded-For");
        row(
            "a trusted scheme",
            "",
            [](Forwarding& f) { f.forwardedProto = "https"; },
            "X-Forwarded-Proto: https\r\n|X-Scheme: https\r\n",
            "http\r\n");
        row(
            "the client's X-Request-ID stays",
            "X-Request-ID: abc\r\n",
            [](Forwarding&) {},
            "X-Request-ID: abc\r\n",
            "0123456789abcdef");
        row(
            "but not one named in Connection",
            "X-Request-ID: abc\r\nConnection: X-Request-ID\r\n",
            [](Forwarding&) {},
            "X-Request-ID: 0123456789abcdef",
            "abc\r\n");
        row(
            "compute-full-forwarded-for",
            "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n",
            [](Forwarding& f) { f.keepsForwardedFor = true; },
            "\nX-Forwarded-For: 1.1.1.1, 2.2.2.2, 127.0.3.1\r\n"
            "|X-Original-Forwarded-For: 1.1.1.1, 2.2.2.2\r\n",
            "For: 127");
        row(
            "a full list without a client's",
            "",
            [](Forwarding& f) { f.keepsForwardedFor = true; },
            "\nX-Forwarded-For: 127.0.3.1\r\n",
            "Original");
        row(
            "basic auth keeps the password",
            "Authorization: Basic eA==\r\nX-A: 1\r\n",
            [](Forwarding& f) { f.dropsAuthorization = true; },
            "X-A: 1\r\n",
            "Authorization");
        row(
            "extra fields",
            "",
            [](Forwarding& f) { f.extraFields = "X-E: 1\r\nX-F: 2\r\n"; },
            "\r\nX-E: 1\r\nX-F: 2\r\n\r\n",
            "Via");
    }

    void optionsChangeWhatPodsSee()
    {
        QFETCH(QByteArray, fields);
        QFETCH(std::function<void(Forwarding&)>, change);
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, unwanted);
        Forwarding forwarding = nginx();
        change(forwarding);
        const QByteArray head = forwardedFields(fields, forwarding);
        for (const QByteArray& part : expected.split('|')) {
            QVERIFY2(head.contains(part), head.constData());
        }
        QVERIFY2(!head.contains(unwanted), head.constData());
    }

    void aPodAlwaysGetsAHost()
    {
        Forwarding forwarding = spec();
        forwarding.host = {}; // HTTP/1.0 without Host
        const QByteArray head = forwarded("GET / HTTP/1.0\r\n\r\n", forwarding);
        QVERIFY(head.contains("\r\nHost: ingresslab\r\n"));
        QVERIFY(!head.contains("X-Forwarded-Host"));
    }

    void viaNamesTheVersionReceived()
    {
        QVERIFY(
            forwarded("GET / HTTP/1.0\r\nHost: a\r\n\r\n", spec()).contains("Via: 1.0 ingresslab"));
    }

    void aTargetStaysOneWord_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("as it is") << QByteArray("/a%2Fb?c=d") << QByteArray("/a%2Fb?c=d");
        QTest::newRow("absolute target without a path")
            << QByteArray("?q=1") << QByteArray("/?q=1");
        QTest::newRow("a rewrite's space") << QByteArray("/a b") << QByteArray("/a%20b");
        QTest::newRow("a rewrite's line end")
            << QByteArray("/a HTTP/1.1\r\nX: y") << QByteArray("/a%20HTTP/1.1%0D%0AX:%20y");
        QTest::newRow("a rewrite's DEL") << QByteArray("/\x7f") << QByteArray("/%7F");
    }

    void aTargetStaysOneWord()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, sent);
        RequestHead head;
        head.method = "GET";
        std::string out = "before|";
        appendForwardedHead(out, head, toText(target), spec(), BodyFraming::None, 0);
        QVERIFY(readable(out).startsWith("before|GET " + sent + " HTTP/1.1\r\nHost: "));
    }

    void maxForwardsCountsDown_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("received");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << QByteArray("10") << QByteArray("9");
        QTest::newRow("TRACE") << QByteArray("TRACE") << QByteArray("1") << QByteArray("0");
        QTest::newRow("GET may ignore it")
            << QByteArray("GET") << QByteArray("3") << QByteArray("3");
        QTest::newRow("no number") << QByteArray("TRACE") << QByteArray("x") << QByteArray("x");
    }

    void maxForwardsCountsDown()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, received);
        QFETCH(QByteArray, sent);
        const QByteArray head = forwarded(
            method + " / HTTP/1.1\r\nHost: a\r\nMax-Forwards: " + received + "\r\n\r\n", spec());
        QVERIFY2(head.contains("\r\nMax-Forwards: " + sent + "\r\n"), head.constData());
    }

    void aReflectionHidesCredentials()
    {
        const std::string text = "TRACE /x HTTP/1.1\r\nHost: a\r\nCookie: c\r\nAuthorization: b\r\n"
                                 "Proxy-Authorization: d\r\nMax-Forwards: 0\r\n\r\n";
        RequestHead head;
        QVERIFY(parseRequestHead(text, head).state == HeadResult::State::Complete);
        std::string out;
        appendReflection(out, head);
        QCOMPARE(readable(out),
                 QByteArray("TRACE /x HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n"));
    }
};

LAB_TEST(SerializeTest)
#include "tst_serialize.moc"
