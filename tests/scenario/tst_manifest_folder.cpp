#include "support/test_main.hpp"

#include "scenario/manifest_folder.hpp"
#include "support/file_fixture.hpp"

#include <sys/stat.h>
#include <unistd.h>

using namespace lab;

namespace {

QStringList namesOf(const test::FileFixture& files, const scenario::ManifestFolder& folder)
{
    QStringList names;
    for (const manifest::ManifestText& text : folder.texts) {
        names << files.shown(text.name);
    }
    return names;
}

QStringList idsOf(const scenario::ManifestFolder& folder)
{
    QStringList ids;
    for (const Finding& finding : folder.findings) {
        ids << QString::fromStdString(finding.id);
    }
    return ids;
}

} // namespace

/// A folder gives its manifests in order, and says what it passed over.
class ManifestFolderTest : public QObject {
    Q_OBJECT

private slots:
    void manifestsComeSortedByPath()
    {
        test::FileFixture files;
        files.file("b.yaml", test::webManifest)
            .file("a/z.yml", test::webManifest)
            .file("a/c.json", R"({"apiVersion":"v1","kind":"List","items":[]})")
            .file("README.md", "apiVersion kind")
            .file(".hidden/x.yaml", test::webManifest);
        const auto folder = scenario::readManifestFolder(files.path(), "", {});
        QCOMPARE(namesOf(files, folder), (QStringList{"a/c.json", "a/z.yml", "b.yaml"}));
        QVERIFY(folder.findings.empty());
    }

    void whatIsNoManifestIsPassedOverWithAWord()
    {
        test::FileFixture files;
        files.file("k/kustomization.yaml", "resources: [x.yaml]")
            .file("k/x.yaml", test::webManifest)
            .file("chart/Chart.yaml", "name: x")
            .file("chart/templates/x.yaml", "{{ not yaml }}")
            .file("values.yaml", "replicas: 2")
            .file("scenario.yaml", "apiVersion: ingresslab.dev/v1\nkind: Scenario\n");
        const auto folder = scenario::readManifestFolder(files.path(), "", {});
        QCOMPARE(namesOf(files, folder), QStringList{"k/x.yaml"});
        QCOMPARE(idsOf(folder),
                 (QStringList{"needs-rendering", "needs-rendering", "own-file", "no-manifest"}));
        QCOMPARE(files.shown(toText(folder.findings[0])),
                 "chart/Chart.yaml: warning: a chart is not rendered by the lab; pipe it: "
                 "helm template chart | ingresslab lint -");
        QCOMPARE(files.shown(toText(folder.findings[1])),
                 "k/kustomization.yaml: warning: a kustomization is not rendered by the lab; "
                 "pipe it: kubectl kustomize k | ingresslab lint -");
        QCOMPARE(worstOf(folder.findings), Severity::Warning);
    }

    void linksAndPipesDoNoHarm()
    {
        test::FileFixture files;
        files.file("k8s/web.yaml", test::webManifest).file("outside.yaml", test::webManifest);
        const std::string folder = files.path("k8s");
        QCOMPARE(::symlink("..", (folder + "/again").c_str()), 0);
        QCOMPARE(::symlink("../outside.yaml", (folder + "/out.yaml").c_str()), 0);
        QCOMPARE(::mkfifo((folder + "/p.yaml").c_str(), 0600), 0);
        const auto found = scenario::readManifestFolder(folder, "", {});
        QCOMPARE(namesOf(files, found), QStringList{"k8s/web.yaml"});
        QCOMPARE(idsOf(found),
                 (QStringList{"link-to-folder", "unreadable-file", "unreadable-file"}));
        QCOMPARE(files.shown(toText(found.findings[1])),
                 "k8s/out.yaml: unreadable: the file leads outside the folder it was named in");
        QCOMPARE(found.findings[2].severity, Severity::Warning); // the pipe is only passed over
    }

    void limitsEndTheWalk()
    {
        test::FileFixture files;
        files.file("a/a/a.yaml", test::webManifest)
            .file("b.yaml", test::webManifest)
            .file("c.yaml", test::webManifest);
        const auto deep = scenario::readManifestFolder(files.path(), "", {10, 1, 1U << 20U});
        QCOMPARE(idsOf(deep), QStringList{"folder-too-deep"});
        const auto many = scenario::readManifestFolder(files.path(), "", {1, 9, 1U << 20U});
        QCOMPARE(idsOf(many), QStringList{"too-many-files"});
        const auto large = scenario::readManifestFolder(files.path(), "", {10, 9, 100});
        QCOMPARE(idsOf(large), QStringList{"folder-too-large"});
    }
};

LAB_TEST(ManifestFolderTest)
#include "tst_manifest_folder.moc"
