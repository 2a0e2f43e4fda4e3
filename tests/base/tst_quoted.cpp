#include "support/test_main.hpp"

#include "base/quoted.hpp"
#include "base/random.hpp"

#include <algorithm>

using lab::escaped;

/// What the user wrote is shown without harm.
class QuotedTest : public QObject {
    Q_OBJECT

private slots:
    void textIsShownSafely_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("cart") << QByteArray("\"cart\"");
        QTest::newRow("empty") << QByteArray("") << QByteArray("\"\"");
        QTest::newRow("other scripts stay")
            << QByteArray("café 商店") << QByteArray("\"café 商店\"");
        QTest::newRow("a line end") << QByteArray("a\nb") << QByteArray("\"a\\nb\"");
        QTest::newRow("an escape sequence")
            << QByteArray("\x1b[31m") << QByteArray("\"\\u001b[31m\"");
        QTest::newRow("C1") << QByteArray("\xC2\x9B") << QByteArray("\"\\u009b\"");
        QTest::newRow("right to left") << QByteArray("\xE2\x80\xAE") << QByteArray("\"\\u202e\"");
        QTest::newRow("no UTF-8") << QByteArray("a\xFF") << QByteArray("\"a\\xff\"");
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("\"a\\u0000b\"");
        QTest::newRow("80 characters fit")
            << QByteArray(80, 'x') << '"' + QByteArray(80, 'x') + '"';
        QTest::newRow("81 are cut") << QByteArray(81, 'x') << '"' + QByteArray(80, 'x') + "…\"";
    }

    void textIsShownSafely()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(lab::quoted(text.toStdString())), shown);
        QCOMPARE('"' + escaped(text.toStdString()) + '"', shown.toStdString());
    }

    void noBytesAtAllCanPaintOverATerminal()
    {
        lab::Random random(5);
        for (int round = 0; round < 2000; ++round) {
            std::string text;
            for (std::uint64_t i = random.below(100); i > 0; --i) {
                text += static_cast<char>(random.below(256));
            }
            const std::string shown = lab::quoted(text);
            QVERIFY(std::none_of(shown.begin(), shown.end(), [](char c) {
                return (c >= 0 && c < 0x20) || c == 0x7F;
            }));
            QVERIFY(QString::fromStdString(shown).toUtf8().toStdString() == shown);
        }
    }
};

LAB_TEST(QuotedTest)
#include "tst_quoted.moc"
