#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "headless/console_fixture.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

constexpr const char* scenarioText = "apiVersion: ingresslab.dev/v1\n"
                                     "kind: Scenario\n"
                                     "metadata: {name: quick}\n"
                                     "spec:\n"
                                     "  manifests: [k8s/]\n"
                                     "  styles: {per-service: {door: http}}\n"
                                     "  backendDefaults: {latency: {exponential: 5ms}}\n"
                                     "  traffic:\n"
                                     "    - name: a\n"
                                     "      arrivals: {poisson: 200/s}\n"
                                     "      mix: [{get: \"http://web.default.lab/\"}]\n"
                                     "  clock: virtual\n"
                                     "  duration: 30s\n";

} // namespace

/// From two runs to what is more than chance.
class CompareVerbTest : public QObject {
    Q_OBJECT

private slots:
    void anotherSeedIsNoRealDifferenceAndSlowerPodsAre()
    {
        test::FileFixture files;
        files.file("scenario.yaml", scenarioText).file("k8s/web.yaml", test::webManifest);
        QString slow = scenarioText;
        files.file("slow/scenario.yaml", slow.replace("5ms", "7ms").toStdString());
        files.file("slow/k8s/web.yaml", test::webManifest);
        const auto run = [&](const QString& folder, const char* seed, const char* report) {
            test::ConsoleFixture console;
            const std::string to = files.path(report);
            return console.run(
                {"run", files.path(folder), "--seed", seed, "--report", "json=" + to});
        };
        QCOMPARE(run("", "1", "a.json"), 0);
        QCOMPARE(run("", "2", "b.json"), 0);
        QCOMPARE(run("slow", "3", "c.json"), 0);
        test::ConsoleFixture same;
        QCOMPARE(same.run({"compare", files.path("a.json"), files.path("b.json")}), 0);
        QVERIFY2(same.out().contains("no real difference"), qPrintable(same.out()));
        QVERIFY2(!same.out().contains("B is"), qPrintable(same.out()));
        test::ConsoleFixture other;
        QCOMPARE(other.run({"compare", files.path("a.json"), files.path("c.json"), "-o", "json"}),
                 0);
        const auto rows = QJsonDocument::fromJson(other.out().toUtf8())["differences"].toArray();
        int higher = 0;
        for (const auto& row : rows) {
            higher += row.toObject()["verdict"] == "higher" ? 1 : 0;
        }
        QVERIFY2(higher >= 4, qPrintable(other.out())); // mean and median, both styles
    }

    void wrongUseIsSaid()
    {
        test::FileFixture files;
        files.file("a.json", "{}");
        test::ConsoleFixture one;
        QCOMPARE(one.run({"compare", files.path("a.json")}), 2);
        test::ConsoleFixture bad;
        QCOMPARE(bad.run({"compare", files.path("a.json"), files.path("a.json")}), 3);
        QVERIFY(bad.err().contains("it is no result of `ingresslab run"));
        test::ConsoleFixture none;
        QCOMPARE(none.run({"compare", files.path("x.json"), files.path("a.json")}), 4);
        test::ConsoleFixture format;
        QCOMPARE(format.run({"compare", "a", "b", "-o", "md"}), 2);
    }
};

LAB_TEST(CompareVerbTest)
#include "tst_compare_verb.moc"
