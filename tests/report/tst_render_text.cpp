#include "support/test_main.hpp"
#include <QRegularExpression>

#include "report/render.hpp"
#include "report/text_layout.hpp"
#include "support/golden.hpp"
#include "support/report_fixture.hpp"

using namespace lab;

/// For people: everything is there, nothing is wider than 100 columns, colour adds no meaning.
class RenderTextTest : public QObject {
    Q_OBJECT

private slots:
    void twoDoors()
    {
        test::compareWithGolden(report::renderText(test::twoDoorsReport(), {}),
                                "reports/two-doors.txt");
    }

    void oneStyleInVirtualTime()
    {
        test::compareWithGolden(report::renderText(oneStyle(), {}), "reports/one-style.txt");
    }

    void noLineIsWiderThanAHundredColumns_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("two doors") << 0;
        QTest::newRow("one style") << 1;
        QTest::newRow("everything long") << 2;
    }
    void noLineIsWiderThanAHundredColumns()
    {
        QFETCH(int, which);
        const report::Report report = which == 0   ? test::twoDoorsReport()
                                      : which == 1 ? oneStyle()
                                                   : longReport();
        const QString text = QString::fromStdString(report::renderText(report, {}));
        for (const QString& line : text.split('\n')) {
            QVERIFY2(report::displayWidth(line.toStdString()) <= 100, qPrintable(line));
            QVERIFY2(!line.endsWith(' '), qPrintable(line));
        }
    }

    void colourChangesNoWord()
    {
        const report::Report report = test::twoDoorsReport();
        QString painted = QString::fromStdString(report::renderText(report, {true}));
        QVERIFY(painted.contains("\033[32mPASS"));
        painted.remove(QRegularExpression("\033\\[[0-9;]*m"));
        painted.replace(QRegularExpression(" +\n"), "\n");
        QCOMPARE(painted, QString::fromStdString(report::renderText(report, {})));
    }

    void namesCannotMoveTheCursor()
    {
        report::Report report = test::twoDoorsReport();
        report.title = "evil\x1b[2J";
        report.styles[0].doors[0].name = "a\nb";
        const std::string text = report::renderText(report, {});
        QVERIFY(text.find('\x1b') == std::string::npos);
        QVERIFY(text.find("a\nb") == std::string::npos);
    }

    void manyDoorsAreCounted()
    {
        const QString text = QString::fromStdString(report::renderText(longReport(), {}));
        QVERIFY(text.contains("… and 188 more; -o json lists them all"));
    }

    void aReportWithoutStylesIsStillOne()
    {
        report::Report report;
        report.scenario = "empty";
        QVERIFY(QString::fromStdString(report::renderText(report, {})).contains("empty"));
    }

private:
    static report::Report oneStyle()
    {
        report::Report report = test::twoDoorsReport();
        report.styles.erase(report.styles.begin());
        report.styles[0].trafficOrigin = report::Origin::Simulated;
        report.styles[0].overallLimit.reset();
        report.styles[0].measurements.lateSends = 400;
        report.clock = "virtual";
        report.title.clear();
        report.wasInterrupted = true;
        report.expectations.clear();
        report.findings.clear();
        return report;
    }

    static report::Report longReport()
    {
        report::Report report = test::twoDoorsReport();
        report.title = std::string(150, 'T') + " 日本語のタイトル";
        report.scenario = std::string(120, 's');
        report::StyleReport& style = report.styles[0];
        style.doors.resize(200, style.doors[0]);
        style.doors[0].name = std::string(90, 'n');
        style.doors[1].mode = plan::DoorMode::Tcp;
        style.doors[2].mode = plan::DoorMode::Tls;
        style.loadBalancers = 1'000'000;
        style.monthlyCost.amount = 123'456'789.126;
        style.monthlyCost.lines[0].detail = std::string(200, 'd');
        style.monthlyCost.lines[0].amount = 123'456'789.126;
        style.monthlyCost.assumptions.emplace_back(300, 'a');
        style.measurements.offered = 4'000'000'000;
        report.expectations[1].text = std::string(300, 'e');
        report.expectations[1].because = "words " + std::string(120, 'b') + " and words";
        return report;
    }
};

LAB_TEST(RenderTextTest)
#include "tst_render_text.moc"
