#include "support/test_main.hpp"

#include "headless/console_fixture.hpp"
#include "support/file_fixture.hpp"

#include <initializer_list>

using namespace lab;

namespace {

/// A scenario that is wrong at one place.
std::string scenarioWith(const char* specLine, const char* manifests = "k8s/")
{
    return std::string("apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata:\n  name: t\n"
                       "spec:\n  manifests: [") +
           manifests + "]\n" + specLine +
           "  traffic:\n    - name: a\n      arrivals: {constant: 1/s}\n"
           "      mix: [{get: \"http://web.default.lab/\"}]\n";
}

} // namespace

/// Words in, exit code and two streams out.
class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qunsetenv("GITHUB_ACTIONS");
        qunsetenv("LAB_ASSETS");
    }

    void wrongUseExitsWithTwoAndSaysWhatWasMeant_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const QStringList& arguments, const char* sentence) {
            QTest::newRow(name) << arguments << QString(sentence);
        };
        row("verb", {"rnu"}, R"(there is no verb "rnu"; did you mean "run"?)");
        row("unlike any verb", {"frobnicate"}, R"(there is no verb "frobnicate")");
        row("later verb", {"diff", "x"}, "diff comes with a later version");
        row("flag", {"run", "--sed", "7", "x"}, R"(run knows no "--sed"; did you mean "--seed"?)");
        row("flag with value",
            {"serve", "--prot=1", "x"},
            R"(serve knows no "--prot"; did you mean "--port"?)");
        row("flag of the program", {"--colour"}, R"(ingresslab knows no "--colour")");
        row("format",
            {"run", "-o", "jsno", "x"},
            R"(--output: knows no "jsno"; did you mean "json"?)");
        row("nothing named", {"lint"}, "MANIFESTS|SCENARIO is required");
        row("seed", {"run", "--seed", "x", "y"}, "Could not convert: --seed = x");
        row("clock",
            {"run", "--clock", "slow", "x"},
            "--clock slow is none; it takes live or virtual");
        row("date",
            {"run", "--date", "tomorrow", "x"},
            "--date tomorrow is no day; write it as 2026-11-23");
        row("report",
            {"run", "--report", "junt=x", "y"},
            R"(--report knows no kind "junt"; did you mean "junit"?)");
        row("one file for two",
            {"run", "--report", "md=x", "a", "b"},
            "--report md=x would be written once a scenario; put {scenario} into its name");
        row("listen",
            {"serve", "--listen", "here", "x"},
            "--listen here is no IP address; write one such as 127.0.0.1");
        row("fail on", {"lint", "--fail-on", "x", "y"}, "--fail-on: takes error or warning");
    }
    void wrongUseExitsWithTwoAndSaysWhatWasMeant()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        std::vector<std::string> words;
        for (const QString& word : arguments) {
            words.push_back(word.toStdString());
        }
        test::ConsoleFixture program;
        QCOMPARE(program.run(words), 2);
        QVERIFY2(program.err().startsWith("ingresslab: " + sentence + '\n'),
                 qPrintable(program.err()));
        QVERIFY(program.out().isEmpty());
    }

    void noArgumentsShowTheHelpAsAMistake()
    {
        test::ConsoleFixture program;
        QCOMPARE(program.run({}), 2);
        QVERIFY(program.err().contains("Exit codes"));
        QVERIFY(program.out().isEmpty());
    }

    void badInputIsToldToTheLetter_data()
    {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("err");
        const auto row = [](const char* name, const std::string& text, const char* finding) {
            QTest::newRow(name) << QString::fromStdString(text) << 3 << QString(finding);
        };
        row("unknown key",
            scenarioWith("  limts: {}\n"),
            "scenario.yaml:7:3: unreadable: unknown key \"limts\" in spec; did you mean "
            "\"limits\"?");
        row("service that does not exist",
            scenarioWith("  backends: {wbe: {latency: 1ms}}\n"),
            "scenario.yaml:7:19: unreadable: service \"wbe\" does not exist; "
            "did you mean \"web\"?");
        row("wrong unit",
            scenarioWith("  duration: 4\n"),
            "scenario.yaml:7:13: unreadable: spec.duration \"4\" needs a unit, such as \"5s\"");
        row("missing manifests",
            scenarioWith("", "k9s/"),
            "scenario.yaml:6:15: unreadable: \"k9s/\" does not exist; "
            "name a file or folder below the scenario's own");
        row("not built yet",
            scenarioWith("  styles: {ingress: {maxInFlight: 9}}\n"),
            "scenario.yaml:7:35: unreadable: spec.styles.ingress.maxInFlight is not supported yet; "
            "remove it");
    }
    void badInputIsToldToTheLetter()
    {
        QFETCH(QString, scenario);
        QFETCH(int, code);
        QFETCH(QString, err);
        test::FileFixture files;
        files.file("scenario.yaml", scenario.toStdString()).file("k8s/web.yaml", test::webManifest);
        test::ConsoleFixture program;
        QCOMPARE(program.run({"run", files.path()}), code);
        QCOMPARE(files.shown(program.err().toStdString()),
                 err + "\ningresslab: nothing was started: 1 unreadable place\n");
        QVERIFY(program.out().isEmpty());
    }

    void aMissingFileIsTheEnvironmentsFault()
    {
        test::FileFixture files;
        files.file("scenario.yaml", "");
        for (const char* verb : {"run", "serve", "lint"}) {
            test::ConsoleFixture program;
            QCOMPARE(program.run({verb, files.path("scenaro.yaml")}), 4);
            QCOMPARE(files.shown(program.err().toStdString()),
                     "ingresslab: scenaro.yaml does not exist; did you mean scenario.yaml?\n");
        }
    }

    void exitCodesDoNotDependOnTheFormat_data()
    {
        QTest::addColumn<QString>("manifest");
        QTest::addColumn<int>("code");
        QTest::newRow("good") << test::webManifest << 0;
        QTest::newRow("no YAML") << "kind: [apiVersion" << 3;
        QTest::newRow("refused") << QString(test::webManifest).replace("port: 80\n", "port: 0\n")
                                 << 3;
    }
    void exitCodesDoNotDependOnTheFormat()
    {
        QFETCH(QString, manifest);
        QFETCH(int, code);
        test::FileFixture files;
        files.file("k8s/web.yaml", manifest.toStdString());
        for (const char* format : {"text", "json", "md"}) {
            test::ConsoleFixture program;
            QCOMPARE(program.run({"lint", files.path("k8s"), "-o", format}), code);
        }
    }
};

LAB_TEST(CommandLineTest)
#include "tst_command_line.moc"
