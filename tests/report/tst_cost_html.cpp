#include "support/test_main.hpp"

#include "support/cost_report_fixture.hpp"

using namespace lab;

/// The bill as one page for a ticket.
class CostHtmlTest : public QObject {
    Q_OBJECT

private slots:
    void everythingIsOnThePage()
    {
        const std::string page = report::costAsHtml(test::costReport());
        for (const char* part : {"<h1>The ingress costs 36.05 USD less a month.",
                                 "<svg",
                                 "<td>one a service</td><td class=\"number\">1,000</td>",
                                 "How far a limit reaches",
                                 "aws.nlb.hourly_fixed",
                                 "<h2>A load balancer each</h2>"}) {
            QVERIFY2(page.find(part) != std::string::npos, part);
        }
    }

    void anEmptyReportIsAPageToo()
    {
        const std::string page = report::costAsHtml({});
        QVERIFY(page.find("nan") == std::string::npos);
        QVERIFY(page.ends_with("</html>\n"));
    }
};

LAB_TEST(CostHtmlTest)
#include "tst_cost_html.moc"
