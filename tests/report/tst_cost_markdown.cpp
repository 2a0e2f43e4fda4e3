#include "support/test_main.hpp"

#include "support/cost_report_fixture.hpp"
#include "support/golden.hpp"

using namespace lab;

/// The bill for a ticket.
class CostMarkdownTest : public QObject {
    Q_OBJECT

private slots:
    void theWholeText()
    {
        test::compareWithGolden(report::costAsMarkdown(test::costReport()), "reports/cost.md");
    }

    void nothingIsSaidOfNothing()
    {
        const std::string text = report::costAsMarkdown({});
        QVERIFY(text.find("### Certificates") == std::string::npos);
        QVERIFY(text.find("### Which limit") == std::string::npos);
    }
};

LAB_TEST(CostMarkdownTest)
#include "tst_cost_markdown.moc"
