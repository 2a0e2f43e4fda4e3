#include "support/test_main.hpp"

#include "base/random.hpp"
#include "report/text_layout.hpp"

using namespace lab::report;

/// Tables are aligned by what a terminal shows, not by bytes.
class TextLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void widthIsOfColumns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("width");
        QTest::newRow("nothing") << QByteArray("") << 0;
        QTest::newRow("ASCII") << QByteArray("cart") << 4;
        QTest::newRow("signs") << QByteArray("2 × 3 → …") << 9;
        QTest::newRow("combining accent") << QByteArray("e\xCC\x81t") << 2;
        QTest::newRow("Japanese") << QByteArray("日本") << 4;
        QTest::newRow("emoji") << QByteArray("🛒") << 2;
        QTest::newRow("bytes that are no UTF-8") << QByteArray("\xFF\xC0") << 2;
    }
    void widthIsOfColumns()
    {
        QFETCH(QByteArray, text);
        QTEST(static_cast<int>(displayWidth(text.toStdString())), "width");
    }

    void paddingCountsColumns()
    {
        QCOMPARE(padRight("日", 4), std::string("日  "));
        QCOMPARE(padLeft("×", 3), std::string("  ×"));
        QCOMPARE(padLeft("long", 2), std::string("long"));
    }

    void cuttingKeepsWholeCharacters()
    {
        QCOMPARE(cutToWidth("cart", 4), std::string("cart"));
        QCOMPARE(cutToWidth("carts", 4), std::string("car…"));
        QCOMPARE(cutToWidth("日本語", 4), std::string("日…"));
        QCOMPARE(cutToWidth("cart", 0), std::string(""));
    }

    void wrappingBreaksAtSpaces_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("nothing") << "" << QStringList{""};
        QTest::newRow("fits") << "one two" << QStringList{"one two"};
        QTest::newRow("breaks") << "one two three" << QStringList{"one two", "three"};
        QTest::newRow("exactly full") << "12345678 9" << QStringList{"12345678", "9"};
        QTest::newRow("no space") << "0123456789" << QStringList{"01234567", "89"};
        QTest::newRow("spaces at the break") << "1234567    8" << QStringList{"1234567", "8"};
    }
    void wrappingBreaksAtSpaces()
    {
        QFETCH(QString, text);
        QStringList lines;
        for (const std::string& line : wrapText(text.toStdString(), 8)) {
            lines.push_back(QString::fromStdString(line).trimmed());
        }
        QTEST(lines, "lines");
    }

    void noLineIsTooWideAndNoWordIsLost()
    {
        lab::Random random(3);
        const std::string letters[] = {"a", "ö", "日", " ", "·", "e\xCC\x81", "  "};
        for (int i = 0; i < 2'000; ++i) {
            std::string text;
            for (std::size_t n = random.below(60); n > 0; --n) {
                text += letters[random.below(std::size(letters))];
            }
            const std::size_t width = 2 + random.below(20);
            QString all;
            for (const std::string& line : wrapText(text, width)) {
                QVERIFY(displayWidth(line) <= width);
                all += QString::fromStdString(line);
            }
            QCOMPARE(all.remove(' '), QString::fromStdString(text).remove(' '));
            QVERIFY(displayWidth(cutToWidth(text, width)) <= width);
        }
    }

    void whatATerminalMustNotGetIsReplaced()
    {
        QCOMPARE(printable("shop\x1b[2J"), std::string("shop\uFFFD[2J"));
        QCOMPARE(printable("a\nb\x7f"),
                 std::string("a\uFFFD"
                             "b\uFFFD"));
        QCOMPARE(printable("\xC2\x9b"), std::string("\uFFFD")); // C1 control sequence introducer
        QCOMPARE(printable("\xE2\x82"), std::string("\uFFFD\uFFFD"));
        QCOMPARE(printable("\xED\xA0\x80"), std::string("\uFFFD\uFFFD\uFFFD")); // a surrogate
        QCOMPARE(printable("zwölf 日本"), std::string("zwölf 日本"));
    }

    void repeats() { QCOMPARE(repeated("─", 3), std::string("───")); }
};

LAB_TEST(TextLayoutTest)
#include "tst_text_layout.moc"
