#include "support/test_main.hpp"
#include <QJsonDocument>

#include "headless/console_fixture.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

/// `lint`: findings are the result, so they are on stdout.
class LintVerbTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qunsetenv("GITHUB_ACTIONS"); }

    void findingsAreTheResult()
    {
        test::FileFixture files;
        files.file("web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web\n");
        test::ConsoleFixture program;
        QCOMPARE(program.run({"lint", files.path("web.yaml")}), 3);
        QVERIFY2(files.shown(program.out().toStdString()).startsWith("web.yaml:"),
                 qPrintable(program.out()));
        QVERIFY(program.err().startsWith("ingresslab: 1 unreadable place"));
    }

    void formatsHoldTheSame()
    {
        test::FileFixture files;
        files.file("k8s/web.yaml", test::webManifest).file("k8s/values.yaml", "a: 1\n");
        test::ConsoleFixture json;
        QCOMPARE(json.run({"lint", files.path("k8s"), "-o", "json"}), 0);
        const auto root = QJsonDocument::fromJson(json.out().toUtf8());
        QCOMPARE(root["passed"].toBool(), true);
        QCOMPARE(root["findings"][0]["id"].toString(), "no-manifest");
        test::ConsoleFixture markdown;
        QCOMPARE(markdown.run({"lint", files.path("k8s"), "-o", "md"}), 0);
        QVERIFY(markdown.out().startsWith("| severity |"));
    }

    void warningsMayFail()
    {
        test::FileFixture files;
        files.file("k8s/web.yaml", test::webManifest).file("k8s/values.yaml", "a: 1\n");
        test::ConsoleFixture program;
        QCOMPARE(program.run({"lint", files.path("k8s"), "--fail-on", "warning", "--github"}), 1);
        QVERIFY(program.err().contains("::warning file="));
    }
};

LAB_TEST(LintVerbTest)
#include "tst_lint_verb.moc"
