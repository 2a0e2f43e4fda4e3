#include "support/test_main.hpp"
#include <QXmlStreamReader>

#include "report/render.hpp"
#include "support/golden.hpp"
#include "support/report_fixture.hpp"

using namespace lab;

/// One test case an expectation; inconclusive is neither green nor red.
class RenderJUnitTest : public QObject {
    Q_OBJECT

private slots:
    void twoDoors()
    {
        test::compareWithGolden(report::renderJUnit(test::twoDoorsReport()),
                                "reports/two-doors.xml");
    }

    void itIsXmlWhateverTheTextsSay()
    {
        report::Report report = test::twoDoorsReport();
        report.scenario = "a<b>\"&'\x01";
        report.expectations[1].because = "]]> <failure> \xFF";
        QXmlStreamReader xml(QByteArray::fromStdString(report::renderJUnit(report)));
        int cases = 0;
        int failures = 0;
        int skipped = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement) {
                cases += xml.name() == QString("testcase") ? 1 : 0;
                failures += xml.name() == QString("failure") ? 1 : 0;
                skipped += xml.name() == QString("skipped") ? 1 : 0;
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(cases, 3);
        QCOMPARE(failures, 1);
        QCOMPARE(skipped, 1);
    }

    void withoutExpectationsThereIsAnEmptySuite()
    {
        const QString text = QString::fromStdString(report::renderJUnit({}));
        QVERIFY(text.contains("tests=\"0\""));
    }
};

LAB_TEST(RenderJUnitTest)
#include "tst_render_junit.moc"
