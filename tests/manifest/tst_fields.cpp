#include "support/test_main.hpp"

#include "manifest/fields.hpp"
#include "manifest/names.hpp"
#include "yaml/document_reader.hpp"

using namespace lab::manifest;
using lab::model::PortReference;

namespace {

struct Bench {
    explicit Bench(const std::string& text)
        : document(lab::yaml::readDocuments(text, "t.yaml").documents.at(0))
        , reading{document, findings, lab::Severity::Refused, lab::Severity::Warning, true}
        , root(reading, document.root, "")
    {
    }

    lab::yaml::Document document;
    lab::Findings findings;
    lab::yaml::Reading reading;
    lab::yaml::MapReader root;
};

} // namespace

/// Fields that several kinds share.
class FieldsTest : public QObject {
    Q_OBJECT

private slots:
    void portReferencesAreNumbersOrNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reference");
        QTest::newRow("number") << "8080"
                                << "8080";
        QTest::newRow("name") << "http"
                              << "http";
        QTest::newRow("quoted name") << "\"http\""
                                     << "http";
        QTest::newRow("a number in quotes is no name") << "\"8080\""
                                                       << "";
        QTest::newRow("zero") << "0"
                              << "";
        QTest::newRow("too large") << "4294967376"
                                   << "";
        QTest::newRow("negative") << "-80"
                                  << "";
        QTest::newRow("upper case") << "HTTP"
                                    << "";
        QTest::newRow("a list") << "[80]"
                                << "";
    }

    void portReferencesAreNumbersOrNames()
    {
        QFETCH(QString, text);
        QFETCH(QString, reference);
        Bench bench("targetPort: " + text.toStdString() + '\n');
        const std::optional<PortReference> read = readPortReference(bench.root, "targetPort");
        QCOMPARE(read ? QString::fromStdString(lab::model::toText(*read)) : QString(), reference);
        QCOMPARE(bench.findings.size(), reference.isEmpty() ? 1U : 0U);
    }

    void protocolsDefaultToTcp()
    {
        Bench none("a: b\n");
        QVERIFY(readProtocol(none.root) == lab::model::Protocol::Tcp);
        Bench udp("protocol: UDP\n");
        QVERIFY(readProtocol(udp.root) == lab::model::Protocol::Udp);
        Bench wrong("protocol: udp\n");
        (void)readProtocol(wrong.root);
        QVERIFY(QString::fromStdString(wrong.findings.at(0).remedy).contains("UDP"));
    }

    void labelsAreChecked()
    {
        Bench bench("labels: {app: web, \"a b\": c, d: \"e f\", n: no}\n");
        const auto labels = readLabels(bench.root, "labels");
        QCOMPARE(labels.at("app"), std::string("web"));
        QCOMPARE(bench.findings.size(), 3U);
    }

    void namesFollowTheRule()
    {
        Bench bench("a: web\nb: Web\nc: 5\n");
        QCOMPARE(readName(bench.root, "a", labelNameMistake), std::string("web"));
        QCOMPARE(readName(bench.root, "b", labelNameMistake), std::string());
        QCOMPARE(readName(bench.root, "c", labelNameMistake), std::string());
        QCOMPARE(readName(bench.root, "d", labelNameMistake), std::string());
        QCOMPARE(bench.findings.size(), 2U);
    }

    void fieldsWithoutEffectAreTold()
    {
        Bench bench("externalIPs: [192.0.2.1]\n");
        noteNotHonoured(bench.root, "externalIPs", "why");
        noteNotHonoured(bench.root, "absent", "why");
        QCOMPARE(bench.findings.size(), 1U);
        QVERIFY(bench.findings[0].severity == lab::Severity::Warning);
        QCOMPARE(bench.findings[0].message, std::string("externalIPs is not honoured: why"));
    }
};

LAB_TEST(FieldsTest)
#include "tst_fields.moc"
