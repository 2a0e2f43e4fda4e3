#include "support/test_main.hpp"

#include "http/readable.hpp"
#include "http/request_target.hpp"

using namespace lab::http;
using lab::test::readable;
using State = TargetResult::State;

namespace {

struct Read {
    std::string text;
    RequestTarget target;
    TargetResult result;

    Read(const QByteArray& bytes, std::string_view method)
        : text(lab::test::toText(bytes))
        , result(readTarget(text.data(), text.data() + text.size(), method, target))
    {
    }
};

} // namespace

/// What a request may ask for, and of whom.
class RequestTargetTest : public QObject {
    Q_OBJECT

private slots:
    void aValidTargetIsTakenApart_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("originForm");
        QTest::addColumn<QByteArray>("authority");
        const auto row =
            [](const char* rule, QByteArray target, QByteArray origin, QByteArray host) {
                QTest::newRow(rule) << QByteArray("GET") << target << origin << host;
            };
        row("origin form (RFC 9112 3.2.1)", "/a/b?c=d", "/a/b?c=d", "");
        row("every pchar (RFC 3986 3.3)", "/-._~!$&'()*+,;=:@", "/-._~!$&'()*+,;=:@", "");
        row("escapes stay as they are", "/a%2Fb%20c%c3%a9?x=%26", "/a%2Fb%20c%c3%a9?x=%26", "");
        row("empty segments", "//x//", "//x//", "");
        row("query with ? and /", "/a?b=c;d?e/f", "/a?b=c;d?e/f", "");
        row("query as browsers send it", "/a?f[x]={1|2}^`&g=100%", "/a?f[x]={1|2}^`&g=100%", "");
        row("absolute form (RFC 9112 3.2.2)", "http://a.lab/x?y", "/x?y", "a.lab");
        row("absolute form with a port", "https://a.lab:8443/", "/", "a.lab:8443");
        row("scheme in any case", "HTTP://A.LAB/x", "/x", "A.LAB");
        row("absolute form without a path", "http://a.lab", "/", "a.lab");
        row("absolute form with only a query", "http://a.lab?q=/x", "?q=/x", "a.lab");
        row("absolute form with an IPv6 host", "http://[::1]:80/x", "/x", "[::1]:80");
        QTest::newRow("asterisk form (RFC 9112 3.2.4)")
            << QByteArray("OPTIONS") << QByteArray("*") << QByteArray("*") << QByteArray("");
        QTest::newRow("OPTIONS of a whole host (RFC 9112 3.2.4)")
            << QByteArray("OPTIONS") << QByteArray("http://a.lab:81") << QByteArray("*")
            << QByteArray("a.lab:81");
    }

    void aValidTargetIsTakenApart()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, originForm);
        QFETCH(QByteArray, authority);
        const Read read(target + " HTTP/1.1\r\n", lab::test::toText(method));
        QCOMPARE(QByteArray(read.result.rule), QByteArray());
        QVERIFY(read.result.state == State::Complete);
        QCOMPARE(*read.result.next, ' ');
        QCOMPARE(readable(read.target.target), target);
        QCOMPARE(readable(read.target.originForm), originForm);
        QCOMPARE(readable(read.target.authority), authority);
        for (qsizetype size = 0; size < target.size(); ++size) {
            QVERIFY(Read(target.left(size), lab::test::toText(method)).result.state ==
                    State::Incomplete);
        }
    }

    void abadTargetIsRefused_data()
    {
        QTest::addColumn<QByteArray>("target");
        const auto row = [](const char* rule, QByteArray target) { QTest::newRow(rule) << target; };
        row("empty (RFC 9112 3.2)", "");
        row("relative path", "c/x");
        row("authority form is for CONNECT (RFC 9112 3.2.3)", "lab.test:80");
        row("asterisk is for OPTIONS (RFC 9112 3.2.4)", "*");
        row("another scheme", "ftp://lab.test/");
        row("no host in an http URL (RFC 9110 4.2.1)", "http://");
        row("empty host in an http URL", "http:///x");
        row("port without a host", "http://:80/x");
        row("port that is no number", "http://lab.test:8x/");
        row("userinfo in an http URL (RFC 9110 4.2.4)", "http://me@lab.test/");
        row("bad path in an absolute target", "http://lab.test/<b>");
        row("broken escape in an absolute target", "http://lab.test/%z1");
        row("fragment (RFC 9112 3.2)", "/x#frag");
        row("fragment after a query", "/x?y#frag");
        row("NUL", QByteArray("/\0x", 3));
        row("NUL in a query", QByteArray("/?\0x", 4));
        row("tab", "/\tx");
        row("DEL", "/\x7fx");
        row("ESC", "/\x1bx");
        row("bare CR", "/a\rb");
        row("byte above 127", "/\xc3\xa9");
        row("byte above 127 in a query", "/?\xc3\xa9");
        row("angle brackets", "/<b>");
        row("backslash", "/\\..\\");
        row("backslash in a query", "/?a\\b");
        row("quotation mark in a query", "/?\"a\"");
        row("braces in a path", "/{a|b}");
        row("broken escape", "/%zz");
        row("short escape", "/%4 ");
        row("escaped NUL in a path", "/%00");
    }

    void abadTargetIsRefused()
    {
        QFETCH(QByteArray, target);
        const Read read(target + " HTTP/1.1\r\n", "GET");
        QVERIFY(read.result.state == State::Invalid);
        QVERIFY(QByteArray(read.result.rule).contains("(RFC "));
    }

    void anAuthorityIsAHostWithAPort_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isValid");
        const auto row = [](const char* text, bool isValid) {
            QTest::newRow(text) << QByteArray(text) << isValid;
        };
        for (const char* text : {"lab.test",
                                 "LAB.TEST",
                                 "lab.test:80",
                                 "lab.test:",
                                 "lab.test:65535",
                                 "a",
                                 "a_b-c.~d",
                                 "1.2.3.4",
                                 "1.2.3.4:1",
                                 "a%20b",
                                 "a,b!$&'()*+;=",
                                 "[::1]",
                                 "[::1]:80",
                                 "[::1]:",
                                 "[::]",
                                 "[1::]",
                                 "[1:2:3:4:5:6:7:8]",
                                 "[1:2:3:4:5:6:7::]",
                                 "[::2:3:4:5:6:7:8]",
                                 "[::ffff:10.0.0.1]",
                                 "[1:2:3:4:5:6:10.0.0.1]",
                                 "[2001:DB8::7]",
                                 "[v1.fe80::a]"}) {
            row(text, true);
        }
        for (const char* text : {"",
                                 ":80",
                                 "lab.test:http",
                                 "lab.test:-80",
                                 "lab.test:65536",
                                 "lab.test:80:80",
                                 "lab.test, evil.test",
                                 "lab.test/x",
                                 "lab.test?x",
                                 "lab.test#x",
                                 "me@lab.test",
                                 "<lab.test>",
                                 "lab .test",
                                 "lab\t.test",
                                 "l\xc3\xa4"
                                 "b.test",
                                 "http://lab.test/",
                                 "lab\\test",
                                 "a%zz",
                                 "a%00b",
                                 "a%2",
                                 "::1",
                                 "[::1",
                                 "[::1]x",
                                 "[::1]80",
                                 "[]",
                                 "[zz::1]",
                                 "[1:2:3:4:5:6:7]",
                                 "[1:2:3:4:5:6:7:8:9]",
                                 "[1::2::3]",
                                 "[:1]",
                                 "[1:]",
                                 "[12345::]",
                                 "[::1.2.3]",
                                 "[::1.2.3.256]",
                                 "[::1.2.3.04]",
                                 "[::1.2.3.4:5]",
                                 "[fe80::1%25eth0]",
                                 "[1:2:3:4:5:6:7::8:9]",
                                 "[v.a]",
                                 "[vz.a]",
                                 "[v1.]"}) {
            row(text, false);
        }
    }

    void anAuthorityIsAHostWithAPort()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isValid);
        QCOMPARE(isAuthority(lab::test::toText(text)), isValid);
    }
};

LAB_TEST(RequestTargetTest)
#include "tst_request_target.moc"
