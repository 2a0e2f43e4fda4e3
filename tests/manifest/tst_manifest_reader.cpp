#include "support/test_main.hpp"

#include "manifest/manifest_reader.hpp"
#include "support/bad_yaml.hpp"

#include <algorithm>

using lab::Finding;
using lab::Findings;
using lab::Severity;
using lab::manifest::ReadCluster;
using lab::manifest::readManifests;
using lab::test::BadYamlCase;

namespace {

ReadCluster read(const std::string& text)
{
    return readManifests({{"manifest.yaml", text}});
}

QString textOf(const Findings& findings)
{
    QString text;
    for (const Finding& finding : findings) {
        text += QString::fromStdString(toText(finding)) + '\n';
    }
    return text;
}

std::string service(const std::string& name, const std::string& port)
{
    return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name +
           "}\nspec: {selector: {app: a}, ports: [{port: " + port + "}]}\n---\n";
}

} // namespace

/// Texts in, one cluster and every mistake out.
class ManifestReaderTest : public QObject {
    Q_OBJECT

private slots:
    void everyBadManifestIsRefusedInItsPlace_data();
    void everyBadManifestIsRefusedInItsPlace();
    void jsonIsReadLikeYaml();
    void aListIsReadItemByItem();
    void itemsOfATypedListNeedNoKind();
    void anUnreadableFileDoesNotSpoilTheOthers();
    void refusedObjectsAreNamed();
    void findingsStandInTheOrderOfFilesAndPlaces();
    void manyMistakesFillAFewPagesOnly();
    void whatAServerWroteIsPassedOver();
    void mergeKeysAndAnchorsAreUnderstood();

private:
    std::vector<BadYamlCase> cases_;
};

void ManifestReaderTest::everyBadManifestIsRefusedInItsPlace_data()
{
    QTest::addColumn<std::size_t>("index");
    cases_ = lab::test::badYamlCases({"manifest"});
    QCOMPARE(cases_.size(), std::size_t(20));
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        QTest::newRow(qPrintable(cases_[i].id)) << i;
    }
}

void ManifestReaderTest::everyBadManifestIsRefusedInItsPlace()
{
    QFETCH(std::size_t, index);
    const BadYamlCase& one = cases_[index];
    const ReadCluster result = read(one.text);
    const QString all = textOf(result.findings);
    const QRegularExpression gist(one.gist, QRegularExpression::CaseInsensitiveOption);
    const bool isThere =
        std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
            const auto line = static_cast<int>(finding.place.line);
            const auto column = static_cast<int>(finding.place.column);
            return finding.severity == Severity::Refused &&
                   gist.match(QString::fromStdString(toText(finding))).hasMatch() &&
                   one.lines.contains(line) &&
                   (one.columns.isEmpty() || one.columns.contains(column));
        });
    QVERIFY2(isThere, qPrintable(all));
    QCOMPARE(result.refused.size(), std::size_t(1));
    for (const QString& secret : one.never) {
        QVERIFY(!all.contains(secret));
    }
}

void ManifestReaderTest::jsonIsReadLikeYaml()
{
    const ReadCluster result = read(R"({"apiVersion": "v1", "kind": "Service",
  "metadata": {"name": "a", "namespace": "shop"},
  "spec": {"ports": [{"port": 80, "targetPort": "http"}]}})");
    QCOMPARE(textOf(result.findings), QString());
    QCOMPARE(result.cluster.services.size(), 1U);
    QCOMPARE(result.cluster.services[0].meta.fullName(), std::string("shop/a"));
    QCOMPARE(result.cluster.services[0].meta.place.line, 1U);
}

void ManifestReaderTest::aListIsReadItemByItem()
{
    const ReadCluster result = read("apiVersion: v1\nkind: List\nitems:\n"
                                    "- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n"
                                    "- {apiVersion: v1, kind: Namespace, metadata: {name: B}}\n"
                                    "- {apiVersion: v1, kind: Namespace, metadata: {name: c}}\n");
    QCOMPARE(result.cluster.namespaces.size(), 2U);
    QCOMPARE(result.cluster.namespaces[1].meta.order, 2U);
    QCOMPARE(result.refused.size(), 1U);
    QCOMPARE(result.findings[0].place.line, 5U);
}

void ManifestReaderTest::itemsOfATypedListNeedNoKind()
{
    const ReadCluster result = read("apiVersion: v1\nkind: NamespaceList\nitems:\n"
                                    "- metadata: {name: a}\n");
    QCOMPARE(textOf(result.findings), QString());
    QCOMPARE(result.cluster.namespaces.size(), 1U);
}

void ManifestReaderTest::anUnreadableFileDoesNotSpoilTheOthers()
{
    const ReadCluster result =
        readManifests({{"bad.yaml", "a: [1\n"}, {"good.yaml", service("a", "80")}});
    QCOMPARE(result.cluster.services.size(), 1U);
    QCOMPARE(result.findings.size(), 1U);
    QVERIFY(result.findings[0].severity == Severity::Unreadable);
    QVERIFY(result.refused.empty());
}

void ManifestReaderTest::refusedObjectsAreNamed()
{
    const ReadCluster result = read(service("a", "80") + service("b", "0"));
    QCOMPARE(result.refused.size(), 1U);
    QCOMPARE(result.refused[0].kind, std::string("Service"));
    QCOMPARE(result.refused[0].nameSpace, std::string("default"));
    QCOMPARE(result.refused[0].name, std::string("b"));
    QCOMPARE(result.refused[0].findings.size(), 1U);
    QCOMPARE(result.refused[0].findings[0].message,
             std::string("Service default/b: spec.ports[0].port must be a whole number from 1 to "
                         "65535, not \"0\""));
    QCOMPARE(result.cluster.services.size(), 1U);
}

void ManifestReaderTest::findingsStandInTheOrderOfFilesAndPlaces()
{
    const std::string gizmo = "apiVersion: x/v1\nkind: Gizmo\n---\n";
    const ReadCluster result =
        readManifests({{"z.yaml", gizmo + service("a", "0")}, {"a.yaml", service("b", "0")}});
    QCOMPARE(result.findings.size(), 3U);
    QCOMPARE(lab::toText(result.findings[0].place), std::string("z.yaml:1:1"));
    QCOMPARE(lab::toText(result.findings[1].place), std::string("z.yaml:7:43"));
    QCOMPARE(lab::toText(result.findings[2].place), std::string("a.yaml:4:43"));
}

void ManifestReaderTest::manyMistakesFillAFewPagesOnly()
{
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += "---\na: 1\n";
    }
    const ReadCluster result = read(text);
    QVERIFY(textOf(result.findings).size() < 65'536);
    QVERIFY(lab::worstOf(result.findings) == Severity::Refused);
    QCOMPARE(result.refused.size(), 20'000U);
}

void ManifestReaderTest::whatAServerWroteIsPassedOver()
{
    const ReadCluster result = read("apiVersion: v1\nkind: Service\n"
                                    "metadata: {name: a, managedFields: [{x: {y: z}}]}\n"
                                    "spec: {ports: [{port: 80}]}\n"
                                    "status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}\n");
    QCOMPARE(textOf(result.findings), QString());
    QCOMPARE(result.cluster.services.size(), 1U);
}

void ManifestReaderTest::mergeKeysAndAnchorsAreUnderstood()
{
    const ReadCluster result = read("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
                                    "  labels: &l {app: good, country: \"no\"}\n"
                                    "  annotations: {<<: *l, app: other}\n");
    QCOMPARE(textOf(result.findings), QString());
    const lab::model::ObjectMeta& meta = result.cluster.configMaps.at(0).meta;
    QCOMPARE(meta.annotation("country")->value, std::string("no"));
    QCOMPARE(meta.annotation("app")->value, std::string("other"));
}

LAB_TEST(ManifestReaderTest)
#include "tst_manifest_reader.moc"
