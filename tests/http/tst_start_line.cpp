#include "support/test_main.hpp"

#include "http/readable.hpp"
#include "http/start_line.hpp"

using namespace lab::http;
using lab::test::readable;
using lab::test::toText;
using State = HeadResult::State;

namespace {

StartLineResult readRequest(const std::string& text, RequestHead& head)
{
    RequestTarget target;
    return readRequestLine(text.data(), text.data() + text.size(), head, target);
}

StartLineResult readStatus(const std::string& text, ResponseHead& head)
{
    return readStatusLine(text.data(), text.data() + text.size(), head);
}

} // namespace

/// The first line decides what the rest may mean.
class StartLineTest : public QObject {
    Q_OBJECT

private slots:
    void aValidRequestLineIsRead_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("minorVersion");
        const auto row = [](const char* rule, QByteArray line, QByteArray method, int minor) {
            QTest::newRow(rule) << line << method << minor;
        };
        row("the plainest", "GET / HTTP/1.1\r\n", "GET", 1);
        row("HTTP/1.0", "GET / HTTP/1.0\r\n", "GET", 0);
        row("a later minor version counts as 1.1 (RFC 9110 2.5)", "GET / HTTP/1.9\r\n", "GET", 1);
        row("one empty line before it (RFC 9112 2.2)", "\r\nGET / HTTP/1.1\r\n", "GET", 1);
        row("any token is a method (RFC 9110 9.1)", "x-FROB! / HTTP/1.1\r\n", "x-FROB!", 1);
        row("lower case is another method", "get / HTTP/1.1\r\n", "get", 1);
    }

    void aValidRequestLineIsRead()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, method);
        QFETCH(int, minorVersion);
        const std::string text = toText(line);
        RequestHead head;
        const StartLineResult result = readRequest(text, head);
        QCOMPARE(QByteArray(result.error.rule), QByteArray());
        QVERIFY(result.state == State::Complete);
        QCOMPARE(result.next - text.data(), line.size());
        QCOMPARE(readable(head.method), method);
        QCOMPARE(int(head.minorVersion), minorVersion);
        for (qsizetype size = 0; size < line.size(); ++size) {
            RequestHead partial;
            QVERIFY(readRequest(toText(line.left(size)), partial).state == State::Incomplete);
        }
    }

    void aBadRequestLineIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        const auto row = [](const char* rule, QByteArray line, int status = 400) {
            QTest::newRow(rule) << line << status;
        };
        row("HTTP/0.9: no version", "GET /\r\n");
        row("version in lower case (RFC 9112 2.3)", "GET / http/1.1\r\n");
        row("another protocol", "GET / HTTPS/1.1\r\n");
        row("no minor version", "GET / HTTP/1.\r\n");
        row("no dot", "GET / HTTP/11\r\n");
        row("two-digit minor version", "GET / HTTP/1.10\r\n");
        row("leading zero", "GET / HTTP/01.1\r\n");
        row("no slash", "GET / HTTP1.1\r\n");
        row("sign", "GET / HTTP/+1.1\r\n");
        row("negative minor version", "GET / HTTP/1.-1\r\n");
        row("version that wraps a byte", "GET / HTTP/257.1\r\n");
        row("HTTP/2.0 (RFC 9110 15.6.6)", "GET / HTTP/2.0\r\n", 505);
        row("HTTP/0.9 spelled out", "GET / HTTP/0.9\r\n", 505);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n"); // "*" is for OPTIONS
        row("two spaces", "GET  / HTTP/1.1\r\n");
        row("space after the version", "GET / HTTP/1.1 \r\n");
        row("space before the method", " GET / HTTP/1.1\r\n");
        row("two versions", "GET / HTTP/1.1 HTTP/1.1\r\n");
        row("vertical tab for a space", "GET\x0b/ HTTP/1.1\r\n");
        row("CR for a space", "GET\r/ HTTP/1.1\r\n");
        row("two CR", "GET / HTTP/1.1\r\r\n");
        row("LF alone (RFC 9112 2.2)", "GET / HTTP/1.1\n");
        row("LF alone before it", "\nGET / HTTP/1.1\r\n");
        row("CR alone before it", "\rGET / HTTP/1.1\r\n");
        row("two empty lines before it", "\r\n\r\nGET / HTTP/1.1\r\n");
        row("blank line before it", " \r\nGET / HTTP/1.1\r\n");
        row("no method", "/ HTTP/1.1\r\n");
        row("no target", "GET  HTTP/1.1\r\n");
        row("parenthesis in a method", "GE(T / HTTP/1.1\r\n");
        row("colon in a method", "GET: / HTTP/1.1\r\n");
        row("byte above 127 in a method", "G\xc9T / HTTP/1.1\r\n");
        row("control byte in a method", "\x01GET / HTTP/1.1\r\n");
        row("byte order mark", "\xef\xbb\xbfGET / HTTP/1.1\r\n");
        row("TLS hello on a plain port", QByteArray("\x16\x03\x01\x00\xa5", 5));
        row("SMTP", "EHLO lab.test\r\n");
        row("method longer than any (RFC 9112 3)", QByteArray(33, 'A') + " / HTTP/1.1\r\n", 501);
        row("method without an end", QByteArray(33, 'A'), 501);
        row("CONNECT (RFC 9110 9.3.6)", "CONNECT lab.test:80 HTTP/1.1\r\n", 501);
    }

    void aBadRequestLineIsRefused()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        RequestHead head;
        const StartLineResult result = readRequest(toText(line), head);
        QVERIFY(result.state == State::Invalid);
        QCOMPARE(int(result.error.status), status);
        QVERIFY(QByteArray(result.error.rule).contains("(RFC "));
    }

    void aValidStatusLineIsRead_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* rule, QByteArray line, int status, QByteArray reason) {
            QTest::newRow(rule) << line << status << reason;
        };
        row("the plainest", "HTTP/1.1 200 OK\r\n", 200, "OK");
        row("empty reason (RFC 9112 4)", "HTTP/1.1 200 \r\n", 200, "");
        row("no reason and no space", "HTTP/1.1 200\r\n", 200, "");
        row("reason of several words", "HTTP/1.0 404 Not\tthere \xe9\r\n", 404, "Not\tthere \xe9");
        row("control in the reason: left out", QByteArray("HTTP/1.1 200 O\0K\r\n", 18), 200, "");
        row("CR in the reason: left out", "HTTP/1.1 200 O\rX: K\r\n", 200, "");
        row("lowest", "HTTP/1.1 100 C\r\n", 100, "C");
        row("highest", "HTTP/1.1 599 X\r\n", 599, "X");
    }

    void aValidStatusLineIsRead()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        const std::string text = toText(line);
        ResponseHead head;
        const StartLineResult result = readStatus(text, head);
        QCOMPARE(QByteArray(result.error.rule), QByteArray());
        QVERIFY(result.state == State::Complete);
        QCOMPARE(result.next - text.data(), line.size());
        QCOMPARE(int(head.status), status);
        QCOMPARE(readable(head.reason), reason);
        for (qsizetype size = 0; size < line.size(); ++size) {
            ResponseHead partial;
            QVERIFY(readStatus(toText(line.left(size)), partial).state == State::Incomplete);
        }
    }

    void aBadStatusLineIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* rule, const char* line) {
            QTest::newRow(rule) << QByteArray(line);
        };
        row("no HTTP", "\x01\x02garbage\r\n");
        row("ICY", "ICY 200 OK\r\n");
        row("HTTP/2.0", "HTTP/2.0 200 OK\r\n");
        row("two-digit status", "HTTP/1.1 20 OK\r\n");
        row("four-digit status", "HTTP/1.1 2000 OK\r\n");
        row("negative status", "HTTP/1.1 -200 OK\r\n");
        row("status below 100 (RFC 9110 15)", "HTTP/1.1 099 OK\r\n");
        row("status above 599 (RFC 9110 15)", "HTTP/1.1 600 OK\r\n");
        row("two spaces before the status", "HTTP/1.1  200 OK\r\n");
        row("tab for a space", "HTTP/1.1\t200 OK\r\n");
        row("LF alone", "HTTP/1.1 200 OK\n");
        row("empty line before it", "\r\nHTTP/1.1 200 OK\r\n");
    }

    void aBadStatusLineIsRefused()
    {
        QFETCH(QByteArray, line);
        ResponseHead head;
        QVERIFY(readStatus(toText(line), head).state == State::Invalid);
    }
};

LAB_TEST(StartLineTest)
#include "tst_start_line.moc"
