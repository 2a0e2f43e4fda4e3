#include "support/test_main.hpp"

#include "http/body_framing.hpp"
#include "http/field_section.hpp"
#include "http/readable.hpp"

using namespace lab::http;

namespace {

DeclaredBody declared(const QByteArray& lines, int minorVersion = 1)
{
    const std::string text = lab::test::toText(lines + "\r\n");
    FieldList fields;
    (void)parseFieldSection(text.data(), text.data() + text.size(), FieldsOf::Answer, fields);
    return declaredBody(fields, static_cast<std::uint8_t>(minorVersion));
}

} // namespace

Q_DECLARE_METATYPE(lab::http::BodyFraming)

/// Where a body ends is the one thing that two readers must never see differently.
class BodyFramingTest : public QObject {
    Q_OBJECT

private slots:
    void aClearBodyIsTaken_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<BodyFraming>("framing");
        QTest::addColumn<qulonglong>("length");
        const auto row = [](const char* rule, QByteArray lines, BodyFraming framing, qulonglong n) {
            QTest::newRow(rule) << lines << framing << n;
        };
        row("neither field", "X-A: 1\r\n", BodyFraming::None, 0);
        row("a length", "Content-Length: 5\r\n", BodyFraming::Length, 5);
        row("a length of nothing", "Content-Length: 0\r\n", BodyFraming::Length, 0);
        row("leading zeros", "Content-Length: 005\r\n", BodyFraming::Length, 5);
        row("2^63 - 1",
            "Content-Length: 9223372036854775807\r\n",
            BodyFraming::Length,
            9223372036854775807ULL);
        row("name in any case", "content-LENGTH:5\r\n", BodyFraming::Length, 5);
        row("chunked", "Transfer-Encoding: chunked\r\n", BodyFraming::Chunked, 0);
        row("coding in any case (RFC 9112 7)",
            "Transfer-Encoding: ChUnKeD\r\n",
            BodyFraming::Chunked,
            0);
        row("empty list elements (RFC 9110 5.6.1.2)",
            "Transfer-Encoding: , chunked,\r\n",
            BodyFraming::Chunked,
            0);
        row("empty second line",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n",
            BodyFraming::Chunked,
            0);
    }

    void aClearBodyIsTaken()
    {
        QFETCH(QByteArray, lines);
        QFETCH(BodyFraming, framing);
        QFETCH(qulonglong, length);
        const DeclaredBody body = declared(lines);
        QVERIFY(!body.error);
        QCOMPARE(body.framing, framing);
        QCOMPARE(qulonglong(body.contentLength), length);
    }

    void anUnclearBodyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<int>("status");
        for (const char* value : {"abc",
                                  "+5",
                                  "-0",
                                  "5 5",
                                  "5.0",
                                  "5;",
                                  "\"5\"",
                                  "0x5",
                                  "5 bytes",
                                  "5,x",
                                  "5, 5",
                                  "5, 6",
                                  "",
                                  "18446744073709551621",
                                  "9223372036854775808",
                                  "\xef\xbc\x95"}) {
            QTest::addRow("Content-Length is one plain number: %s", value)
                << QByteArray("Content-Length: ") + value + "\r\n"
                << 400;
        }
        QTest::newRow("5000 digits")
            << QByteArray("Content-Length: ") + QByteArray(5000, '0') + "5\r\n"
            << 400;
        const auto row = [](const char* rule, QByteArray lines, int status = 400) {
            QTest::newRow(rule) << lines << status;
        };
        row("a length twice (RFC 9112 6.3)", "Content-Length: 5\r\nContent-Length: 6\r\n");
        row("a length twice, equal", "Content-Length: 5\r\nContent-Length: 5\r\n");
        row("an empty length beside one", "Content-Length:\r\nContent-Length: 5\r\n");
        row("a folded length", "Content-Length: 5\r\n 5\r\n");
        row("a length and chunked (RFC 9112 6.1)",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
        row("a length and an empty coding", "Content-Length: 5\r\nTransfer-Encoding:\r\n");
        for (const char* value : {"chun ked",
                                  "chunked:",
                                  "chunked/1",
                                  "\xa0"
                                  "chunked",
                                  "chunked\xff",
                                  "chun\xe2\x84\xaa"
                                  "ed",
                                  "chunked;q=1",
                                  "\"chunked\"",
                                  "",
                                  ",",
                                  "chunked, chunked",
                                  "chunked, identity",
                                  "chunked, gzip"}) {
            QTest::addRow("Transfer-Encoding is one chunked: %s", value)
                << QByteArray("Transfer-Encoding: ") + value + "\r\n"
                << 400;
        }
        for (const char* value : {"gzip",
                                  "identity",
                                  "xchunked",
                                  "'chunked'",
                                  "chunke",
                                  "cow",
                                  "gzip, chunked",
                                  "identity, chunked"}) {
            QTest::addRow("unknown coding (RFC 9112 6.1): %s", value)
                << QByteArray("Transfer-Encoding: ") + value + "\r\n"
                << 501;
        }
        row("chunked on two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
        row("another coding on a second line",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n");
    }

    void anUnclearBodyIsRefused()
    {
        QFETCH(QByteArray, lines);
        QFETCH(int, status);
        const DeclaredBody body = declared(lines);
        QVERIFY(body.error.has_value());
        QCOMPARE(int(body.error->status), status);
    }

    void http10HasNoTransferEncoding()
    {
        QVERIFY(declared("Transfer-Encoding: chunked\r\n", 0).error.has_value());
        QVERIFY(!declared("Content-Length: 5\r\n", 0).error);
    }
};

LAB_TEST(BodyFramingTest)
#include "tst_body_framing.moc"
