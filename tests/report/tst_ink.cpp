#include "support/test_main.hpp"

#include "report/ink.hpp"

using lab::report::Ink;
using lab::report::Tone;

/// Colour is added where it is wanted, and nowhere else.
class InkTest : public QObject {
    Q_OBJECT

private slots:
    void paintsOnlyWhenAsked()
    {
        QCOMPARE(Ink(false).paint(Tone::Bad, "FAIL"), std::string("FAIL"));
        QCOMPARE(Ink(true).paint(Tone::Good, "PASS"), std::string("\033[32mPASS\033[0m"));
    }

    void plainAndEmptyTextsStayAsTheyAre()
    {
        QCOMPARE(Ink(true).paint(Tone::Plain, "text"), std::string("text"));
        QCOMPARE(Ink(true).paint(Tone::Bad, ""), std::string());
    }

    void everyToneEnds()
    {
        for (const Tone tone : {Tone::Strong, Tone::Faint, Tone::Good, Tone::Bad, Tone::Unsure}) {
            QVERIFY(Ink(true).paint(tone, "x").ends_with("\033[0m"));
        }
    }
};

LAB_TEST(InkTest)
#include "tst_ink.moc"
