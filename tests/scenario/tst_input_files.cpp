#include "support/test_main.hpp"

#include "scenario/input_files.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

constexpr const char* scenarioText = "apiVersion: ingresslab.dev/v1\nkind: Scenario\n";

scenario::Scenario naming(const test::FileFixture& files, const std::string& manifest)
{
    scenario::Scenario scenario;
    scenario.folder = files.path("shop");
    Place place{std::make_shared<const std::string>("scenario.yaml"), 6, 15};
    scenario.manifests = {{manifest, place}};
    return scenario;
}

} // namespace

/// What is named on the command line, and what a scenario names.
class InputFilesTest : public QObject {
    Q_OBJECT

private slots:
    void aScenarioIsKnownByNameFolderOrKind()
    {
        test::FileFixture files;
        files.file("shop/scenario.yaml", scenarioText).file("other.yaml", scenarioText);
        for (const char* named : {"shop", "shop/", "shop/scenario.yaml"}) {
            const auto input = scenario::openInput({files.path(named)});
            QVERIFY2(input.has_value() && input->scenario, named);
            QCOMPARE(files.shown(input->scenario->name), "shop/scenario.yaml");
            QCOMPARE(input->scenario->folder, files.path("shop"));
        }
        QVERIFY(scenario::openInput({files.path("other.yaml")})->scenario.has_value());
    }

    void manifestsMayBeSeveral()
    {
        test::FileFixture files;
        files.file("a.yaml", test::webManifest).file("k8s/b.yaml", test::webManifest);
        const auto input = scenario::openInput({files.path("a.yaml"), files.path("k8s")});
        QCOMPARE(input->manifests.size(), std::size_t{2});
        QVERIFY(!input->scenario);
    }

    void aScenarioStandsAlone()
    {
        test::FileFixture files;
        files.file("shop/scenario.yaml", scenarioText).file("a.yaml", test::webManifest);
        const auto input = scenario::openInput({files.path("a.yaml"), files.path("shop")});
        QCOMPARE(input.error().kind(), ErrorKind::WrongUse);
    }

    void aMissingFileNamesItsNeighbour()
    {
        test::FileFixture files;
        files.file("shop/scenario.yaml", scenarioText);
        const auto input = scenario::openInput({files.path("shop/scenaro.yaml")});
        QCOMPARE(input.error().kind(), ErrorKind::Environment);
        QCOMPARE(files.shown(input.error().message()),
                 "shop/scenaro.yaml does not exist; did you mean shop/scenario.yaml?");
        QCOMPARE(files.shown(scenario::openInput({files.path("nowhere")}).error().message()),
                 "nowhere does not exist");
    }

    void whatMustBeRenderedIsAnErrorWhenNamed()
    {
        test::FileFixture files;
        files.file("k/kustomization.yaml", "resources: []").file("chart/Chart.yaml", "name: x");
        for (const char* named : {"k/kustomization.yaml", "chart", "chart/Chart.yaml"}) {
            const auto input = scenario::openInput({files.path(named)});
            QCOMPARE(worstOf(input->findings), Severity::Unreadable);
            QCOMPARE(input->findings.front().id, "needs-rendering");
        }
    }

    void aScenarioNamesFilesBelowItsFolder()
    {
        test::FileFixture files;
        files.file("shop/k8s/web.yaml", test::webManifest).file("shop/one.yaml", test::webManifest);
        for (const char* named : {"k8s/", "one.yaml", "./k8s"}) {
            const auto opened = scenario::openManifests(naming(files, named));
            QCOMPARE(opened.texts.size(), std::size_t{1});
            QVERIFY(opened.findings.empty());
        }
    }

    void nothingElseIsOpened_data()
    {
        QTest::addColumn<QString>("message");
        const char* const remedy = "; name a file or folder below the scenario's own";
        const auto row = [&](const char* named, const QString& problem) {
            QTest::newRow(named) << "scenario.yaml:6:15: unreadable: \"" + QString(named) + "\" " +
                                        problem + remedy;
        };
        row("/etc/passwd", "is an absolute path, outside of the scenario's folder");
        row("../outside.yaml", "leads outside of the scenario's folder");
        row("https://x.test/a.yaml", "is a URL; the lab reads files only");
        row("~/x.yaml", "does not exist");
        row("typo/", "does not exist");
        row("empty", "is a folder without manifests");
        row("scenario.yaml", "is a file of the lab's own kind (a scenario cannot hold itself)");
    }
    void nothingElseIsOpened()
    {
        QFETCH(QString, message);
        test::FileFixture files;
        files.file("shop/scenario.yaml", scenarioText)
            .file("shop/empty/README.md", "")
            .file("outside.yaml", test::webManifest);
        const auto opened = scenario::openManifests(naming(files, QTest::currentDataTag()));
        QVERIFY(opened.texts.empty());
        QCOMPARE(opened.findings.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(toText(opened.findings.front())), message);
    }
};

LAB_TEST(InputFilesTest)
#include "tst_input_files.moc"
