#include "support/test_main.hpp"

#include "yaml/text_check.hpp"

#include <string>

using namespace lab::yaml;

/// Bytes are text, or the first that is not is named with its place.
class TextCheckTest : public QObject {
    Q_OBJECT

private slots:
    void goodTextPasses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("lines") << QByteArray("a: 1\nb:\t2\r\n");
        QTest::newRow("a byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                         "a: 1");
        QTest::newRow("other scripts") << QByteArray("a: 商店 \xF0\x9F\x9B\x92\n");
        QTest::newRow("next line") << QByteArray("a\xC2\x85");
    }

    void goodTextPasses()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!checkText(text.toStdString(), 1000));
    }

    void badTextIsNamedInItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("word");
        QTest::newRow("NUL") << QByteArray("ab\nc\0d", 6) << 2 << 2 << "U+0000";
        QTest::newRow("escape") << QByteArray("a\x1b") << 1 << 2 << "U+001B";
        QTest::newRow("delete") << QByteArray("\x7f") << 1 << 1 << "U+007F";
        QTest::newRow("C1") << QByteArray("\xC2\x9B") << 1 << 1 << "U+009B";
        QTest::newRow("a lone CR") << QByteArray("a\rb") << 1 << 2 << "U+000D";
        QTest::newRow("CR at the end") << QByteArray("a\r") << 1 << 2 << "U+000D";
        QTest::newRow("Latin-1") << QByteArray("x\ncaf\xE9\n") << 2 << 4 << "UTF-8";
        QTest::newRow("columns are bytes") << QByteArray("é\xE9") << 1 << 3 << "UTF-8";
        QTest::newRow("behind a mark") << QByteArray("\xEF\xBB\xBF"
                                                     "a\x01")
                                       << 1 << 2 << "U+0001";
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                              "a\0",
                                              4)
                                << 1 << 1 << "UTF-16";
        QTest::newRow("UTF-32") << QByteArray("\xFF\xFE\0\0", 4) << 1 << 1 << "UTF-32";
        QTest::newRow("gzip") << QByteArray("\x1F\x8B\x08") << 1 << 1 << "gzip";
    }

    void badTextIsNamedInItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, word);
        const auto finding = checkText(text.toStdString(), 1000);
        QVERIFY(finding.has_value());
        QVERIFY(finding->severity == lab::Severity::Unreadable);
        QCOMPARE(static_cast<int>(finding->place.line), line);
        QCOMPARE(static_cast<int>(finding->place.column), column);
        QVERIFY(QString::fromStdString(finding->message).contains(word));
    }

    void sizeIsLimited()
    {
        QVERIFY(!checkText(std::string(100, ' '), 100));
        const auto finding = checkText(std::string((1U << 20U) + 1, ' '), 1U << 20U);
        QVERIFY(finding.has_value());
        QVERIFY(QString::fromStdString(finding->message).contains("1 MiB"));
    }

    void theMarkIsTakenOffOnce()
    {
        QCOMPARE(withoutByteOrderMark("\xEF\xBB\xBF"
                                      "a"),
                 std::string_view("a"));
        QCOMPARE(withoutByteOrderMark("a"), std::string_view("a"));
    }
};

LAB_TEST(TextCheckTest)
#include "tst_text_check.moc"
