#include "support/test_main.hpp"

#include "report/render.hpp"
#include "support/golden.hpp"
#include "support/report_fixture.hpp"

using namespace lab;

/// The same tables for a pull request; names cannot break out of a cell.
class RenderMarkdownTest : public QObject {
    Q_OBJECT

private slots:
    void twoDoors()
    {
        test::compareWithGolden(report::renderMarkdown(test::twoDoorsReport()),
                                "reports/two-doors.md");
    }

    void aRowOfATableHasAsManyCellsAsItsHead()
    {
        const QString text = QString::fromStdString(report::renderMarkdown(hostile()));
        qsizetype cells = 0;
        for (const QString& line : text.split('\n')) {
            if (!line.startsWith('|')) {
                cells = 0;
                continue;
            }
            const qsizetype own = QString(line).remove("\\\\").remove("\\|").count('|');
            QVERIFY2(cells == 0 || own == cells, qPrintable(line));
            cells = own;
        }
    }

    void markupInNamesIsText()
    {
        const QString text = QString::fromStdString(report::renderMarkdown(hostile()));
        QVERIFY(!text.contains("<script"));
        QVERIFY(text.contains("&lt;script"));
    }

private:
    static report::Report hostile()
    {
        report::Report report = test::twoDoorsReport();
        report.title = "<script>alert(1)</script>";
        report.expectations[0].text = "a | b \\| `c` [x](y)";
        report.expectations[1].because = "line\nbreak | pipe";
        return report;
    }
};

LAB_TEST(RenderMarkdownTest)
#include "tst_render_markdown.moc"
