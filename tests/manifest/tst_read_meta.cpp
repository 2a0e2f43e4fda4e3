#include "support/test_main.hpp"

#include "manifest/object_readers.hpp"
#include "manifest/reading_bench.hpp"
#include "yaml/document_reader.hpp"

using namespace lab::manifest;

namespace {

std::string configMap(const std::string& metadata)
{
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: " + metadata + '\n';
}

} // namespace

/// What all objects have in common.
class ReadMetaTest : public QObject {
    Q_OBJECT

private slots:
    void everythingIsKeptWithItsPlace()
    {
        const ReadCluster read = readText(configMap("\n  name: a\n  namespace: shop\n  labels: "
                                                    "{app: web}\n  annotations:\n    x.y/z: \"1\"\n"
                                                    "  creationTimestamp: 2024-01-01T00:00:00Z"));
        QCOMPARE(said(read), QString());
        const lab::model::ObjectMeta& meta = read.cluster.configMaps.at(0).meta;
        QCOMPARE(meta.fullName(), std::string("shop/a"));
        QCOMPARE(meta.labels.at("app"), std::string("web"));
        QCOMPARE(meta.annotations.at(0).key, std::string("x.y/z"));
        QCOMPARE(lab::toText(meta.annotations[0].place), std::string("t.yaml:8:5"));
        QCOMPARE(meta.createdSeconds.value_or(0), std::int64_t(1'704'067'200));
        QCOMPARE(lab::toText(meta.place), std::string("t.yaml:1:1"));
    }

    void mistakesAreRefused_data()
    {
        QTest::addColumn<QString>("metadata");
        QTest::addColumn<QString>("message");
        QTest::newRow("no name") << "{labels: {a: b}}"
                                 << "metadata.name is missing";
        QTest::newRow("no metadata") << "~"
                                     << "metadata is missing";
        QTest::newRow("upper case") << "{name: Web}"
                                    << "metadata.name \"Web\" must be a DNS name";
        QTest::newRow("a number") << "{name: 5}"
                                  << "put it in quotes";
        QTest::newRow("a namespace") << "{name: a, namespace: a.b}"
                                     << "metadata.namespace";
        QTest::newRow("Norway") << "{name: a, labels: {country: no}}"
                                << "metadata.labels.country must be a text";
        QTest::newRow("an annotation") << "{name: a, annotations: {b: [c]}}"
                                       << "metadata.annotations.b";
        QTest::newRow("its key") << "{name: a, annotations: {\"b c\": d}}"
                                 << "metadata.annotations";
        QTest::newRow("a time") << "{name: a, creationTimestamp: yesterday}"
                                << "must be a time";
    }

    void mistakesAreRefused()
    {
        QFETCH(QString, metadata);
        QFETCH(QString, message);
        const ReadCluster read = readText(configMap(metadata.toStdString()));
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
        QVERIFY(read.cluster.configMaps.empty());
        QCOMPARE(read.refused.size(), 1U);
    }

    void unknownKeysWarnWithASuggestion()
    {
        const ReadCluster read = readText(configMap("{name: a, anotations: {}}"));
        QCOMPARE(said(read),
                 QString("3:21: warning: ConfigMap default/a: unknown key \"anotations\" in "
                         "metadata; did you mean \"annotations\"?\n"));
        QCOMPARE(read.cluster.configMaps.size(), 1U);
    }

    void clusterWideObjectsHaveNoNamespace()
    {
        const ReadCluster read =
            readText("apiVersion: v1\nkind: Node\nmetadata: {name: n1, namespace: x}\n"
                     "status: {addresses: [{type: ExternalIP, address: 192.0.2.1},"
                     " {type: InternalIP, address: 10.0.0.1}], images: [{a: b}]}\n---\n"
                     "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        QCOMPARE(said(read), QString());
        QCOMPARE(read.cluster.nodes.at(0).meta.nameSpace, std::string());
        QCOMPARE(read.cluster.nodes[0].internalAddress, std::string("10.0.0.1"));
        QCOMPARE(read.cluster.nodes[0].externalAddress, std::string("192.0.2.1"));
        QCOMPARE(read.cluster.namespaces.at(0).meta.nameSpace, std::string());
    }

    void theControllingOwnerIsFound()
    {
        const auto document =
            lab::yaml::readDocuments("metadata: {ownerReferences: [{kind: A, name: a}, {kind: B, "
                                     "name: b, controller: true}]}",
                                     "t.yaml");
        const auto owner = controllerOf(document.documents.at(0).root);
        QVERIFY(owner.has_value());
        QCOMPARE(owner->kind, std::string("B"));
        QCOMPARE(owner->name, std::string("b"));
        QVERIFY(!controllerOf({}));
    }
};

LAB_TEST(ReadMetaTest)
#include "tst_read_meta.moc"
