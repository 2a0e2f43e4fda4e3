#include "support/test_main.hpp"
#include <QXmlStreamReader>

#include "report/html_text.hpp"

using namespace lab;

/// Pages that open anywhere and in which no text becomes markup.
class HtmlTextTest : public QObject {
    Q_OBJECT

private slots:
    void noTextIsMarkup()
    {
        QCOMPARE(report::htmlText("<b a=\"x\" c='y'>&\x01\xff"),
                 std::string("&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;\uFFFD\uFFFD"));
    }

    void barsShareOneScale()
    {
        const std::string chart =
            report::barChart({{"long", "4", {{"a", 3, "3"}, {"b", 1, "1"}}},
                              {"short", "2", {{"b", 2, "2"}, {"none", 0, "0"}}}},
                             "a <chart>");
        QXmlStreamReader xml(QString::fromStdString(chart));
        QList<double> widths;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"rect" &&
                xml.attributes().value("height") == u"26.0") {
                widths << xml.attributes().value("width").toDouble();
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(widths.size(), 3); // what is nothing is not drawn
        QVERIFY(qAbs(widths[0] - 3 * widths[1]) < 0.2);
        QVERIFY(qAbs(widths[2] - 2 * widths[1]) < 0.2);
        QVERIFY(chart.find("aria-label=\"a &lt;chart&gt;\"") != std::string::npos);
    }

    void nothingIsDrawnOfNothing()
    {
        const std::string chart = report::barChart({{"now", "0", {{"a", 0, "0"}}}}, "empty");
        QVERIFY(chart.find("<rect") == std::string::npos);
        QVERIFY(chart.find("nan") == std::string::npos);
    }

    void aPageNeedsNothingBesidesItself()
    {
        const std::string page = report::htmlPage("a < b", "<p>x</p>\n");
        QVERIFY(page.starts_with("<!DOCTYPE html>"));
        QVERIFY(page.find("<title>a &lt; b</title>") != std::string::npos);
        for (const char* outside : {"http:", "https:", "<script", "src=", "url(", "@import"}) {
            QVERIFY2(page.find(outside) == std::string::npos, outside);
        }
        QVERIFY(page.find("default-src 'none'") != std::string::npos);
    }
};

LAB_TEST(HtmlTextTest)
#include "tst_html_text.moc"
