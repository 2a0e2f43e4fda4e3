#include "support/test_main.hpp"

#include "base/random.hpp"
#include "http/chunked_decoder.hpp"
#include "http/readable.hpp"

using lab::Random;
using lab::http::ChunkedDecoder;
using lab::test::readable;
using lab::test::toText;
using State = ChunkedDecoder::State;

namespace {

struct Decoded {
    State state = State::More;
    std::string data;
    std::string trailers;
    std::string rule;
    std::size_t consumed = 0;
};

/// Feeds `text` in pieces of at most `pieceMax` bytes.
Decoded decode(const std::string& text, std::size_t pieceMax)
{
    ChunkedDecoder decoder;
    Decoded decoded;
    while (decoded.state == State::More && decoded.consumed < text.size()) {
        const auto piece = std::string_view(text).substr(decoded.consumed, pieceMax);
        const ChunkedDecoder::Step step = decoder.feed(piece);
        decoded.state = step.state;
        decoded.consumed += step.consumed;
        decoded.data += step.data;
    }
    decoded.trailers = decoder.trailers();
    decoded.rule = decoder.brokenRule();
    return decoded;
}

} // namespace

/// A chunked body ends where the grammar says, and nowhere else.
class ChunkedDecoderTest : public QObject {
    Q_OBJECT

private slots:
    void aValidBodyIsDecoded_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("trailers");
        const auto row =
            [](const char* rule, QByteArray body, QByteArray data, QByteArray trailers = "") {
                QTest::newRow(rule) << body << data << trailers;
            };
        row("no data", "0\r\n\r\n", "");
        row("two chunks", "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello");
        row("hexadecimal in any case",
            "0A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n",
            "01234567890123456789a");
        row("leading zeros (RFC 9112 7.1)", "0005\r\nhello\r\n000\r\n\r\n", "hello");
        row("extensions are ignored (RFC 9112 7.1.1)",
            "5;name=value;flag\r\nhello\r\n0;last\r\n\r\n",
            "hello");
        row("blanks around extensions (RFC 9110 5.6.3)",
            "5 ; a = b\r\nhello\r\n0\r\n\r\n",
            "hello");
        row("quoted extension value", "5;a=\"x;\\\"y\";b\r\nhello\r\n0\r\n\r\n", "hello");
        row("line ends in the data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n");
        row("trailers (RFC 9112 7.1.2)",
            "1\r\nx\r\n0\r\nX-T: a\r\nX-U:b\r\n\r\n",
            "x",
            "X-T: a\r\nX-U:b\r\n");
    }

    void aValidBodyIsDecoded()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, trailers);
        const std::string text = toText(body + "GET ");
        for (const std::size_t pieceMax :
             {std::size_t(1), std::size_t(2), std::size_t(3), text.size()}) {
            const Decoded decoded = decode(text, pieceMax);
            QCOMPARE(QByteArray(decoded.rule.c_str()), QByteArray());
            QVERIFY(decoded.state == State::Done);
            QCOMPARE(readable(decoded.data), data);
            QCOMPARE(readable(decoded.trailers), trailers);
            QCOMPARE(static_cast<qsizetype>(decoded.consumed), body.size());
        }
        for (qsizetype size = 0; size < body.size(); ++size) {
            QVERIFY(decode(toText(body.left(size)), 7).state == State::More);
        }
    }

    void aBrokenBodyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* rule, QByteArray body) { QTest::newRow(rule) << body; };
        row("size: not hexadecimal", "g\r\nhello\r\n0\r\n\r\n");
        row("size: 0x", "0x5\r\nhello\r\n0\r\n\r\n");
        row("size: sign", "+5\r\nhello\r\n0\r\n\r\n");
        row("size: negative zero", "-0\r\n\r\n");
        row("size: underscore", "0_5\r\nhello\r\n0\r\n\r\n");
        row("size: NUL", QByteArray("5\0\r\nhello\r\n0\r\n\r\n", 16));
        row("size: blank before", " 5\r\nhello\r\n0\r\n\r\n");
        row("size: blank after", "5 \r\nhello\r\n0\r\n\r\n");
        row("size: quoted", "\"5\"\r\nhello\r\n0\r\n\r\n");
        row("size: comma", "5,\r\nhello\r\n0\r\n\r\n");
        row("size: empty", "\r\n5\r\nhello\r\n0\r\n\r\n");
        row("size: only an extension", ";a=b\r\nhello\r\n0\r\n\r\n");
        row("size: 2^64 - 1", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n");
        row("size: 2^64 + 5", "10000000000000005\r\nhello\r\n0\r\n\r\n");
        row("size: 2^63", "8000000000000000\r\nhello\r\n0\r\n\r\n");
        row("size: 33 digits", QByteArray(32, '0') + "5\r\nhello\r\n0\r\n\r\n");
        row("size line: bare CR", "5\rhello\r\n0\r\n\r\n");
        row("size line: LF alone (RFC 9112 2.2)", "5\nhello\r\n0\r\n\r\n");
        row("data: too long", "5\r\nhello!\r\n0\r\n\r\n");
        row("data: no line end", "5\r\nhelloXX0\r\n\r\n");
        row("data: LF alone", "5\r\nhello\n0\r\n\r\n");
        row("data: CR and another", "5\r\nhello\rX0\r\n\r\n");
        row("data: another empty line", "5\r\nhello\r\n\r\n0\r\n\r\n");
        row("extension: none after the semicolon", "5;\r\nhello\r\n0\r\n\r\n");
        row("extension: empty value", "5;a=\r\nhello\r\n0\r\n\r\n");
        row("extension: control", "5;a=\x01\r\nhello\r\n0\r\n\r\n");
        row("extension: LF", "5;a=b\nhello\r\n0\r\n\r\n");
        row("extension: LF within", "5;a\nX: y\r\nhello\r\n0\r\n\r\n");
        row("extension: CR CR LF", "5;a\r\r\nhello\r\n0\r\n\r\n");
        row("extension: byte above 127", "5;\xe9\r\nhello\r\n0\r\n\r\n");
        row("extension: line end in quotes", "5;a=\"x\r\n\"\r\nhello\r\n0\r\n\r\n");
        row("extension: text after quotes", "5;a=\"x\"y\r\nhello\r\n0\r\n\r\n");
        row("extension: blank at the end", "5;a \r\nhello\r\n0\r\n\r\n");
        row("extension: blank at the end of a value", "5;a=b \r\nhello\r\n0\r\n\r\n");
        row("extension: text after a blank", "5;a=b c\r\nhello\r\n0\r\n\r\n");
        row("extension: 64 KiB", "5;a=" + QByteArray(65536, 'b') + "\r\nhello\r\n0\r\n\r\n");
        row("extension: no end", "5;" + QByteArray(5000, 'b'));
        row("extension: only blanks", "5" + QByteArray(5000, ' '));
        row("trailer: space before the colon", "0\r\nX-T : b\r\n\r\n");
        row("trailer: LF alone", "0\r\nX-T: b\n\r\n");
        row("trailer: folded", "0\r\nX-T: a\r\n b\r\n\r\n");
        row("trailer: a request", "0\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        row("trailer: no end", "0\r\n" + QByteArray("X-T: b\r\n").repeated(2500));
    }

    void aBrokenBodyIsRefused()
    {
        QFETCH(QByteArray, body);
        const std::string text = toText(body);
        for (const std::size_t pieceMax : {std::size_t(1), std::size_t(4), text.size()}) {
            const Decoded decoded = decode(text, pieceMax);
            QVERIFY(decoded.state == State::Invalid);
            QVERIFY(QByteArray(decoded.rule.c_str()).contains("(RFC "));
        }
    }

    void whatIsRefusedStaysRefused()
    {
        ChunkedDecoder decoder;
        QVERIFY(decoder.feed("x").state == State::Invalid);
        const ChunkedDecoder::Step step = decoder.feed("5\r\nhello\r\n0\r\n\r\n");
        QVERIFY(step.state == State::Invalid);
        QCOMPARE(step.consumed, std::size_t(0));
    }

    void anyDataInAnyChunksComesBack()
    {
        Random random(21);
        for (int round = 0; round < 300; ++round) {
            std::string data;
            std::string body;
            for (std::uint64_t chunk = random.below(6); chunk > 0; --chunk) {
                std::string bytes(1 + random.below(300), '\0');
                for (char& byte : bytes) {
                    byte = static_cast<char>(random.below(256));
                }
                body += QByteArray::number(static_cast<qulonglong>(bytes.size()), 16).toStdString();
                body += "\r\n" + bytes + "\r\n";
                data += bytes;
            }
            body += "0\r\n\r\n";
            const Decoded decoded = decode(body, 1 + random.below(400));
            QVERIFY(decoded.state == State::Done);
            QCOMPARE(decoded.data, data);
        }
    }
};

LAB_TEST(ChunkedDecoderTest)
#include "tst_chunked_decoder.moc"
