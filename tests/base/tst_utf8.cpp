#include "support/test_main.hpp"

#include "base/utf8.hpp"

using namespace lab;

/// UTF-8 as the standard has it: nothing longer than needed, nothing that is no character.
class Utf8Test : public QObject {
    Q_OBJECT

private slots:
    void everyCharacterComesBack()
    {
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            if (c >= 0xD800 && c <= 0xDFFF) {
                continue;
            }
            std::string text;
            appendUtf8(text, c);
            const Utf8Character read = utf8At(text, 0);
            QCOMPARE(read.codePoint, c);
            QCOMPARE(read.bytes, text.size());
        }
    }

    void whatIsNoCharacterHasNoLength_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a continuation byte alone") << QByteArray("\x80");
        QTest::newRow("NUL in two bytes") << QByteArray("\xC0\x80");
        QTest::newRow("a slash in two bytes") << QByteArray("\xC1\xAF");
        QTest::newRow("three bytes for two") << QByteArray("\xE0\x9F\xBF");
        QTest::newRow("four bytes for three") << QByteArray("\xF0\x8F\xBF\xBF");
        QTest::newRow("a surrogate") << QByteArray("\xED\xA0\x80");
        QTest::newRow("beyond U+10FFFF") << QByteArray("\xF4\x90\x80\x80");
        QTest::newRow("a byte that never occurs") << QByteArray("\xFF");
        QTest::newRow("cut off after two of three") << QByteArray("\xE2\x82");
        QTest::newRow("a letter inside") << QByteArray("\xE2\x82x");
    }

    void whatIsNoCharacterHasNoLength()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(utf8At(bytes.toStdString(), 0).bytes, std::size_t(0));
    }

    void charactersAreReadAtTheirOffset() { QCOMPARE(utf8At("aé", 1).codePoint, U'é'); }
};

LAB_TEST(Utf8Test)
#include "tst_utf8.moc"
