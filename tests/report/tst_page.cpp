#include "support/test_main.hpp"

#include "report/page.hpp"

using namespace lab;
using report::Page;
using report::Tone;

/// A page is indented, at most 100 columns wide, and has no spaces at the ends of its lines.
class PageTest : public QObject {
    Q_OBJECT

private slots:
    void linesAreIndentedAndEndInWords()
    {
        Page page(false);
        page.line("two  ");
        page.line();
        page.heading("Title", "more");
        QCOMPARE(page.take(), "  two\n\n\n  Title  more\n");
    }

    void longTextIsBrokenAndHangs()
    {
        Page page(false);
        page.wrapped(Tone::Plain, "· " + QString("word ").repeated(40).toStdString(), 2);
        const QStringList lines = QString::fromStdString(page.take()).split('\n');
        QVERIFY(lines.size() > 2);
        QVERIFY(lines[0].startsWith("  · word"));
        QVERIFY(lines[1].startsWith("    word"));
        for (const QString& line : lines) {
            QVERIFY(line.size() <= static_cast<qsizetype>(Page::width));
        }
    }

    void aRuleLeavesBothMargins()
    {
        Page page(false);
        page.rule("-");
        QCOMPARE(page.take(), "  " + std::string(Page::width - 2 * Page::indent, '-') + '\n');
    }

    void colourIsOnlyWhereItIsWanted()
    {
        Page plain(false);
        Page painted(true);
        plain.heading("Title");
        painted.heading("Title");
        QVERIFY(plain.take().find('\x1b') == std::string::npos);
        QVERIFY(painted.take().find('\x1b') != std::string::npos);
    }
};

LAB_TEST(PageTest)
#include "tst_page.moc"
