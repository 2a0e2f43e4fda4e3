#include "support/test_main.hpp"

#include "report/markdown_text.hpp"

using namespace lab;

/// What manifests name is text in a ticket, never markup.
class MarkdownTextTest : public QObject {
    Q_OBJECT

private slots:
    void marksAreEscaped()
    {
        QCOMPARE(report::markdownText("a|b `c` <d> *e* _f_ [g] \\h\x01"),
                 std::string("a\\|b \\`c\\` \\<d> \\*e\\* \\_f\\_ \\[g\\] \\\\h\uFFFD"));
    }
};

LAB_TEST(MarkdownTextTest)
#include "tst_markdown_text.moc"
