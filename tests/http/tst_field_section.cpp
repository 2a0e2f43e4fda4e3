#include "support/test_main.hpp"

#include "http/field_section.hpp"
#include "http/readable.hpp"

using namespace lab::http;
using lab::test::readable;
using lab::test::toText;
using State = HeadResult::State;

namespace {

struct Parsed {
    std::string text;
    FieldList fields;
    FieldSectionResult result;

    Parsed(const QByteArray& bytes, FieldsOf source)
        : text(toText(bytes))
        , result(parseFieldSection(text.data(), text.data() + text.size(), source, fields))
    {
    }

    /// "name=value|…"
    [[nodiscard]] QByteArray summary() const
    {
        QByteArray all;
        for (const Field& field : fields.all()) {
            all += readable(field.name) + '=' + readable(field.value) + '|';
        }
        return all;
    }
};

QByteArray lines(int count)
{
    return QByteArray("X-N: v\r\n").repeated(count) + "\r\n";
}

} // namespace

/// Field lines: strict for clients, patient where RFC 9112 lets a proxy mend a pod's answer.
class FieldSectionTest : public QObject {
    Q_OBJECT

private slots:
    void validLinesAreRead_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::addColumn<QByteArray>("fields");
        const auto row = [](const char* rule, QByteArray section, QByteArray fields) {
            QTest::newRow(rule) << section << fields;
        };
        row("none", "\r\n", "");
        row("two in order", "X-A: 1\r\nX-B: 2\r\n\r\n", "X-A=1|X-B=2|");
        row("whitespace around a value (RFC 9112 5.1)", "X-A: \t v w \t \r\n\r\n", "X-A=v w|");
        row("no whitespace", "X-A:1\r\n\r\n", "X-A=1|");
        row("empty value", "X-A:\r\nX-B: \t \r\n\r\n", "X-A=|X-B=|");
        row("every token byte (RFC 9110 5.6.2)",
            "!#$%&'*+-.^_`|~09aZ: 1\r\n\r\n",
            "!#$%&'*+-.^_`|~09aZ=1|");
        row("tab and bytes above 127 in a value", "X-A: a\tb\xe9\xff\r\n\r\n", "X-A=a\tb\xe9\xff|");
        row("colons in a value", "X-A: a:b: c\r\n\r\n", "X-A=a:b: c|");
        row("128 lines", lines(128), QByteArray("X-N=v|").repeated(128));
    }

    void validLinesAreRead()
    {
        QFETCH(QByteArray, section);
        QFETCH(QByteArray, fields);
        for (const FieldsOf source : {FieldsOf::Request, FieldsOf::Answer}) {
            const Parsed whole(section + "GET", source);
            QCOMPARE(QByteArray(whole.result.error.rule), QByteArray());
            QVERIFY(whole.result.state == State::Complete);
            QCOMPARE(whole.result.next - whole.text.data(), section.size());
            QCOMPARE(whole.summary(), fields);
            for (qsizetype size = 0; size < section.size(); ++size) {
                QVERIFY(Parsed(section.left(size), source).result.state == State::Incomplete);
            }
        }
    }

    void badLinesOfARequestAreRefused_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::addColumn<int>("status");
        const auto row = [](const char* rule, QByteArray section, int status = 400) {
            QTest::newRow(rule) << section << status;
        };
        row("space before the colon (RFC 9112 5.1)", "X-A : 1\r\n\r\n");
        row("tab before the colon", "X-A\t: 1\r\n\r\n");
        row("blank before the first name (RFC 9112 2.2)", " X-A: 1\r\n\r\n");
        row("folded line (RFC 9112 5.2)", "X-A: one\r\n two\r\n\r\n");
        row("folded with a tab", "X-A: one\r\n\ttwo\r\n\r\n");
        row("folded and empty", "X-A: one\r\n \r\nX-B: b\r\n\r\n");
        row("no colon (RFC 9112 5)", "Nonsense\r\n\r\n");
        row("no colon but a blank", "Transfer-Encoding chunked\r\n\r\n");
        row("empty name", ":\r\n\r\n");
        row("empty name with a value", ": 1\r\n\r\n");
        for (const char* name : {"X(A)",
                                 "X\"A",
                                 "X/A",
                                 "X;A",
                                 "X=A",
                                 "X\x7f"
                                 "A",
                                 "<X>",
                                 "X-A\xa0",
                                 "X@A",
                                 "[X]",
                                 "{X}",
                                 "X\\A",
                                 "X,A",
                                 "X?A",
                                 "X\x01"}) {
            QTest::addRow("byte outside a token: %s", name) << QByteArray(name) + ": 1\r\n\r\n"
                                                            << 400;
        }
        row("NUL in a name", QByteArray("X\0A: 1\r\n\r\n", 10));
        row("NUL in a value (RFC 9110 5.5)", QByteArray("X-A: a\0b\r\n\r\n", 12));
        row("control in a value", "X-A: a\x01\r\n\r\n");
        row("DEL in a value", "X-A: a\x7f\r\n\r\n");
        row("bare CR in a value (RFC 9112 2.2)", "X-A: a\rb\r\n\r\n");
        row("bare CR before a name", "\rX-A: a\r\n\r\n");
        row("CR CR LF", "X-A: a\r\r\n\r\n");
        row("LF alone after a value (RFC 9112 2.2)", "X-A: a\nX-B: b\r\n\r\n");
        row("LF alone as the empty line", "X-A: a\r\n\n");
        row("129 lines (RFC 9110 5.4)", lines(129), 431);
    }

    void badLinesOfARequestAreRefused()
    {
        QFETCH(QByteArray, section);
        QFETCH(int, status);
        const Parsed parsed(section, FieldsOf::Request);
        QVERIFY(parsed.result.state == State::Invalid);
        QCOMPARE(int(parsed.result.error.status), status);
        QVERIFY(QByteArray(parsed.result.error.rule).contains("(RFC "));
    }

    void anAnswerIsMendedWhereTheRfcAllowsIt_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("hasControls");
        const auto row =
            [](const char* rule, QByteArray section, QByteArray fields, bool controls) {
                QTest::newRow(rule) << section << fields << controls;
            };
        row("space before the colon (RFC 9112 5.1)", "X-A \t: 1\r\n\r\n", "X-A=1|", false);
        row("folded line (RFC 9112 5.2)", "X-A: a\r\n b\r\n\r\n", "X-A=a\r\n b|", true);
        row("folded twice",
            "X-A: a\r\n b\r\n\tc\r\nX-B: 1\r\n\r\n",
            "X-A=a\r\n b\r\n\tc|X-B=1|",
            true);
        row("bare CR (RFC 9112 2.2)", "X-A: a\rB: b\r\n\r\n", "X-A=a\rB: b|", true);
        row("NUL (RFC 9110 5.5)",
            QByteArray("X-A: a\0b\r\n\r\n", 12),
            QByteArray("X-A=a\0b|", 8),
            true);
    }

    void anAnswerIsMendedWhereTheRfcAllowsIt()
    {
        QFETCH(QByteArray, section);
        QFETCH(QByteArray, fields);
        QFETCH(bool, hasControls);
        const Parsed parsed(section, FieldsOf::Answer);
        QVERIFY(parsed.result.state == State::Complete);
        QCOMPARE(parsed.result.next - parsed.text.data(), section.size());
        QCOMPARE(parsed.summary(), fields);
        QCOMPARE(parsed.fields.all()[0].hasControls, hasControls);
    }

    void whatCannotBeMendedIsRefusedOfAnAnswerToo_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::newRow("no colon") << QByteArray("Nonsense\r\n\r\n");
        QTest::newRow("LF alone") << QByteArray("X-A: a\nX-B: b\r\n\r\n");
        QTest::newRow("blank before the first name") << QByteArray(" X-A: 1\r\n\r\n");
        QTest::newRow("bad name") << QByteArray("X(A): 1\r\n\r\n");
        QTest::newRow("empty name") << QByteArray(" : 1\r\n\r\n");
        QTest::newRow("129 lines") << lines(129);
    }

    void whatCannotBeMendedIsRefusedOfAnAnswerToo()
    {
        QFETCH(QByteArray, section);
        QVERIFY(Parsed(section, FieldsOf::Answer).result.state == State::Invalid);
    }
};

LAB_TEST(FieldSectionTest)
#include "tst_field_section.moc"
