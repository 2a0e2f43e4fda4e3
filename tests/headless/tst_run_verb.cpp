#include "support/test_main.hpp"

#include "headless/console_fixture.hpp"
#include "headless/process_fixture.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using test::ProgramProcess;

namespace {

/// A scenario that runs 400 ms a style and claims one thing.
std::string claiming(const std::string& expectation, const char* duration = "400ms")
{
    return "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: quick}\n"
           "spec:\n  manifests: [web.yaml]\n  styles: {per-service: {door: http}}\n"
           "  traffic:\n    - name: a\n      arrivals: {constant: 400/s}\n"
           "      mix: [{get: \"http://web.default.lab/x\"}]\n"
           "  duration: " +
           std::string(duration) + "\n  expect:\n    - {" + expectation + "}\n";
}

void write(test::FileFixture& files, const std::string& scenario)
{
    files.file("scenario.yaml", scenario).file("web.yaml", test::webManifest);
}

} // namespace

/// `run` from the outside: formats, files, codes, signals.
class RunVerbTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qunsetenv("GITHUB_ACTIONS"); }

    void theCodeIsTheSameInEveryFormat_data()
    {
        QTest::addColumn<QString>("expectation");
        QTest::addColumn<int>("code");
        QTest::newRow("held") << "metric: certificates, style: ingress, equal: 1" << 0;
        QTest::newRow("failed") << "metric: certificates, equal: 7" << 1;
        QTest::newRow("gate") << "metric: monthlyCost, below: 1" << 5;
        QTest::newRow("inconclusive") << "metric: overallLimit.factor, below: 1" << 6;
    }
    void theCodeIsTheSameInEveryFormat()
    {
        QFETCH(QString, expectation);
        QFETCH(int, code);
        test::FileFixture files;
        write(files, claiming(expectation.toStdString()));
        for (const char* format : {"text", "json", "md"}) {
            test::ConsoleFixture program;
            QCOMPARE(program.run({"run", files.path(), "-o", format}), code);
            QVERIFY(!program.out().isEmpty());
        }
    }

    void reportsAreWrittenBesides()
    {
        test::FileFixture files;
        write(files, claiming("metric: certificates, style: ingress, equal: 7"));
        test::ConsoleFixture program;
        QCOMPARE(program.run({"run",
                              files.path(),
                              "--report",
                              "junit=" + files.path("{scenario}.xml"),
                              "--report",
                              "json=" + files.path("r.json"),
                              "--github"}),
                 1);
        const QString xml =
            QString::fromStdString(test::FileFixture::textOf(files.path("quick.xml")));
        QVERIFY2(xml.contains("<failure"), qPrintable(xml));
        const auto json = QJsonDocument::fromJson(
            QByteArray::fromStdString(test::FileFixture::textOf(files.path("r.json"))));
        QCOMPARE(json["schemaVersion"].toInt(), 1);
        QCOMPARE(json["passed"].toBool(), false);
        QVERIFY2(program.err().contains("::error file="), qPrintable(program.err()));
    }

    void aReportThatCannotBeWrittenIsTheWorstOfIt()
    {
        test::FileFixture files;
        write(files, claiming("metric: certificates, style: ingress, equal: 7"));
        test::ConsoleFixture program;
        QCOMPARE(program.run({"run", files.path(), "--report", "md=" + files.path("no/r.md")}), 4);
        QVERIFY(!program.out().isEmpty()); // the result is shown all the same
    }

    void aSignalGivesPartialResults_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("code");
        QTest::newRow("SIGINT") << SIGINT << 130;
        QTest::newRow("SIGTERM") << SIGTERM << 143;
    }
    void aSignalGivesPartialResults()
    {
        QFETCH(int, number);
        QFETCH(int, code);
        test::FileFixture files;
        write(files, claiming("metric: certificates, style: ingress, equal: 1", "1m"));
        const QString report = QString::fromStdString(files.path("r.json"));
        ProgramProcess program(
            {"run", QString::fromStdString(files.path()), "--report", "json=" + report});
        // Its load has begun when it has more threads than the one it starts with.
        const QString tasks = QString("/proc/%1/task").arg(program.pid());
        QTRY_VERIFY_WITH_TIMEOUT(QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >
                                     1,
                                 ProgramProcess::waitMs);
        program.signal(number);
        QCOMPARE(program.wait(), code);
        QVERIFY(QFile::exists(report));
        QVERIFY(!program.out().isEmpty());
    }
};

LAB_TEST(RunVerbTest)
#include "tst_run_verb.moc"
