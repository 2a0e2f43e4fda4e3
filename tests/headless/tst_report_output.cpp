#include "support/test_main.hpp"

#include "headless/report_output.hpp"
#include "report/render.hpp"
#include "support/file_fixture.hpp"
#include "support/report_fixture.hpp"

using namespace lab;
using headless::Format;
using headless::ReportFile;

/// `--report KIND=FILE`
class ReportOutputTest : public QObject {
    Q_OBJECT

private slots:
    void kindsAreParsed()
    {
        QVERIFY(ReportFile::parse("junit=a=b.xml")->format == Format::JUnit);
        QCOMPARE(ReportFile::parse("junit=a=b.xml")->path, "a=b.xml");
        QVERIFY(ReportFile::parse("md=x")->format == Format::Markdown);
        QVERIFY(ReportFile::parse("json=x")->format == Format::Json);
        for (const char* wrong : {"junit", "junit=", "pdf=x", "=x", ""}) {
            QVERIFY2(ReportFile::parse(wrong).has_error(), wrong);
        }
    }

    void theScenarioNamesItsFile()
    {
        const ReportFile file{Format::Json, "out/{scenario}.json"};
        QVERIFY(file.isPerScenario());
        QCOMPARE(file.pathFor("two-doors"), "out/two-doors.json");
        QCOMPARE(file.pathFor("../../x"), "out/..-..-x.json"); // leads nowhere else
        QCOMPARE((ReportFile{Format::Json, "a.json"}).pathFor("x"), "a.json");
    }

    void everyFormatIsItsRenderers()
    {
        const report::Report report = test::twoDoorsReport();
        QCOMPARE(rendered(report, Format::Json), report::renderJson(report));
        QCOMPARE(rendered(report, Format::Markdown), report::renderMarkdown(report));
        QCOMPARE(rendered(report, Format::JUnit), report::renderJUnit(report));
        QCOMPARE(rendered(report, Format::Text, true), report::renderText(report, {true}));
    }

    void filesAreWrittenOrTheEnvironmentIsBlamed()
    {
        test::FileFixture files;
        const report::Report report = test::twoDoorsReport();
        QVERIFY(headless::write(report, {Format::Json, files.path("{scenario}.json")}).has_value());
        QCOMPARE(test::FileFixture::textOf(files.path("two-doors.json")),
                 report::renderJson(report));
        const auto failed = headless::write(report, {Format::Json, files.path("none/x.json")});
        QCOMPARE(failed.error().kind(), ErrorKind::Environment);
    }
};

LAB_TEST(ReportOutputTest)
#include "tst_report_output.moc"
